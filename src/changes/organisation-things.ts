import type { Organisation } from '../people/organisation.ts';
import type { Json } from '../store/change-entry.ts';
import { sha256, type Snapshot, type Thing } from './snapshot.ts';

/** People, bodies, rosters and calendar of an organisation file, each as a thing of its own. `text` is the file as it was read. */
export function organisationThings(
  organisation: Organisation,
  text = JSON.stringify(organisation),
): Snapshot {
  const { bodies, people, calendar, ...rest } = organisation;
  const things: Record<string, Thing> = { organisation: { area: 'people', fields: plain(rest) } };
  for (const { id, roster, callBack, ...body } of bodies) {
    things[`body ${id}`] = { area: 'people', fields: plain(body), personal: { callBack } };
    if (roster) Object.assign(things, rosterThings(id, roster));
  }
  for (const { id, name, email, phone, ...person } of people) {
    things[`person ${id}`] = {
      area: 'people',
      fields: plain(person),
      personal: given({ name, email, phone }),
    };
  }
  if (calendar) things['calendar'] = { area: 'roster', fields: plain(calendar) };
  return { source: `file sha256:${sha256(text)}`, of: organisation.key, things };
}

type Roster = NonNullable<Organisation['bodies'][number]['roster']>;

/** A roster's lists item by item; what a note says of somebody's absence is personal. */
function rosterThings(body: string, { shifts, rotations, overrides, swaps }: Roster): Record<string, Thing> {
  const things: Record<string, Thing> = {};
  const add = (subject: string, fields: Record<string, Json>, personal?: Record<string, string>) => {
    const thing: Thing = { area: 'roster', fields, ...(personal ? { personal } : {}) };
    things[unused(things, `roster ${body} ${subject}`)] = thing;
  };
  for (const [key, shift] of Object.entries(shifts)) add(`shift ${key}`, plain(shift));
  for (const r of rotations) add(`rotation ${r.as} ${r.shift} from ${r.from}`, plain(r));
  for (const { note, ...o } of overrides)
    add(`override ${o.as} ${o.from} to ${o.to}`, plain(o), given({ note }));
  for (const { between } of swaps)
    add(`swap ${between.map(({ person, on }) => `${person} ${on}`).join(' and ')}`, plain({ between }));
  return things;
}

function unused(things: Record<string, Thing>, subject: string): string {
  for (let nr = 1; ; nr += 1) {
    const name = nr === 1 ? subject : `${subject} (${nr})`;
    if (!(name in things)) return name;
  }
}

const plain = (value: object): Record<string, Json> =>
  JSON.parse(JSON.stringify(value)) as Record<string, Json>;

const given = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
