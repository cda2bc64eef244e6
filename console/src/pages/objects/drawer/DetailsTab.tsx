import { useCallback } from 'react';
import { useTexts } from '../../../i18n';
import { useSignedIn } from '../../../session/session';
import { Problem } from '../../../shared/Problem';
import { useLoaded } from '../../../shared/useLoaded';
import { Waiting } from '../../../shared/Waiting';
import { head } from './head';
import type { Shown } from './ObjectDrawer';

/** Headers that say something of the answer, not of the object. */
const OF_ANSWER = /^(access-control-|connection$|date$|server$|vary$|x-cos-(request|trace)-id$|keep-alive$)/;

/** All headers of an object. */
export function DetailsTab({ shown: { bucket, key, versionId } }: { shown: Shown }) {
  const texts = useTexts();
  const { cos, session } = useSignedIn();
  const load = useCallback(
    () => head(cos, session.region, { bucket, key, versionId }),
    [cos, session, bucket, key, versionId],
  );
  const { data, failure, reload } = useLoaded(load);
  if (failure) return <Problem failure={failure} onRetry={reload} />;
  if (!data) return <Waiting />;
  return (
    <dl className="facts">
      <dt>{texts.key}</dt>
      <dd>{key}</dd>
      {Object.entries(data)
        .filter(([name]) => !OF_ANSWER.test(name))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
