import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The same words in both languages: whoever adds one adds its twin, or the types say so. */
export type Twins<T> = Record<Language, T>;
export const twins = <T,>(zh: T, en: NoInfer<T>): Twins<T> => ({ zh, en });

const KEY = 'fenghuo.language';
const remembered = (): Language => (localStorage.getItem(KEY) === 'en' ? 'en' : 'zh');

interface Speech {
  language: Language;
  speak(language: Language): void;
}
const SpeechContext = createContext<Speech>({ language: 'zh', speak: () => undefined });

/** Simplified Chinese first; English by a switch that this device remembers. */
export function Words({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(remembered);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const speech = useMemo(
    () => ({
      language,
      speak(next: Language) {
        localStorage.setItem(KEY, next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

export const useSpeech = (): Speech => use(SpeechContext);

/** These words in the language in use. */
export const useWords = <T,>(words: Twins<T>): T => words[useSpeech().language];
