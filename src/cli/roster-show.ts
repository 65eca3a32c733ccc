import { parseArgs } from 'node:util';
import { SHOWN_TIME_ZONE, plus } from '../incident/instant.ts';
import { type DutyList, dutyList, type NamedDuty } from '../people/duty-list.ts';
import { loadOrganisation, type Body, type Organisation } from '../people/organisation.ts';
import { localTime } from '../people/watch.ts';
import { suggestion } from '../plan/nearest.ts';
import { queryOf, rosterOptions, windowOf } from './roster-files.ts';
import { askRosters, toldIfRefused } from './roster-server.ts';
import { unlessRefused } from './unless-refused.ts';

/**
 * `fenghuo roster show BODY`: who is on duty and why, span by span. Asks the running server, or reads the file that is named.
 * Gives 0, or 1 when the file has mistakes or the server refuses; throws when called wrongly.
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
  const { organisation: file } = values;
  if (file === undefined)
    return toldIfRefused(async () => {
      const path = `${encodeURIComponent(id)}/duty?${queryOf(values)}`;
      show((await (await askRosters(path, undefined, 'GET')).json()) as DutyList);
      return 0;
    });
  return unlessRefused(() => {
    const organisation = loadOrganisation(file);
    show(dutyList(organisation, bodyOf(organisation, id), { from, to: plus(from, days * 86_400_000) }));
  });
}

function bodyOf({ bodies }: Organisation, id: string): Body {
  const body = bodies.find((one) => one.id === id);
  if (body) return body;
  const known = bodies.map((one) => one.id);
  throw new Error(`there is no body "${id}": ${suggestion(id, known)}`);
}

function show({ name, party, hasRoster, spans, contacts }: DutyList): void {
  console.log(`${name} (${party}), ${SHOWN_TIME_ZONE}`);
  if (!hasRoster) console.log('  no roster: the contacts below, at any hour');
  for (const span of spans) console.log(`  ${inWords(span)}`);
  console.log(`Told after them, in this order: ${contacts.join('、') || 'nobody'}`);
}

const inWords = ({ from, to, onDuty }: DutyList['spans'][number]): string =>
  `${localTime(from)} – ${localTime(to)}  ${onDuty.map(named).join(', ') || 'nobody'}`;

function named({ name, as, shift, day, why }: NamedDuty): string {
  const about = [as, shift, why, day].filter((word) => word !== null);
  return `${name} (${about.join(', ')})`;
}
