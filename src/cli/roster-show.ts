import { parseArgs } from 'node:util';
import { SHOWN_TIME_ZONE, plus, type Instant } from '../incident/instant.ts';
import { loadOrganisation, personById, type Body, type Organisation } from '../people/organisation.ts';
import { dutySpans, type DutySpan, type OnDuty } from '../people/roster.ts';
import { localTime } from '../people/watch.ts';
import { suggestion } from '../plan/nearest.ts';
import { rosterOptions, windowOf } from './roster-files.ts';
import { unlessRefused } from './unless-refused.ts';

/**
 * `fenghuo roster show BODY`: who is on duty and why, span by span. Gives 0, or 1 when the file has mistakes; throws when called
 * wrongly.
 */
export async function rosterShow(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    options: rosterOptions('7'),
    allowPositionals: true,
  });
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new Error('roster show takes one BODY');
  const { from, days } = windowOf(values);
  return unlessRefused(() => {
    const organisation = loadOrganisation(values.organisation);
    show(organisation, bodyOf(organisation, id), from, plus(from, days * 86_400_000));
  });
}

function bodyOf({ bodies }: Organisation, id: string): Body {
  const body = bodies.find((one) => one.id === id);
  if (body) return body;
  const known = bodies.map((one) => one.id);
  throw new Error(`there is no body "${id}": ${suggestion(id, known)}`);
}

function show(organisation: Organisation, body: Body, from: Instant, to: Instant): void {
  const contacts = body.contacts.map((id) => personById(organisation, id)!.name).join('、');
  console.log(`${body.name} (${body.party}), ${SHOWN_TIME_ZONE}`);
  if (!body.roster) console.log('  no roster: the contacts below, at any hour');
  else for (const span of dutySpans(organisation, body, from, to)) console.log(`  ${inWords(span)}`);
  console.log(`Told after them, in this order: ${contacts || 'nobody'}`);
}

const inWords = ({ from, to, onDuty }: DutySpan): string =>
  `${localTime(from)} – ${localTime(to)}  ${onDuty.map(named).join(', ') || 'nobody'}`;

function named({ person, as, shift, day, why }: OnDuty): string {
  const about = [as, shift, why, day.name].filter((word) => word !== null);
  return `${person.name} (${about.join(', ')})`;
}
