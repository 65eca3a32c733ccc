import type { Instant } from '../incident/instant.ts';
import { personById } from './bodies.ts';
import { dutySpans, type OnDuty } from './roster.ts';
import type { Body, Organisation } from './schema.ts';

/** Who is on duty for a body and why, in words: span by span, and who is told after them. */
export interface DutyList {
  body: string;
  name: string;
  party: string;
  /** Without a roster the contacts are told at any hour, and there are no spans. */
  hasRoster: boolean;
  spans: { from: Instant; to: Instant; onDuty: NamedDuty[] }[];
  /** Names, in the order in which they are told. */
  contacts: string[];
}

/** Somebody on duty by name; `day` is the holiday's or 调休 workday's name, null on other days. */
export interface NamedDuty extends Pick<OnDuty, 'as' | 'shift' | 'why'> {
  name: string;
  day: string | null;
}

/** The duty of a body between two instants. Pure. */
export const dutyList = (
  organisation: Organisation,
  body: Body,
  { from, to }: { from: Instant; to: Instant },
): DutyList => ({
  body: body.id,
  name: body.name,
  party: body.party,
  hasRoster: body.roster !== undefined,
  spans: (body.roster ? dutySpans(organisation, body, from, to) : []).map(({ from, to, onDuty }) => ({
    from,
    to,
    onDuty: onDuty.map(({ person, as, shift, why, day }) => ({
      name: person.name,
      as,
      shift,
      why,
      day: day.name,
    })),
  })),
  contacts: body.contacts.flatMap((id) => personById(organisation, id)?.name ?? []),
});
