import { useEffect, useMemo, useState } from 'react';
import { admin, type Status } from './api/admin';
import { client } from './api/cos';
import { SignedInContext, type Session } from './session/session';
import { Waiting } from './shared/Waiting';
import { Shell } from './shell/Shell';
import { Uploads } from './transfers/Uploads';

interface Account {
  appId: string | undefined;
  isAdmin: boolean;
}

/** What the account is, as far as these keys may know. */
async function account(session: Session): Promise<Account> {
  try {
    const status = await admin<Status>(session, 'GET', '/status');
    return { appId: status.rootAppId, isAdmin: true };
  } catch {
    return { appId: undefined, isAdmin: false };
  }
}

/** What there is behind the sign-in. */
export default function Inside({ session, end }: { session: Session; end: (isOver: boolean) => void }) {
  const cos = useMemo(() => client(session), [session]);
  const uploads = useMemo(() => new Uploads(cos, session.region), [cos, session]);
  const [known, setKnown] = useState<Account>();
  useEffect(() => {
    void account(session).then(setKnown);
    const timer = setTimeout(() => {
      end(true);
    }, session.ends - Date.now());
    return () => {
      clearTimeout(timer);
      uploads.stopAll();
    };
  }, [session, end, uploads]);
  const signedIn = useMemo(
    () => known && { session, cos, uploads, end, ...known },
    [session, cos, uploads, end, known],
  );
  return signedIn ? (
    <SignedInContext value={signedIn}>
      <Shell />
    </SignedInContext>
  ) : (
    <Waiting />
  );
}
