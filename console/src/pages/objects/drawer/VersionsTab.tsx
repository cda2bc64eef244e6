import { useCallback, useState } from 'react';
import { Button } from 'tdesign-react';
import { useLanguage } from '../../../i18n';
import { useSignedIn } from '../../../session/session';
import { Confirm } from '../../../shared/Confirm';
import { bytes, time } from '../../../shared/format';
import { Problem } from '../../../shared/Problem';
import { useAction } from '../../../shared/useAction';
import { useLoaded } from '../../../shared/useLoaded';
import { Waiting } from '../../../shared/Waiting';
import type { Entry } from '../entries';
import { page } from '../pages';
import { remove } from '../remove';
import { copySource } from './head';
import type { Shown } from './ObjectDrawer';

/** One deletion is over before anybody could stop it. */
const NEVER = new AbortController().signal;

interface Props {
  shown: Shown;
  onChanged: () => void;
}

/** What an object was before: to be brought back, or deleted for good. */
export function VersionsTab({ shown: { bucket, key }, onChanged }: Props) {
  const { texts, language } = useLanguage();
  const { cos, session } = useSignedIn();
  const { region } = session;
  const load = useCallback(async () => {
    const query = { bucket, region, prefix: key, isByFolder: false, isVersions: true };
    const { entries } = await page(cos, query, undefined);
    return entries.filter((entry) => entry.key === key);
  }, [cos, region, bucket, key]);
  const { data, failure, reload } = useLoaded(load);
  const restoring = useAction();
  const deleting = useAction();
  const [isRestored, setIsRestored] = useState(false);
  const [asked, setAsked] = useState<Entry>();
  const object = { Bucket: bucket, Region: region, Key: key };
  const changed = () => {
    onChanged();
    reload();
  };
  if (failure) return <Problem failure={failure} onRetry={reload} />;
  if (!data) return <Waiting />;
  return (
    <>
      {restoring.failure && <Problem failure={restoring.failure} />}
      {isRestored && <p role="status">{texts.versionRestored}</p>}
      <ol className="versions">
        {data.map((entry) => (
          <li key={entry.id}>
            <span>
              {time(entry.modified, language)}
              {entry.kind === 'object' && ` · ${bytes(entry.size)}`}{' '}
              {entry.kind === 'marker' && <span className="badge badge-bad">{texts.deleteMarker}</span>}{' '}
              {entry.isLatest && <span className="badge">{texts.versionLatest}</span>}
            </span>
            <code className="muted">{entry.versionId}</code>
            <span className="drawer-actions">
              {entry.kind === 'object' && !entry.isLatest && (
                <Button
                  size="small"
                  variant="outline"
                  disabled={restoring.isBusy}
                  onClick={() => {
                    restoring.run(async () => {
                      const source = copySource(region, { bucket, key, versionId: entry.versionId });
                      await cos.putObjectCopy({ ...object, CopySource: source });
                      setIsRestored(true);
                      changed();
                    });
                  }}
                >
                  {texts.versionRestore}
                </Button>
              )}
              <Button
                size="small"
                variant="outline"
                theme="danger"
                onClick={() => {
                  setAsked(entry);
                }}
              >
                {texts.remove}
              </Button>
            </span>
          </li>
        ))}
      </ol>
      {asked && (
        <Confirm
          title={texts.remove}
          action={texts.remove}
          isDanger
          isBusy={deleting.isBusy}
          failure={deleting.failure}
          onConfirm={() => {
            deleting.run(async () => {
              await remove(cos, { bucket, region, isVersions: true }, [asked], () => undefined, NEVER);
              setAsked(undefined);
              changed();
            });
          }}
          onClose={() => {
            setAsked(undefined);
          }}
        >
          <p>
            {asked.kind === 'marker' ? texts.markerDeleteAsk : texts.versionDeleteAsk(asked.versionId ?? '')}
          </p>
        </Confirm>
      )}
    </>
  );
}
