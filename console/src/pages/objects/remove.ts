import type COS from 'cos-js-sdk-v5';
import { Failure } from '../../api/failure';
import type { Entry } from './entries';
import { allPages, type Query } from './pages';

/** The most that one request deletes. */
const BATCH = 1000;

/** Every object, version or marker that entries stand for: of folders, all below them. */
export async function* leaves(
  cos: COS,
  query: Omit<Query, 'prefix' | 'isByFolder'>,
  chosen: Iterable<Entry>,
): AsyncGenerator<Entry[]> {
  let single: Entry[] = [];
  for (const entry of chosen) {
    if (entry.kind === 'folder') {
      yield* allPages(cos, { ...query, prefix: entry.key, isByFolder: false });
    } else {
      single.push(entry);
      if (single.length === BATCH) {
        yield single;
        single = [];
      }
    }
  }
  yield single;
}

/**
 * Deletes entries, up to 1,000 at once.
 *
 * @param onProgress how many are deleted so far
 * @throws Failure of the first that could not be deleted
 */
export async function remove(
  cos: COS,
  query: Omit<Query, 'prefix' | 'isByFolder'>,
  chosen: Iterable<Entry>,
  onProgress: (count: number) => void,
  signal: AbortSignal,
): Promise<void> {
  let count = 0;
  for await (const batch of leaves(cos, query, chosen)) {
    if (signal.aborted) return;
    if (batch.length === 0) continue;
    const answer = await cos.deleteMultipleObject({
      Bucket: query.bucket,
      Region: query.region,
      Quiet: true,
      Objects: batch.map(({ key, versionId }) => ({ Key: key, ...(versionId && { VersionId: versionId }) })),
    });
    const [refused] = answer.Error;
    if (refused) {
      const isDenied = refused.Code === 'AccessDenied';
      throw new Failure(
        refused.Code ?? '',
        `${refused.Key}: ${refused.Message ?? ''}`,
        String(answer.headers?.['x-cos-request-id'] ?? ''),
        isDenied ? 403 : 200,
      );
    }
    count += batch.length;
    onProgress(count);
  }
}
