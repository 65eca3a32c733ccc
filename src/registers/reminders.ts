import { administratorOf, bodyFor } from '../people/bodies.ts';
import { dayNumber, weekdayOf } from '../people/calendar.ts';
import type { Organisation } from '../people/organisation.ts';
import { isOverdueOn } from './screening.ts';
import type { BodyStudy } from './study.ts';

/** What stands overdue or may: dates of Asia/Shanghai, null where the bureau has set no limit. */
export interface Standing {
  edition: string;
  studyDueOn: string | null;
  bodies: readonly BodyStudy[];
  screenings: readonly { office: string; dueOn: string | null }[];
  /** Follow-ups that nobody has ended. */
  findings: readonly { office: string; owner: string; dueOn: string }[];
}

const MONDAY = 1;
const LEADING = 'leadingGroupOffice';

/** On the first day of it and on Mondays: a mail that comes each morning is read by nobody. */
const isTold = (dueOn: string | null, today: string): boolean =>
  isOverdueOn(dueOn, today) &&
  (dayNumber(today) - dayNumber(dueOn!) === 1 || weekdayOf(dayNumber(today)) === MONDAY);

/**
 * Whom to remind today of what, by person: oneself of one's study and follow-ups, the head of an office of its screening, and the
 * leading-group office of all of it, body by body. Nobody is named, least of all a subject. Pure.
 */
export function remindersOn(org: Organisation, standing: Standing, today: string): Map<string, string[]> {
  const { edition, studyDueOn, bodies, screenings, findings } = standing;
  const lines = new Map<string, string[]>();
  const tell = (person: string | undefined, line: string): void => {
    if (person !== undefined) lines.set(person, [...(lines.get(person) ?? []), line]);
  };
  const nameOf = (id: string): string => org.bodies.find((body) => body.id === id)?.name ?? id;
  const above = (office: string | undefined): string | undefined => {
    const body = office === undefined ? null : bodyFor(org, LEADING, office);
    return body ? administratorOf(org, body)?.id : undefined;
  };
  const anyOffice = screenings[0]?.office;

  if (isTold(studyDueOn, today))
    for (const { body, people } of bodies) {
      const missing = people.filter(({ isOverdue }) => isOverdue);
      for (const { id } of missing)
        tell(id, `现行预案（${edition} 版）应在 ${studyDueOn} 前学习，您尚未登记学习。`);
      if (missing.length > 0)
        tell(
          above(body.serves?.[0] ?? anyOffice),
          `${body.name}：${missing.length} 人逾期未学习现行预案（${edition} 版）。`,
        );
    }
  for (const { office, dueOn } of screenings.filter((one) => isTold(one.dueOn, today))) {
    const head = org.bodies.find(({ id }) => id === office);
    tell(head && administratorOf(org, head)?.id, `本所应在 ${dueOn} 前开展分析排查，尚未登记。`);
    tell(above(office), `${nameOf(office)}：应在 ${dueOn} 前开展的分析排查尚未登记。`);
  }
  const overdue = findings.filter(({ dueOn }) => isTold(dueOn, today));
  for (const [owner, count] of countedBy(overdue, ({ owner }) => owner))
    tell(owner, `您跟进的排查事项有 ${count} 项已超期。`);
  for (const [office, count] of countedBy(overdue, ({ office }) => office))
    tell(above(office), `${nameOf(office)}：${count} 项排查跟进措施已超期。`);
  return lines;
}

function countedBy<T>(items: readonly T[], by: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(by(item), (counts.get(by(item)) ?? 0) + 1);
  return counts;
}

/** The words of one reminder, in Simplified Chinese. */
export const reminderText = (lines: readonly string[]): { subject: string; text: string } => ({
  subject: `【学习与排查】${lines.length} 项需要处理`,
  text: [
    ...lines.map((line, i) => `${i + 1}. ${line}`),
    '',
    '请登录后在“学习与排查”中办理。期限由本局自行设定，逾期当日和每周一提醒。',
  ].join('\n'),
});
