import { useEffect, useState, useSyncExternalStore } from 'react';
import { Button } from 'tdesign-react';
import { ChevronDownIcon, ChevronUpIcon, CloseIcon, PauseIcon, PlayIcon } from 'tdesign-icons-react';
import { useTexts } from '../i18n';
import { useSignedIn } from '../session/session';
import { bytes } from '../shared/format';
import type { Upload } from './Uploads';
import './transfers.css';

/** Rows that are drawn; of more, how many there are is told. */
const SHOWN = 100;
const ORDER: Record<Upload['state'], number> = { running: 0, failed: 1, paused: 2, waiting: 3, done: 4 };

/** What is being uploaded, over the corner of each page. */
export default function UploadPanel() {
  const texts = useTexts();
  const { uploads } = useSignedIn();
  const { items } = useSyncExternalStore(uploads.subscribe, uploads.snapshot);
  const [isOpen, setIsOpen] = useState(true);
  const done = items.filter(({ state }) => state === 'done').length;
  const isActive = items.some(({ state }) => state === 'running' || state === 'waiting');
  useEffect(() => {
    if (!isActive) return;
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => {
      window.removeEventListener('beforeunload', ask);
    };
  }, [isActive]);
  if (items.length === 0) return null;
  const shown = [...items].sort((a, b) => ORDER[a.state] - ORDER[b.state]).slice(0, SHOWN);
  return (
    <section className="transfers" aria-label={texts.uploads}>
      <header>
        <strong role="status">{texts.uploadsDone(done, items.length)}</strong>
        {done > 0 && !isActive && (
          <Button
            size="small"
            variant="text"
            onClick={() => {
              uploads.clear();
            }}
          >
            {texts.uploadsClear}
          </Button>
        )}
        <Button
          size="small"
          shape="square"
          variant="text"
          aria-expanded={isOpen}
          aria-label={isOpen ? texts.uploadsHide : texts.uploadsShow}
          icon={isOpen ? <ChevronDownIcon /> : <ChevronUpIcon />}
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        />
      </header>
      {isOpen && (
        <ul tabIndex={0} aria-label={texts.uploads}>
          {shown.map((upload) => (
            <UploadRow key={upload.id} upload={upload} />
          ))}
          {items.length > shown.length && (
            <li className="muted">{texts.uploadsMore(items.length - shown.length)}</li>
          )}
        </ul>
      )}
    </section>
  );
}

function UploadRow({ upload }: { upload: Upload }) {
  const texts = useTexts();
  const { uploads } = useSignedIn();
  const { id, key, state, loaded, file, failure } = upload;
  const states: Record<Upload['state'], string> = {
    waiting: texts.uploadWaiting,
    running: `${bytes(loaded)} / ${bytes(file.size)}`,
    paused: texts.uploadPaused(bytes(loaded), bytes(file.size)),
    done: bytes(file.size),
    failed: `${failure?.code ?? ''} ${failure?.code === 'NetworkError' ? texts.failedNetwork : (failure?.message ?? '')}`,
  };
  const isStopped = state === 'paused' || state === 'failed';
  return (
    <li>
      <span className="transfer-name" title={key}>
        {key}
      </span>
      <span className={state === 'failed' ? 'transfer-state field-error' : 'transfer-state muted'}>
        {states[state]}
      </span>
      <span className="transfer-actions">
        {(state === 'running' || state === 'waiting') && (
          <Button
            size="small"
            shape="square"
            variant="text"
            aria-label={texts.uploadPause(key)}
            icon={<PauseIcon />}
            onClick={() => {
              uploads.pause(id);
            }}
          />
        )}
        {isStopped && (
          <Button
            size="small"
            shape="square"
            variant="text"
            aria-label={state === 'failed' ? texts.uploadRetry(key) : texts.uploadResume(key)}
            icon={<PlayIcon />}
            onClick={() => {
              uploads.resume(id);
            }}
          />
        )}
        {state !== 'done' && (
          <Button
            size="small"
            shape="square"
            variant="text"
            aria-label={texts.uploadCancel(key)}
            icon={<CloseIcon />}
            onClick={() => {
              uploads.cancel(id);
            }}
          />
        )}
      </span>
      {state !== 'done' && <progress aria-label={key} value={loaded} max={Math.max(file.size, 1)} />}
    </li>
  );
}
