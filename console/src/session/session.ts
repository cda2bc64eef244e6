import { createContext, useContext } from 'react';
import type COS from 'cos-js-sdk-v5';
import type { Uploads } from '../transfers/Uploads';

/** The temporary keys of this tab; the key that they were made with is kept nowhere. */
export interface Session {
  name: string;
  id: string;
  key: string;
  token: string;
  region: string;
  host: string;
  /** In milliseconds since 1970, by the clock of this browser. */
  ends: number;
}

const KEY = 'coffer.session';

export function keptSession(): Session | undefined {
  try {
    const session = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Session | null;
    return session && session.ends > Date.now() ? session : undefined;
  } catch {
    // Damaged: as if there were none.
    return undefined;
  }
}

export function keepSession(session: Session | undefined) {
  if (session) sessionStorage.setItem(KEY, JSON.stringify(session));
  else sessionStorage.removeItem(KEY);
}

/** What pages have of whoever is signed in. */
export interface SignedIn {
  session: Session;
  cos: COS;
  uploads: Uploads;
  /** The number of the account, where it is known; else names of buckets are written whole. */
  appId: string | undefined;
  /** Whether the admin API answers to these keys. */
  isAdmin: boolean;
  /** Ends the session; if its keys are over, says so. */
  end: (isOver: boolean) => void;
}

export const SignedInContext = createContext<SignedIn | undefined>(undefined);

export function useSignedIn(): SignedIn {
  const found = useContext(SignedInContext);
  if (!found) throw new Error('a page outside of a session');
  return found;
}
