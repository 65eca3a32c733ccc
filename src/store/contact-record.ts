import { sql } from 'drizzle-orm';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import { type Register, rowsOf } from './open.ts';
import { attempt, entry, message } from './tables.ts';

/** A person and a channel by which they were tried. */
export interface TriedContact {
  person: string;
  channel: string;
}

/** So many in a row are no passing trouble. */
const IN_A_ROW = 3;

/** What providers reported later of messages, by the message's key. A call not taken says nothing of its number. */
const reported = (status: 'delivered' | 'failed') => sql`exists (
  select from ${message} as m join ${entry} as e on e.incident_id = m.incident_id
  where m.key = tried.key and e.kind = 'deliveryReported'
    and e.data->>'key' = m.key and e.data->>'status' = ${status})`;

/**
 * The people and channels whose last three tries since an instant all failed: refused, not taken, or taken and reported later as
 * undeliverable.
 */
export const failingSince = ({ db }: Register, since: Instant): Promise<TriedContact[]> =>
  guarded(() =>
    rowsOf<TriedContact>(
      db,
      sql`
        with recent as (
          select key, person, channel, result,
            row_number() over (partition by person, channel order by at desc, attempt desc) as nr
          from ${attempt} where at >= ${since}::timestamptz
        )
        select person, channel from recent as tried where nr <= ${IN_A_ROW}
        group by person, channel
        having count(*) = ${IN_A_ROW} and bool_and(result <> 'accepted' or ${reported('failed')})
        order by person, channel`,
    ),
  );

/**
 * The people and channels that were ever seen to work: a mail was accepted, a text or a call was reported as delivered, or the
 * person confirmed what came that way.
 */
export const verifiedContacts = ({ db }: Register): Promise<TriedContact[]> =>
  guarded(() =>
    rowsOf<TriedContact>(
      db,
      sql`
        select person, channel from ${attempt} as tried
        where result = 'accepted' and (channel in ('email', 'inApp') or ${reported('delivered')})
        union
        select person, channel from ${message}
        where person is not null and channel is not null and acknowledged_by = person
        order by person, channel`,
    ),
  );
