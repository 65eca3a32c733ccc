import { DateTime, Duration } from 'luxon';
import type { Instant } from '../incident/instant.ts';

/** What people are addressed in; Simplified Chinese comes first. */
export type Language = 'zh-CN' | 'en';

const UNITS = [
  ['years', '年'],
  ['months', '个月'],
  ['weeks', '周'],
  ['days', '天'],
  ['hours', '小时'],
  ['minutes', '分钟'],
  ['seconds', '秒'],
] as const;

/** An ISO 8601 duration in words, as it was written: `PT1H30M` → `1小时30分钟`, `P1D` → `1天`. */
export function durationInWords(iso: string, language: Language = 'zh-CN'): string {
  const duration = Duration.fromISO(iso);
  if (language === 'en') return duration.reconfigure({ locale: 'en' }).toHuman();
  const parts = UNITS.filter(([unit]) => duration[unit] > 0).map(
    ([unit, word]) => `${duration[unit]}${word}`,
  );
  return parts.join('');
}

/** An instant on a wall clock, 24 hours: `3月4日 02:13`, with seconds where asked. */
export function clockInWords(
  instant: Instant,
  timeZone: string,
  { seconds = false, language = 'zh-CN' }: { seconds?: boolean; language?: Language } = {},
): string {
  const day = language === 'en' ? 'd MMM' : 'M月d日';
  return DateTime.fromISO(instant, { zone: timeZone, locale: language }).toFormat(
    `${day} HH:mm${seconds ? ':ss' : ''}`,
  );
}

/** The bureau's own limit as it is shown to our own people; 未载明 where the plan and the bureau set none. */
export function limitInWords(
  within: string | null,
  dueAt: Instant | null,
  timeZone: string,
  language: Language = 'zh-CN',
): string {
  if (within === null) return language === 'en' ? 'none stated' : '未载明';
  const words = durationInWords(within, language);
  const until =
    dueAt === null ? null : clockInWords(dueAt, timeZone, { seconds: within.endsWith('S'), language });
  if (language === 'en') return until === null ? words : `${words} (by ${until})`;
  return until === null ? `${words}内` : `${words}内（${until}前）`;
}

/** What an incident is called: its number, or a code made of its id until the number is known. */
export const incidentName = (number: string | null, incidentId: string): string =>
  number === null ? `事件码 ${incidentId.slice(0, 8)}` : number;
