import { downloadZip } from 'client-zip';
import type COS from 'cos-js-sdk-v5';
import { Failure } from '../../api/failure';
import { link, save, SHORT_SECONDS } from '../../api/link';
import type { Session } from '../../session/session';
import type { Entry } from './entries';
import type { Place } from './place';
import { leaves } from './remove';

/** The most that is packed into one archive, in bytes: the browser keeps it until it is saved. */
const MAX = 4 * 1024 ** 3;

interface Asked {
  cos: COS;
  session: Session;
  place: Place;
  chosen: readonly Entry[];
  /** How many bytes were read so far. */
  onProgress: (bytes: number) => void;
  signal: AbortSignal;
}

/** Saves one object as it is; of several, or of folders, makes an archive. */
export async function download(asked: Asked): Promise<{ name: string; blob: Blob } | undefined> {
  const { session, place, chosen } = asked;
  const [only] = chosen;
  if (chosen.length === 1 && only && only.kind === 'object') {
    const name = lastName(only.key);
    save(
      link(session, { bucket: place.bucket, key: only.key }, { seconds: SHORT_SECONDS, saveAs: name }),
      name,
    );
    return undefined;
  }
  const blob = await downloadZip(contents(asked)).blob();
  const name = lastName(place.prefix.replace(/\/$/, '')) || place.bucket;
  return { name: `${name}.zip`, blob };
}

/** What stands behind the last slash. */
export function lastName(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

async function* contents({ cos, session, place, chosen, onProgress, signal }: Asked) {
  const query = { bucket: place.bucket, region: session.region, isVersions: false };
  let planned = 0;
  let read = 0;
  for await (const batch of leaves(cos, query, chosen)) {
    for (const { key, size, modified } of batch) {
      if (signal.aborted) throw new Failure('Cancelled', '', '', 0);
      planned += size;
      if (planned > MAX) throw new Failure('TooLarge', '', '', 0);
      const name = key.slice(place.prefix.length);
      if (name.endsWith('/')) {
        yield { name, lastModified: new Date(modified) };
        continue;
      }
      const answer = await fetch(link(session, { bucket: place.bucket, key }, { seconds: SHORT_SECONDS }), {
        signal,
      });
      if (!answer.ok || !answer.body) throw await refusal(answer, key);
      const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          read += chunk.length;
          onProgress(read);
          controller.enqueue(chunk);
        },
      });
      yield { name, lastModified: new Date(modified), size, input: answer.body.pipeThrough(counter) };
    }
  }
}

/** What the server said, which is XML. */
export async function refusal(answer: Response, key: string): Promise<Failure> {
  const text = await answer.text();
  const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '';
  return new Failure(
    field('Code') || String(answer.status),
    `${key}: ${field('Message')}`,
    field('RequestId'),
    answer.status,
  );
}
