import COS from 'cos-js-sdk-v5';
import type { Session } from '../session/session';

interface Linked {
  bucket: string;
  key: string;
  versionId?: string;
}

interface Options {
  /** How long it holds, in seconds; never longer than the keys of the session. */
  seconds: number;
  /** Saved by this name instead of shown. */
  saveAs?: string;
  /** What the answer calls its content, whatever the object says. */
  type?: string;
}

/** Long enough to begin a download or a preview. */
export const SHORT_SECONDS = 900;

/** An address by which anybody may read an object for a while, in the name of these keys. */
export function link(session: Session, { bucket, key, versionId }: Linked, options: Options): string {
  const query: Record<string, string> = {};
  if (versionId) query.versionId = versionId;
  if (options.saveAs !== undefined) {
    query['response-content-disposition'] =
      `attachment; filename*=UTF-8''${encodeURIComponent(options.saveAs)}`;
  }
  if (options.type) query['response-content-type'] = options.type;
  const signature = COS.getAuthorization({
    SecretId: session.id,
    SecretKey: session.key,
    Method: 'GET',
    Pathname: `/${bucket}/${key}`,
    Query: query,
    Headers: { Host: session.host },
    Expires: options.seconds,
  });
  const path = `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  const parts = signature.split('&').map((part) => {
    const [name, value] = [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)];
    return `${name}=${encodeURIComponent(decodeURIComponent(value))}`;
  });
  for (const [name, value] of Object.entries({ ...query, 'x-cos-security-token': session.token }))
    parts.push(`${name}=${encodeURIComponent(value)}`);
  return `${location.protocol}//${session.host}/${path}?${parts.join('&')}`;
}

/** Has the browser save what an address leads to. */
export function save(address: string, name: string) {
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.rel = 'noreferrer';
  anchor.click();
}
