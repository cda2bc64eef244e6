import { useTexts } from '../../i18n';
import { hrefOf, stepsOf, type Place } from './place';

/** The way to a folder: each step leads back to it. */
export function Trail({ place: { bucket, prefix } }: { place: Place }) {
  const texts = useTexts();
  const steps = [{ name: bucket, prefix: '' }, ...stepsOf(prefix)];
  const last = steps.length - 1;
  return (
    <nav className="trail" aria-label={texts.trail}>
      <ol>
        <li>
          <a href="#/buckets">{texts.buckets}</a>
        </li>
        {steps.map((step, at) => (
          <li key={step.prefix}>
            {at === last ? (
              <h1>{step.name || texts.noName}</h1>
            ) : (
              <a href={hrefOf({ bucket, prefix: step.prefix })}>{step.name || texts.noName}</a>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
