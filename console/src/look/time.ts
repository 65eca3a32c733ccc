/** Times as people read them here: Asia/Shanghai, 24 hours. */
const ZONE = 'Asia/Shanghai';

const part = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, hourCycle: 'h23', ...options });

const DAY = part({ year: 'numeric', month: '2-digit', day: '2-digit' });
const CLOCK = part({ hour: '2-digit', minute: '2-digit' });
const SECONDS = part({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const SHORT_DAY = part({ month: 'numeric', day: 'numeric' });

const asDate = (instant: string | number): Date => new Date(instant);

/** 14:32 */
export const clock = (instant: string | number): string => CLOCK.format(asDate(instant));
/** 14:32:05 */
export const clockWithSeconds = (instant: string | number): string => SECONDS.format(asDate(instant));
/** 2026/11/23 */
export const day = (instant: string | number): string => DAY.format(asDate(instant));
/** 2026/11/23 14:32 */
export const dayAndClock = (instant: string | number): string => `${day(instant)} ${clock(instant)}`;

/** 14:32 today, 11/23 14:32 on any other day. `now` in milliseconds. */
export const shortly = (instant: string, now: number): string =>
  day(instant) === day(now) ? clock(instant) : `${SHORT_DAY.format(asDate(instant))} ${clock(instant)}`;

/** 1:02:05, 12:05, with days before it: what is left, or how long ago. Milliseconds, without their sign. */
export function span(ms: number): string {
  const all = Math.floor(Math.abs(ms) / 1_000);
  const [days, hours, minutes, seconds] = [
    Math.floor(all / 86_400),
    Math.floor(all / 3_600) % 24,
    Math.floor(all / 60) % 60,
    all % 60,
  ] as [number, number, number, number];
  const two = (value: number): string => String(value).padStart(2, '0');
  const clockPart =
    hours > 0 || days > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
  return days > 0 ? `${days}d ${clockPart}` : clockPart;
}

const UNITS = { zh: ['天', '小时', '分钟', '秒'], en: [' d', ' h', ' min', ' s'] } as const;

/** PT1H30M → 1小时30分钟. What is no duration of days and less stands for itself. */
export function durationInWords(iso: string, language: 'zh' | 'en'): string {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(iso)?.slice(1);
  const words = parts?.flatMap((value, index) => (value ? [`${value}${UNITS[language][index]}`] : []));
  return words?.length ? words.join(language === 'en' ? ' ' : '') : iso;
}

/** What a field of local date and time says, in China, as an instant; null where it is empty. */
export const instantOf = (local: string): string | null =>
  local ? new Date(`${local}:00+08:00`).toISOString() : null;
/** An instant for such a field. */
export const localOf = (instant: string | number): string =>
  new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString().slice(0, 16);
