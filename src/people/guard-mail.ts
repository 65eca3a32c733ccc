import type { Instant } from '../incident/instant.ts';
import { administratorOf, bodyFor, OFFICE } from './bodies.ts';
import { dayNumber, weekdayOf } from './calendar.ts';
import { dateAt } from './roster.ts';
import type { GuardCode, RosterFinding } from './guard-finding.ts';
import type { Body, Organisation, Person } from './schema.ts';

/** The party that is told, too, what a body does not mend, and what is no single body's. */
export const LEADING_GROUP_OFFICE = 'leadingGroupOffice';

/** Not mended after so many days, or so near: the leading-group office is told as well. */
const PATIENCE_DAYS = 3;

const MONDAY = 1;

/** What was found, and since when it has been known; null where that is not known. */
export interface KnownFinding extends RosterFinding {
  firstSeen: Instant | null;
}

/** What becomes of a finding: who mends it. */
export const TODO: Record<GuardCode, string> = {
  gap: '在值班表中补上这一时段的值班人员，或导入新的值班表',
  leaderGap: '在值班表中补上这一时段的带班领导，或导入新的值班表',
  unreachable: '为这一时段至少安排一名能通知到的人员，或补录其联系方式',
  doubleBooked: '与另一单位商定，改由他人承担其中一处',
  unfilledParty: '在组织机构文件中补上承担此职责的单位和联系人',
  noMethod: '补录一种已启用的联系方式，或改正其 methods',
  noEmail: '在组织机构文件中补录电子邮箱',
  malformedEmail: '在组织机构文件中改正电子邮箱',
  noPhone: '在组织机构文件中补录电话号码',
  malformedPhone: '在组织机构文件中改正电话号码，固定电话要带区号',
  failingContact: '与本人核对联系方式，改正后请其回复一次',
  unverifiedContact: '在演练中逐人试发，请本人点开链接确认收到',
  idleSwap: '核对换班日期和人员，改正或删去这次换班',
  unknownHolidays: '在组织机构文件的 calendar 中录入节假日和调休安排',
};

/** What identifies a finding from day to day: a gap by the day it begins, a missing number by its person. */
export function findingKey({ code, body, person, from, text }: RosterFinding, lookedFrom: Instant): string {
  const isDated = DATED.has(code) && from !== lookedFrom;
  return [code, body ?? text.zh, person ?? '', isDated ? dateAt(from) : ''].join(' ').trim();
}

const DATED = new Set<GuardCode>(['gap', 'leaderGap', 'unreachable', 'doubleBooked', 'idleSwap']);
const PRESSING = new Set<GuardCode>(['gap', 'leaderGap', 'unreachable']);

/** One mail of the guard: to whom, of which body, about what. */
export interface GuardMail {
  /** The body's id: one mail a day for each. */
  body: string;
  to: Person & { email: string };
  findings: KnownFinding[];
}

/**
 * Who is told what: each body's administrator what is that body's, and the leading-group office what is no single body's, what
 * was not mended in three days, and duty that nobody has within three days. Without an address there the leading-group office is
 * told. What alone is left to verify is told on Mondays.
 */
export function guardMails(org: Organisation, findings: readonly KnownFinding[], at: Instant): GuardMail[] {
  const byBody = new Map<Body, KnownFinding[]>();
  const add = (body: Body | null, finding: KnownFinding): void => {
    if (body && !byBody.get(body)?.includes(finding))
      byBody.set(body, [...(byBody.get(body) ?? []), finding]);
  };
  for (const finding of findings) {
    const own = org.bodies.find(({ id }) => id === finding.body) ?? null;
    const leading = leadingOffice(org, own);
    add(own && reachable(org, own) ? own : leading, finding);
    if (isPressing(finding, at)) add(leading, finding);
  }
  return [...byBody].flatMap(([body, about]) => {
    const to = reachable(org, body);
    if (about.every(isLeisurely) && weekdayOf(dayNumber(dateAt(at))) !== MONDAY) return [];
    return to ? [{ body: body.id, to, findings: about }] : [];
  });
}

function isPressing({ code, from, firstSeen }: KnownFinding, at: Instant): boolean {
  if (code === 'unverifiedContact') return false;
  const isNear = PRESSING.has(code) && daysAhead(from, at) <= PATIENCE_DAYS;
  return isNear || (firstSeen !== null && daysAhead(at, firstSeen) >= PATIENCE_DAYS);
}

function leadingOffice(org: Organisation, body: Body | null): Body | null {
  const offices = org.bodies.filter(({ party }) => party === OFFICE).map(({ id }) => id);
  const office = body?.party === OFFICE ? body.id : (body?.serves?.[0] ?? offices[0]);
  return office === undefined ? null : bodyFor(org, LEADING_GROUP_OFFICE, office);
}

/** The administrator or, where they have no address, the first contact with one. */
function reachable(org: Organisation, body: Body): (Person & { email: string }) | null {
  const ids = [administratorOf(org, body)?.id, ...body.contacts];
  const people = ids.flatMap((id) => org.people.find((one) => one.id === id) ?? []);
  return people.find((one): one is Person & { email: string } => one.email !== undefined) ?? null;
}

/** What takes a drill to mend comes on Mondays, or beside something else: a mail that comes each morning is read by nobody. */
const isLeisurely = ({ code }: KnownFinding): boolean => code === 'unverifiedContact';

/** Days from one date in Asia/Shanghai to another. */
const daysAhead = (to: Instant, from: Instant): number => dayNumber(dateAt(to)) - dayNumber(dateAt(from));

/** The mail's words, in Simplified Chinese: each finding with how far ahead it is and what to do. Never a number or an address. */
export function guardMailText(
  org: Organisation,
  { body: id, findings }: Pick<GuardMail, 'body' | 'findings'>,
  at: Instant,
): { subject: string; text: string } {
  const body = org.bodies.find((one) => one.id === id)!;
  const lines = findings.flatMap(({ code, from, firstSeen, text }, i) => [
    `${i + 1}. ${DATED.has(code) ? `${ahead(daysAhead(from, at))}：` : ''}${text.zh}`,
    `   处理：${TODO[code]}${since(firstSeen, at)}`,
  ]);
  return {
    subject: `【值班表】${body.name}：${findings.length} 项需要处理`,
    text: [
      `值班表检查（今后两周），${body.name}，共 ${findings.length} 项：`,
      '',
      ...lines,
      '',
      '没有值班人员的时段，系统会按单位的联系人顺序通知，不会不通知。',
      `${PATIENCE_DAYS} 天内没有处理的事项，以及 ${PATIENCE_DAYS} 天内无人值班的时段，同时告知领导小组办公室。`,
      '处理后不必回复，次日 08:00 会再检查一次。',
    ].join('\n'),
  };
}

const ahead = (days: number): string => (days <= 0 ? '今天' : days === 1 ? '明天' : `${days} 天后`);

function since(firstSeen: Instant | null, at: Instant): string {
  const days = firstSeen === null ? 0 : daysAhead(at, firstSeen);
  return days > 0 ? `（已 ${days} 天未处理）` : '';
}
