import { useCallback, useState } from 'react';
import { toFailure, type Failure } from '../api/failure';
import { useSignedIn } from '../session/session';

export interface Action {
  isBusy: boolean;
  failure: Failure | undefined;
  run: (act: () => Promise<void>) => void;
}

/** Does what somebody asked for, one at a time, and tells what went wrong; keys that are over lead to the sign-in. */
export function useAction(): Action {
  const { end } = useSignedIn();
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const run = useCallback(
    (act: () => Promise<void>) => {
      setIsBusy(true);
      setFailure(undefined);
      act()
        .catch((thrown: unknown) => {
          const found = toFailure(thrown);
          if (found.isOver) end(true);
          setFailure(found);
        })
        .finally(() => {
          setIsBusy(false);
        });
    },
    [end],
  );
  return { isBusy, failure, run };
}
