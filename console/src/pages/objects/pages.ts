import type COS from 'cos-js-sdk-v5';
import { decodedKey, folder, inOrder, many, type Entry } from './entries';

/** What is listed. */
export interface Query {
  bucket: string;
  region: string;
  prefix: string;
  /** Whether names are cut at the next slash. */
  isByFolder: boolean;
  /** Whether all versions are listed, with delete markers. */
  isVersions: boolean;
}

/** Where a list goes on. */
export interface Mark {
  key: string;
  versionId?: string;
}

export interface Page {
  entries: Entry[];
  next: Mark | undefined;
}

/** Listed at once: half of what a server would, so that reading an answer is not felt. */
const PAGE = 500;

/** Lists the entries behind a mark, or the first ones. */
export function page(cos: COS, query: Query, from: Mark | undefined): Promise<Page> {
  return query.isVersions ? versions(cos, query, from) : objects(cos, query, from);
}

/** Lists all there is, page by page. */
export async function* allPages(cos: COS, query: Query): AsyncGenerator<Entry[]> {
  let next: Mark | undefined;
  do {
    const found = await page(cos, query, next);
    yield found.entries;
    next = found.next;
  } while (next);
}

async function objects(cos: COS, query: Query, from: Mark | undefined): Promise<Page> {
  const answer = await cos.getBucket({
    Bucket: query.bucket,
    Region: query.region,
    Prefix: query.prefix,
    Delimiter: query.isByFolder ? '/' : undefined,
    Marker: from?.key,
    MaxKeys: PAGE,
    EncodingType: 'url',
  });
  const entries = answer.Contents.map((found): Entry => ({
    id: decodedKey(found.Key),
    kind: 'object',
    key: decodedKey(found.Key),
    size: Number(found.Size),
    modified: found.LastModified,
    storageClass: found.StorageClass ?? 'STANDARD',
  }));
  const folders = answer.CommonPrefixes.map((found) => folder(decodedKey(found.Prefix)));
  const isMore = answer.IsTruncated === 'true' && answer.NextMarker;
  return {
    entries: folders.length > 0 ? [...folders, ...entries].sort(inOrder) : entries,
    next: isMore ? { key: decodedKey(answer.NextMarker ?? '') } : undefined,
  };
}

interface VersionsAnswer {
  Versions: COS.ObjectVersion[];
  DeleteMarkers: COS.DeleteMarker[];
  CommonPrefixes?: { Prefix: string } | { Prefix: string }[];
  IsTruncated: string;
  NextKeyMarker?: string;
  NextVersionIdMarker?: string;
}

/** The types of the SDK call the marker of the key otherwise than the SDK does. */
type VersionsQuestion = COS.ListObjectVersionsParams & { KeyMarker?: string };

async function versions(cos: COS, query: Query, from: Mark | undefined): Promise<Page> {
  const question: VersionsQuestion = {
    Bucket: query.bucket,
    Region: query.region,
    Prefix: query.prefix,
    Delimiter: query.isByFolder ? '/' : undefined,
    KeyMarker: from?.key,
    VersionIdMarker: from?.versionId,
    MaxKeys: String(PAGE),
    EncodingType: 'url',
  };
  const answer = (await cos.listObjectVersions(question)) as unknown as VersionsAnswer;
  const of = (found: COS.ObjectVersion | COS.DeleteMarker, kind: 'object' | 'marker'): Entry => ({
    id: `${decodedKey(found.Key)}\n${found.VersionId}`,
    kind,
    key: decodedKey(found.Key),
    size: 'Size' in found ? Number(found.Size) : 0,
    modified: found.LastModified,
    storageClass: 'StorageClass' in found ? (found.StorageClass ?? 'STANDARD') : '',
    versionId: found.VersionId,
    isLatest: found.IsLatest === 'true',
  });
  const entries = [
    ...many(answer.CommonPrefixes).map((found) => folder(decodedKey(found.Prefix))),
    ...answer.Versions.map((found) => of(found, 'object')),
    ...answer.DeleteMarkers.map((found) => of(found, 'marker')),
  ].sort(inOrder);
  const isMore = answer.IsTruncated === 'true' && answer.NextKeyMarker;
  return {
    entries,
    next: isMore
      ? { key: decodedKey(answer.NextKeyMarker ?? ''), versionId: answer.NextVersionIdMarker }
      : undefined,
  };
}
