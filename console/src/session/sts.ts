import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { Failure } from '../api/failure';
import { configuration, dataHost } from './configuration';
import type { Session } from './session';

/** As long as the root user of an account may have them. */
const SECONDS = 7200;

/** All that the key itself may do; the server intersects the two. The admin API has to be named. */
const POLICY = JSON.stringify({
  version: '2.0',
  statement: [{ effect: 'allow', action: ['name/cos:*', 'name/coffer:Administer'], resource: ['*'] }],
});

interface Answer {
  Response: {
    Credentials?: { TmpSecretId: string; TmpSecretKey: string; Token: string };
    Error?: { Code: string; Message: string };
    RequestId: string;
  };
}

/** What is signed, and the parameter that holds the signature; WebCrypto is missing on pages by plain http. */
export function signed(parameters: Record<string, string>, host: string, secretKey: string): URLSearchParams {
  const list = Object.keys(parameters)
    .sort()
    .map((name) => `${name}=${parameters[name] ?? ''}`)
    .join('&');
  const bytes = new TextEncoder();
  const mac = hmac(sha256, bytes.encode(secretKey), bytes.encode(`POST${host}/?${list}`));
  return new URLSearchParams({ ...parameters, Signature: btoa(String.fromCharCode(...mac)) });
}

/** Exchanges a permanent key for temporary ones. */
export async function exchange(secretId: string, secretKey: string): Promise<Session> {
  const { dataPort, region } = await configuration();
  const host = dataHost(dataPort);
  const parameters = {
    Action: 'GetFederationToken',
    DurationSeconds: String(SECONDS),
    Name: 'console',
    Nonce: String(Math.floor(Math.random() * 2 ** 31)),
    Policy: encodeURIComponent(POLICY),
    Region: region,
    SecretId: secretId,
    SignatureMethod: 'HmacSHA256',
    Timestamp: String(Math.floor(Date.now() / 1000)),
    Version: '2018-08-13',
  };
  const answer = await fetch(`${location.protocol}//${host}/-/sts`, {
    method: 'POST',
    body: signed(parameters, host, secretKey),
  }).catch(() => {
    throw new Failure('NetworkError', '', '', 0);
  });
  const { Response } = (await answer.json()) as Answer;
  if (!Response.Credentials) {
    throw new Failure(
      Response.Error?.Code ?? '',
      Response.Error?.Message ?? '',
      Response.RequestId,
      answer.status,
    );
  }
  return {
    name: secretId,
    id: Response.Credentials.TmpSecretId,
    key: Response.Credentials.TmpSecretKey,
    token: Response.Credentials.Token,
    region,
    host,
    ends: Date.now() + SECONDS * 1000,
  };
}
