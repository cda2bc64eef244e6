import { useLanguage } from '../i18n';
import { Choice } from '../shared/Choice';
import { useTheme, type Theme } from './theme';

/** Language and theme. */
export function Preferences() {
  const { language, setLanguage, texts } = useLanguage();
  const [theme, setTheme] = useTheme();
  const themes: [Theme, string][] = [
    ['system', texts.themeSystem],
    ['light', texts.themeLight],
    ['dark', texts.themeDark],
  ];
  return (
    <div className="preferences">
      <Choice label={texts.theme} value={theme} options={themes} isCompact onChange={setTheme} />
      <Choice
        label={texts.language}
        value={language}
        options={[
          ['en', 'English'],
          ['zh', '中文'],
        ]}
        isCompact
        onChange={setLanguage}
      />
    </div>
  );
}
