import { sql } from 'drizzle-orm';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import { rowsOf, type Register } from './open.ts';
import { attempt, type AttemptResult } from './tables.ts';

/** How a channel's last tries went. */
export interface ChannelResult {
  channel: string;
  lastAt: Instant;
  lastResult: AttemptResult;
  /** A stable code without personal data. */
  lastCode: string | null;
  /** The last that was taken; null where none was. */
  acceptedAt: Instant | null;
  /** Of the last 24 hours. */
  accepted: number;
  failed: number;
}

interface Row {
  channel: string;
  last_at: string | Date;
  last_result: AttemptResult;
  last_code: string | null;
  accepted_at: string | Date | null;
  accepted: number | string;
  failed: number | string;
}

/** Each channel by which anything was tried in the last thirty days. */
export const channelResults = ({ db }: Register): Promise<ChannelResult[]> =>
  guarded(async () => {
    const rows = await rowsOf<Row>(
      db,
      sql`select channel,
            max(at) as last_at,
            (array_agg(result order by at desc))[1] as last_result,
            (array_agg(code order by at desc))[1] as last_code,
            max(at) filter (where result = 'accepted') as accepted_at,
            count(*) filter (where result = 'accepted' and at > now() - interval '24 hours') as accepted,
            count(*) filter (where result <> 'accepted' and at > now() - interval '24 hours') as failed
          from ${attempt} where at > now() - interval '30 days' group by channel order by channel`,
    );
    return rows.map((row) => ({
      channel: row.channel,
      lastAt: instantOf(row.last_at),
      lastResult: row.last_result,
      lastCode: row.last_code,
      acceptedAt: row.accepted_at === null ? null : instantOf(row.accepted_at),
      // `count(*)` is a number in PGlite and a text from node-postgres.
      accepted: Number(row.accepted),
      failed: Number(row.failed),
    }));
  });

const instantOf = (time: string | Date): Instant => new Date(time).toISOString();
