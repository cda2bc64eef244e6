import { useEffect, useState } from 'react';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'coffer.theme';
const DARK = window.matchMedia('(prefers-color-scheme: dark)');

function apply(theme: Theme) {
  const isDark = theme === 'dark' || (theme === 'system' && DARK.matches);
  document.documentElement.setAttribute('theme-mode', isDark ? 'dark' : 'light');
}

function initial(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

/** Light or dark, by the system unless somebody chose. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(initial);
  useEffect(() => {
    localStorage.setItem(KEY, theme);
    apply(theme);
    const follow = () => {
      apply(theme);
    };
    DARK.addEventListener('change', follow);
    return () => {
      DARK.removeEventListener('change', follow);
    };
  }, [theme]);
  return [theme, setTheme];
}
