import { useSyncExternalStore } from 'react';

/** The page that the hash of the address names. */
export function pageOf(hash: string): string {
  return hash.replace(/^#\/?/, '').split('/')[0] || 'buckets';
}

function subscribe(changed: () => void) {
  window.addEventListener('hashchange', changed);
  return () => {
    window.removeEventListener('hashchange', changed);
  };
}

/** The hash of the address, as it is now. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => location.hash);
}
