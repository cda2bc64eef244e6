import { useEffect, useState } from 'react';
import { Button } from 'tdesign-react';
import { toFailure, type Failure } from '../../api/failure';
import { save } from '../../api/link';
import { useTexts } from '../../i18n';
import { useSignedIn } from '../../session/session';
import { bytes } from '../../shared/format';
import { Modal } from '../../shared/Modal';
import { Problem } from '../../shared/Problem';
import { download } from './download';
import type { Entry } from './entries';
import type { Place } from './place';

interface Props {
  place: Place;
  chosen: ReadonlyMap<string, Entry>;
  onClose: () => void;
}

/** Packs what is chosen into one archive, and tells how far it is. */
export function DownloadObjects({ place, chosen, onClose }: Props) {
  const texts = useTexts();
  const { cos, session } = useSignedIn();
  const [got, setGot] = useState(0);
  const [failure, setFailure] = useState<Failure>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    download({
      cos,
      session,
      place,
      chosen: [...chosen.values()],
      onProgress: setGot,
      signal: stop.signal,
    }).then(
      (file) => {
        if (stop.signal.aborted) return;
        if (file) {
          const address = URL.createObjectURL(file.blob);
          save(address, file.name);
          // The browser reads it after this.
          setTimeout(() => {
            URL.revokeObjectURL(address);
          }, 60_000);
        }
        onClose();
      },
      (thrown: unknown) => {
        if (!stop.signal.aborted) setFailure(toFailure(thrown));
      },
    );
    return () => {
      stop.abort();
    };
    // Once for each turn; what is chosen cannot change below the dialog.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [turn]);
  return (
    <Modal title={texts.download} onClose={onClose}>
      {failure ? (
        <Problem
          failure={failure}
          onRetry={() => {
            setFailure(undefined);
            setTurn(turn + 1);
          }}
        />
      ) : (
        <p role="status">{texts.downloadProgress(bytes(got))}</p>
      )}
      <div className="modal-actions">
        <Button variant="outline" onClick={onClose}>
          {texts.cancel}
        </Button>
      </div>
    </Modal>
  );
}
