import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../i18n';
import { useSignedIn } from '../../session/session';
import { Confirm } from '../../shared/Confirm';
import { useAction } from '../../shared/useAction';
import { nameOf, type Entry } from './entries';
import type { Place } from './place';
import { remove } from './remove';

/** Names that are read out in full before they go. */
const NAMED = 5;

interface Props {
  place: Place;
  isVersions: boolean;
  chosen: ReadonlyMap<string, Entry>;
  onClose: () => void;
  onDeleted: (count: number) => void;
}

/** Asks, deletes what is chosen with all that is in chosen folders, and can be stopped on the way. */
export function DeleteObjects({ place, isVersions, chosen, onClose, onDeleted }: Props) {
  const texts = useTexts();
  const { cos, session } = useSignedIn();
  const { isBusy, failure, run } = useAction();
  const [count, setCount] = useState(0);
  const stop = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    stop.current = controller;
    return () => {
      controller.abort();
    };
  }, []);
  const entries = [...chosen.values()];
  const folders = entries.filter(({ kind }) => kind === 'folder').length;
  return (
    <Confirm
      title={texts.objectsDelete}
      action={texts.remove}
      isDanger
      isBusy={isBusy}
      failure={failure}
      onConfirm={() => {
        run(async () => {
          let deleted = 0;
          const query = { bucket: place.bucket, region: session.region, isVersions };
          await remove(
            cos,
            query,
            entries,
            (so) => {
              deleted = so;
              setCount(so);
            },
            stop.current.signal,
          );
          if (!stop.current.signal.aborted) onDeleted(deleted);
        });
      }}
      onClose={onClose}
    >
      <p>{texts.objectsDeleteAsk(entries.length)}</p>
      <ul className="names">
        {entries.slice(0, NAMED).map((entry) => (
          <li key={entry.id}>{nameOf(entry.key, place.prefix) || texts.folderItself}</li>
        ))}
        {entries.length > NAMED && <li className="muted">{texts.andMore(entries.length - NAMED)}</li>}
      </ul>
      {folders > 0 && <p>{texts.foldersDelete}</p>}
      <p className="muted">{isVersions ? texts.versionsDeleteHint : texts.objectsDeleteHint}</p>
      {isBusy && <p role="status">{texts.objectsDeletedSoFar(count)}</p>}
    </Confirm>
  );
}
