import { lazy, Suspense, useCallback, useState } from 'react';
import { SignInPage } from './pages/sign-in/SignInPage';
import { keepSession, keptSession, type Session } from './session/session';
import { Waiting } from './shared/Waiting';

/** With the SDK and the pages, which the sign-in does not need. */
const Inside = lazy(() => import('./Inside'));

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
  return session ? (
    <Suspense fallback={<Waiting />}>
      <Inside session={session} end={end} />
    </Suspense>
  ) : (
    <SignInPage isOver={isOver} onSignedIn={start} />
  );
}
