import { DateTime } from 'luxon';
import { SHOWN_TIME_ZONE, type Instant } from '../incident/instant.ts';
import { yearAt, type OfficeYear } from './year.ts';

/** From this month on an office without a drill is reminded each month; a local practice, the plan names no month. */
const FIRST_MONTH = 9;
const DECEMBER = 12;

/** Which year's drills are looked at: in January the one that is over. */
export const yearLookedAt = (at: Instant): number => (monthAt(at) === 1 ? yearAt(at) - 1 : yearAt(at));

/** Offices to be reminded: none is planned or held, and the year is drawing to its end, or over. */
export const toRemind = (years: OfficeYear[], at: Instant): OfficeYear[] =>
  monthAt(at) === 1 || monthAt(at) >= FIRST_MONTH
    ? years.filter(({ state }) => state === 'open' || state === 'overdue')
    : [];

/** What goes up to the leading-group office: in January what is overdue, in December what is still to be held. */
export const toReportUp = (years: OfficeYear[], at: Instant): OfficeYear[] =>
  monthAt(at) === 1 || monthAt(at) === DECEMBER
    ? years.filter(({ state }) => state === 'open' || state === 'overdue')
    : [];

const monthAt = (at: Instant): number => DateTime.fromISO(at, { zone: SHOWN_TIME_ZONE }).month;

/** A reminder to one office, in words. Nobody is blamed: what is so, and what to do. */
export function reminderWords(
  { name, year, clause }: { name: string; year: number; clause: string },
  { state, done, needed }: OfficeYear,
): { subject: string; text: string } {
  const isOver = state === 'overdue';
  return {
    subject: `【应急演练】${name}：${year}年演练${isOver ? '尚未完成' : '待安排'}`,
    text: [
      `${name}：预案第${clause}部分要求每年至少开展${needed}次应急演练，${year}年已完成${done}次。`,
      '',
      isOver
        ? '本年度已经结束。请尽快拟定演练方案补做，并在方案中说明。'
        : '请选定场景，拟定演练方案，报另一名负责人批准后开展。',
      '演练结束并评估后计入年度次数。',
    ].join('\n'),
  };
}

/** The list for the leading-group office. */
export function listWords(
  { year, clause, nameOf }: { year: number; clause: string; nameOf: (office: string) => string },
  years: OfficeYear[],
): { subject: string; text: string } {
  const lines = years.map(
    ({ office, state, done, needed }, index) =>
      `${index + 1}. ${nameOf(office)}：已完成${done}次，应完成${needed}次${state === 'overdue' ? '（年度已结束）' : ''}`,
  );
  return {
    subject: `【应急演练】${year}年尚未完成演练的司法所：${years.length} 个`,
    text: [
      `预案第${clause}部分，${year}年应急演练，以下司法所尚未完成：`,
      '',
      ...lines,
      '',
      '已同时提醒各所。请协调安排。',
    ].join('\n'),
  };
}
