import { useSpeech } from './words.tsx';

/** The other language, in its own name. */
export function LanguageSwitch() {
  const { language, speak } = useSpeech();
  const [other, name] = language === 'zh' ? (['en', 'English'] as const) : (['zh', '中文'] as const);
  return (
    <button
      type="button"
      className="language"
      lang={other === 'en' ? 'en' : 'zh-CN'}
      onClick={() => speak(other)}
    >
      {name}
    </button>
  );
}
