import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { ConfigProvider } from 'tdesign-react';
import enConfig from 'tdesign-react/es/locale/en_US';
import zhConfig from 'tdesign-react/es/locale/zh_CN';
import { en, type Texts } from './en';
import { zh } from './zh';

export type Language = 'en' | 'zh';

const KEY = 'coffer.language';

interface LanguageChoice {
  language: Language;
  setLanguage: (language: Language) => void;
  texts: Texts;
}

const Context = createContext<LanguageChoice>({ language: 'en', setLanguage: () => undefined, texts: en });

function initial(): Language {
  const kept = localStorage.getItem(KEY);
  if (kept === 'en' || kept === 'zh') return kept;
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
}

/** Gives all below it the texts of the chosen language. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(initial);
  useEffect(() => {
    localStorage.setItem(KEY, language);
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const choice = useMemo(
    () => ({ language, setLanguage, texts: language === 'zh' ? zh : en }),
    [language, setLanguage],
  );
  return (
    <Context.Provider value={choice}>
      <ConfigProvider globalConfig={language === 'zh' ? zhConfig : enConfig}>{children}</ConfigProvider>
    </Context.Provider>
  );
}

export function useLanguage(): LanguageChoice {
  return useContext(Context);
}

export function useTexts(): Texts {
  return useContext(Context).texts;
}
