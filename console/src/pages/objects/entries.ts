/** A row of the list: a folder, an object, one version of it, or a delete marker. */
export interface Entry {
  /** Told apart by this within a list. */
  id: string;
  kind: 'folder' | 'object' | 'marker';
  key: string;
  /** In bytes. */
  size: number;
  /** As the server writes it; empty for folders. */
  modified: string;
  storageClass: string;
  versionId?: string;
  isLatest?: boolean;
}

export function folder(key: string): Entry {
  return { id: `/${key}`, kind: 'folder', key, size: 0, modified: '', storageClass: '' };
}

/** The name of an entry below a prefix. */
export function nameOf(key: string, prefix: string): string {
  return key.slice(prefix.length);
}

/** What a listing with encoding-type=url says. */
export function decodedKey(key: string): string {
  return decodeURIComponent(key.replaceAll('+', '%20'));
}

/** What an answer holds once, several times or not at all. */
export function many<T>(found: T | T[] | undefined): T[] {
  if (found === undefined) return [];
  return Array.isArray(found) ? found : [found];
}

/** By their names as they are stored; of one key the current version first, then by age. */
export function inOrder(a: Entry, b: Entry): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  if (a.isLatest !== b.isLatest) return a.isLatest ? -1 : 1;
  return a.modified < b.modified ? 1 : a.modified > b.modified ? -1 : 0;
}
