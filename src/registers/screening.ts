import { datePlus } from './period.ts';

/** By when an office screens next: a period after the last round; null while the bureau has set none (未载明). */
export const screeningDueOn = (last: string | null, period: string | null, since: string): string | null =>
  period === null ? null : datePlus(last ?? since, period);

/** Overdue is the day after, in Asia/Shanghai. */
export const isOverdueOn = (dueOn: string | null, today: string): boolean => dueOn !== null && today > dueOn;
