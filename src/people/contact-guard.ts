import { z } from 'zod';
import { type Instant, plus, toMs } from '../incident/instant.ts';
import { peopleOf, personById } from './bodies.ts';
import { type BodySpans, dutyOf } from './duty-windows.ts';
import { finding, type GuardCode, type RosterFinding, type Window } from './guard-finding.ts';
import { type MethodName, orderOf, triesOf } from './methods.ts';
import { readPhone } from './phone.ts';
import type { Body, Organisation, Person } from './schema.ts';

/** A person and a method of theirs, by the names of the register. */
export interface Contact {
  person: string;
  channel: string;
}

/** What of a person's contacts would keep them from being told in a time, by the channels that are served. Pure. */
export function withoutContact(
  {
    organisation,
    served,
    rosters,
    window,
  }: { organisation: Organisation; served: readonly MethodName[]; rosters: BodySpans[]; window: Window },
  person: Person,
): RosterFinding[] {
  const bodies = bodiesOf(organisation, person.id);
  if (bodies.length === 0) return [];
  const duty = rosters
    .flatMap((one) => dutyOf(one, person).map((when) => ({ body: one.body, ...when })))
    .sort((a, b) => toMs(a.from) - toMs(b.from))[0];
  const { body, from, to } = duty ?? { body: bodies[0]!, ...window };
  const found = (code: GuardCode, { id, name }: Body) =>
    finding({ code, body: id, person: person.id, from, to }, { body: name, person: person.name });
  const ways = (one: Body) => ({ person, served, orders: [one.methods, organisation.methods] });
  const mistakes = [...new Set(bodies.flatMap((one) => mistakesOf(ways(one))))];
  const unreached = bodies.find((one) => triesOf(person, served, ways(one).orders).length === 0);
  const isExplained = mistakes.includes('noEmail');
  return [
    ...(unreached && !isExplained ? [found('noMethod', unreached)] : []),
    ...mistakes.map((code) => found(code, body)),
  ];
}

interface Ways {
  person: Person;
  served: readonly MethodName[];
  orders: Parameters<typeof orderOf>[1];
}

/** A number is needed whatever the channels: colleagues dial it, too. An address only where mail is among the person's methods. */
function mistakesOf({ person, served, orders }: Ways): GuardCode[] {
  const { email, phone } = person;
  const isMailed = served.includes('email') && orderOf(person, orders).some(({ by }) => by === 'email');
  const found: GuardCode[] = [];
  if (email === undefined && isMailed) found.push('noEmail');
  if (email !== undefined && !z.email().safeParse(email).success) found.push('malformedEmail');
  if (phone === undefined) found.push('noPhone');
  else if (!readPhone(phone)) found.push('malformedPhone');
  return found;
}

/** Findings for people whom the last messages did not reach by some way; those that nobody may tell are left out. Pure. */
export function failingContacts(
  organisation: Organisation,
  failing: readonly Contact[],
  { from, days }: { from: Instant; days: number },
): RosterFinding[] {
  const window = { from, to: plus(from, days * 86_400_000) };
  return failing.flatMap(({ person: id, channel }) => {
    const person = personById(organisation, id);
    const [body] = bodiesOf(organisation, id);
    if (!person || !body) return [];
    return finding(
      { code: 'failingContact', body: body.id, person: id, ...window },
      { body: body.name, person: person.name, channel: wayName(channel) },
    );
  });
}

/**
 * One finding a body for those of its people who would be tried by a way that has never been seen to work: nothing was ever
 * delivered or confirmed by it. Pure.
 */
export function unverifiedContacts(
  organisation: Organisation,
  verified: readonly Contact[],
  { from, days, served }: { from: Instant; days: number; served: readonly MethodName[] },
): RosterFinding[] {
  const window = { from, to: plus(from, days * 86_400_000) };
  const known = new Set(verified.map(({ person, channel }) => `${person} ${channel}`));
  return organisation.bodies.flatMap((body) => {
    const people = peopleOf(body)
      .filter((id) => bodiesOf(organisation, id)[0] === body)
      .flatMap((id) => personById(organisation, id) ?? [])
      .flatMap((person) => {
        const ways = triesOf(person, served, [body.methods, organisation.methods]).map(({ by }) => by);
        const unseen = ways.filter((by) => by !== 'inApp' && !known.has(`${person.id} ${by}`));
        return unseen.length > 0 ? `${person.name}（${[...new Set(unseen)].map(wayName).join('、')}）` : [];
      });
    if (people.length === 0) return [];
    return finding(
      { code: 'unverifiedContact', body: body.id, ...window },
      { body: body.name, people: people.join('、') },
    );
  });
}

const bodiesOf = ({ bodies }: Organisation, person: string): Body[] =>
  bodies.filter((body) => peopleOf(body).includes(person));

const WAYS: Record<MethodName, string> = { inApp: '站内消息', sms: '短信', voice: '电话', email: '电子邮箱' };
const wayName = (channel: string): string => WAYS[channel as MethodName] ?? channel;
