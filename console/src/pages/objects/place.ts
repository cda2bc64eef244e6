/** A folder of a bucket, as the address of the page names it. */
export interface Place {
  bucket: string;
  /** What all names in it begin with; empty or ended by a slash. */
  prefix: string;
}

/** The address of a folder. */
export function hrefOf({ bucket, prefix }: Place): string {
  return `#/buckets/${bucket}/${prefix.split('/').map(encodeURIComponent).join('/')}`;
}

/** The folder that an address names; none if it names no bucket. */
export function placeOf(hash: string): Place | undefined {
  const found = /^#\/buckets\/([^/]+)(?:\/(.*))?$/.exec(hash);
  if (!found?.[1]) return undefined;
  const path = found[2] ?? '';
  const prefix = decoded(path.endsWith('/') || path === '' ? path : `${path}/`);
  return { bucket: found[1], prefix };
}

/** Each folder on the way to a prefix, with its own name. */
export function stepsOf(prefix: string): { name: string; prefix: string }[] {
  const names = prefix.split('/').slice(0, -1);
  return names.map((name, at) => ({ name, prefix: `${names.slice(0, at + 1).join('/')}/` }));
}

/** An address that somebody typed need not be well encoded. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
