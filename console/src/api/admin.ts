import COS from 'cos-js-sdk-v5';
import type { Session } from '../session/session';
import { Failure } from './failure';

const VALID_SECONDS = 300;

interface Problem {
  error?: { code: string; message: string };
  requestId?: string;
}

/** Asks the admin API, signed as requests for data are. */
export async function admin<T>(session: Session, method: string, path: string, body?: unknown): Promise<T> {
  const pathname = `/admin/v1${path}`;
  const authorization = COS.getAuthorization({
    SecretId: session.id,
    SecretKey: session.key,
    Method: method as COS.Method,
    Pathname: pathname,
    Query: {},
    Headers: {},
    Expires: VALID_SECONDS,
  });
  const answer = await fetch(pathname, {
    method,
    headers: { Authorization: authorization, 'x-cos-security-token': session.token },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => {
    throw new Failure('NetworkError', '', '', 0);
  });
  if (answer.status === 204) return undefined as T;
  const document = (await answer.json().catch(() => ({}))) as Problem & T;
  if (!answer.ok) {
    throw new Failure(
      document.error?.code ?? String(answer.status),
      document.error?.message ?? '',
      document.requestId ?? '',
      answer.status,
    );
  }
  return document;
}

export interface Usage {
  bytes: number;
  objects: number;
  approximate: boolean;
}

export interface Status {
  version: string;
  uptimeSeconds: number;
  trouble?: string;
  rootAppId: string;
  disk: { path: string; totalBytes?: number; freeBytes?: number };
  memory: { heapUsedBytes: number; heapMaxBytes: number };
  counts: { accounts: number; buckets: number };
}
