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

export function usePage(): string {
  return pageOf(useSyncExternalStore(subscribe, () => location.hash));
}
