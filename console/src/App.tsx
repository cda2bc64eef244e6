import { useCallback, useEffect, useMemo, useState } from 'react';
import { admin, type Status } from './api/admin';
import { client } from './api/cos';
import { SignInPage } from './pages/sign-in/SignInPage';
import { keepSession, keptSession, SignedInContext, type Session } from './session/session';
import { Waiting } from './shared/Waiting';
import { Shell } from './shell/Shell';

/** The sign-in, or what there is behind it. */
export function App() {
  const [session, setSession] = useState<Session | undefined>(keptSession);
  const [isOver, setIsOver] = useState(false);
  const start = useCallback((begun: Session) => {
    keepSession(begun);
    setIsOver(false);
    setSession(begun);
  }, []);
  const end = useCallback((over: boolean) => {
    keepSession(undefined);
    setIsOver(over);
    setSession(undefined);
  }, []);
  return session ? <Inside session={session} end={end} /> : <SignInPage isOver={isOver} onSignedIn={start} />;
}

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

function Inside({ session, end }: { session: Session; end: (isOver: boolean) => void }) {
  const cos = useMemo(() => client(session), [session]);
  const [known, setKnown] = useState<Account>();
  useEffect(() => {
    void account(session).then(setKnown);
    const timer = setTimeout(() => {
      end(true);
    }, session.ends - Date.now());
    return () => {
      clearTimeout(timer);
    };
  }, [session, end]);
  const signedIn = useMemo(() => known && { session, cos, end, ...known }, [session, cos, end, known]);
  return signedIn ? (
    <SignedInContext value={signedIn}>
      <Shell />
    </SignedInContext>
  ) : (
    <Waiting />
  );
}
