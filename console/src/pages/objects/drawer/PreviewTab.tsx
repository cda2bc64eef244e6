import { useCallback } from 'react';
import { link, SHORT_SECONDS } from '../../../api/link';
import { useTexts } from '../../../i18n';
import { useSignedIn } from '../../../session/session';
import { bytes } from '../../../shared/format';
import { Problem } from '../../../shared/Problem';
import { useLoaded } from '../../../shared/useLoaded';
import { Waiting } from '../../../shared/Waiting';
import { refusal } from '../download';
import { head } from './head';
import type { Shown } from './ObjectDrawer';
import { kindOf, MOST, TEXT_SHOWN, type Kind } from './preview';

/** What an object looks like, as far as browsers can show it without running it. */
export function PreviewTab({ shown, size }: { shown: Shown; size: number }) {
  const texts = useTexts();
  const { cos, session } = useSignedIn();
  const { bucket, key, versionId } = shown;
  const load = useCallback(
    () => head(cos, session.region, { bucket, key, versionId }),
    [cos, session, bucket, key, versionId],
  );
  const { data, failure, reload } = useLoaded(load);
  if (failure) return <Problem failure={failure} onRetry={reload} />;
  if (!data) return <Waiting />;
  const kind = kindOf(data['content-type'] ?? '', key);
  if (!kind) return <p className="muted">{texts.previewNone}</p>;
  if (size > MOST[kind]) return <p className="muted">{texts.previewLarge(bytes(MOST[kind]))}</p>;
  return kind === 'text' ? <TextPreview shown={shown} size={size} /> : <Media shown={shown} kind={kind} />;
}

function Media({ shown, kind }: { shown: Shown; kind: Exclude<Kind, 'text'> }) {
  const { session } = useSignedIn();
  const texts = useTexts();
  const label = `${texts.preview}: ${shown.key}`;
  // A document is shown in a frame, where it could be anything: it comes from the data port, as PDF whatever it says.
  const address = link(session, shown, {
    seconds: SHORT_SECONDS,
    type: kind === 'pdf' ? 'application/pdf' : undefined,
  });
  switch (kind) {
    case 'image':
      return <img className="preview" src={address} alt={label} />;
    case 'pdf':
      return <iframe className="preview preview-page" src={address} title={label} />;
    case 'audio':
      return <audio className="preview" src={address} controls aria-label={label} />;
    case 'video':
      return <video className="preview" src={address} controls aria-label={label} />;
  }
}

function TextPreview({ shown, size }: { shown: Shown; size: number }) {
  const texts = useTexts();
  const { session } = useSignedIn();
  const { bucket, key, versionId } = shown;
  const load = useCallback(async () => {
    if (size === 0) return '';
    const address = link(session, { bucket, key, versionId }, { seconds: SHORT_SECONDS });
    const answer = await fetch(address, { headers: { Range: `bytes=0-${TEXT_SHOWN - 1}` } });
    if (!answer.ok) throw await refusal(answer, key);
    return answer.text();
  }, [session, bucket, key, versionId, size]);
  const { data, failure, reload } = useLoaded(load);
  if (failure) return <Problem failure={failure} onRetry={reload} />;
  if (data === undefined) return <Waiting />;
  return (
    <>
      {size > TEXT_SHOWN && <p className="muted">{texts.previewCut(bytes(TEXT_SHOWN))}</p>}
      <pre className="preview" tabIndex={0}>
        {data}
      </pre>
    </>
  );
}
