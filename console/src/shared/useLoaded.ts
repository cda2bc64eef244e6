import { useCallback, useEffect, useState } from 'react';
import { toFailure, type Failure } from '../api/failure';
import { useSignedIn } from '../session/session';

export interface Loaded<T> {
  data: T | undefined;
  failure: Failure | undefined;
  reload: () => void;
}

/** Loads what a page shows; keys that are over lead back to the sign-in. */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const { end } = useSignedIn();
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ load: unknown; data?: T; failure?: Failure }>({ load });
  useEffect(() => {
    let isCurrent = true;
    load().then(
      (data) => {
        if (isCurrent) setState({ load, data });
      },
      (thrown: unknown) => {
        const failure = toFailure(thrown);
        if (failure.isOver) end(true);
        if (isCurrent) setState({ load, failure });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [load, turn, end]);
  const reload = useCallback(() => {
    setTurn((before) => before + 1);
  }, []);
  const isOld = state.load !== load;
  return { data: isOld ? undefined : state.data, failure: isOld ? undefined : state.failure, reload };
}
