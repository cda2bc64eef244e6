import COS from 'cos-js-sdk-v5';
import type { Session } from '../session/session';

const SIGNED_FOR_SECONDS = 900;

/**
 * The official SDK, led to the data port. For browsers it knows buckets as names of hosts only, which need not resolve
 * here: so the bucket goes into the path, and is signed there.
 */
export function client(session: Session): COS {
  return new COS({
    Protocol: location.protocol,
    Domain: `${session.host}/{Bucket}`,
    ServiceDomain: session.host,
    // There is one host only, and the SDK would try others.
    AutoSwitchHost: false,
    getAuthorization: (asked, answer) => {
      const { Bucket, Key, Method, Query, Headers } = asked as typeof asked & {
        Bucket?: string;
        Key?: string;
      };
      // The types of the SDK do not know that a whole signature may be answered.
      answer({
        Authorization: COS.getAuthorization({
          SecretId: session.id,
          SecretKey: session.key,
          Method,
          Pathname: `/${Bucket ? `${Bucket}/${Key ?? ''}` : ''}`,
          Query,
          Headers,
          Expires: SIGNED_FOR_SECONDS,
        }),
        SecurityToken: session.token,
      } as unknown as COS.GetAuthorizationCallbackParams);
    },
  });
}
