import { and, asc, desc, eq, isNull, isNotNull, or, sql, type SQL } from 'drizzle-orm';
import type { Keyring } from '../crypto/keyring.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { seal, unseal } from './seal.ts';
import { handover, type HandedDuty, type HandedResult } from './tables-handover.ts';
import { incident, message, stage } from './tables.ts';

export type { HandedDuty, HandedResult } from './tables-handover.ts';

/** A shift handover (值班交接) with its note in clear; `acceptedAt` is null while it is offered. */
export interface Handover {
  id: string;
  from: string;
  to: string;
  office: string | null;
  note: string | null;
  duties: HandedDuty[];
  offeredAt: Instant;
  acceptedAt: Instant | null;
  withdrawnAt: Instant | null;
  results: HandedResult[] | null;
}

/** An open duty, and the parties that messages of it went to. */
export type OpenDuty = Omit<HandedDuty, 'own'> & { told: string[] };

/** Every open duty of every open incident, of one office or (null) of all; the oldest first. */
export const openDuties = ({ db }: Register, office: string | null): Promise<OpenDuty[]> =>
  guarded(async () =>
    db
      .select({
        incidentId: stage.incidentId,
        number: incident.number,
        office: incident.office,
        stageId: stage.stageId,
        stageName: stage.stageName,
        clause: stage.clause,
        duty: stage.duty,
        owner: stage.owner,
        openedAt: stage.openedAt,
        dueAt: stage.dueAt,
        overdueAt: stage.overdueAt,
        holder: stage.holder,
        told: sql<string[]>`(
          select coalesce(json_agg(distinct m.party), '[]') from ${message} m
          where m.incident_id = ${stage.incidentId} and m.stage_id = ${stage.stageId} and m.opening = ${stage.opening})`,
      })
      .from(stage)
      .innerJoin(incident, eq(incident.id, stage.incidentId))
      .where(
        and(
          eq(incident.status, 'open'),
          isNull(stage.resolvedAt),
          office === null ? undefined : eq(incident.office, office),
        ),
      )
      .orderBy(asc(stage.openedAt), asc(stage.incidentId), asc(stage.stageId)),
  );

/** Keeps an offer. One of the same id stands as it was first made. */
export function offerHandover(
  register: Register,
  offer: Pick<Handover, 'id' | 'from' | 'to' | 'office' | 'note' | 'duties'>,
): Promise<Handover> {
  const { db, keyring } = register;
  const { note, ...row } = offer;
  const sealedNote = note === null ? {} : sealNote(keyring, offer.id, note);
  return guarded(async () => {
    await db
      .insert(handover)
      .values({ ...row, ...sealedNote })
      .onConflictDoNothing();
    return (await handoverById(register, offer.id))!;
  });
}

/** The handover of this id; null when there is none. */
export const handoverById = ({ db, keyring }: Register, id: string): Promise<Handover | null> =>
  guarded(async () => {
    const [row] = await db.select().from(handover).where(eq(handover.id, id));
    return row ? opened(keyring, row) : null;
  });

export const HANDOVER_STATUSES = ['offered', 'accepted', 'withdrawn'] as const;
export type HandoverStatus = (typeof HANDOVER_STATUSES)[number];

/** Whose handovers: those of this person, and those whose duties all lie in these offices. */
export interface HandoverScope {
  person: string | null;
  offices: string[];
}

/** The last `limit` that `among` may see (null: all of them), newest first; of one status where that is asked for. */
export const listHandovers = (
  { db, keyring }: Register,
  {
    status,
    limit,
    among = null,
  }: { status?: HandoverStatus | undefined; limit: number; among?: HandoverScope | null },
): Promise<Handover[]> =>
  guarded(async () => {
    const rows = await db
      .select()
      .from(handover)
      .where(and(status && STATUS[status], among ? isAmong(among) : undefined))
      .orderBy(desc(handover.offeredAt), desc(handover.id))
      .limit(limit);
    return rows.map((row) => opened(keyring, row));
  });

const STATUS: Record<HandoverStatus, SQL | undefined> = {
  offered: and(isNull(handover.acceptedAt), isNull(handover.withdrawnAt)),
  accepted: isNotNull(handover.acceptedAt),
  withdrawn: and(isNull(handover.acceptedAt), isNotNull(handover.withdrawnAt)),
};

function isAmong({ person, offices }: HandoverScope): SQL | undefined {
  const own = person === null ? undefined : or(eq(handover.from, person), eq(handover.to, person));
  const known = sql.join(
    offices.map((id) => sql`${id}`),
    sql`, `,
  );
  const elsewhere = sql`select from jsonb_array_elements(${handover.duties}) as duty where duty->>'office' not in (${known})`;
  const here = sql`(jsonb_array_length(${handover.duties}) > 0 and not exists (${elsewhere}))`;
  return or(own, offices.length > 0 ? here : sql`false`);
}

/** Marks an offer as accepted, once: a later acceptance changes nothing. Gives what stands then. */
export const acceptHandover = (
  register: Register,
  id: string,
  acceptedAt: Instant,
  results: HandedResult[],
): Promise<Handover> =>
  guarded(async () => {
    await register.db
      .update(handover)
      // Its duties have moved by now: one that was taken back at this very moment is accepted all the same.
      .set({ acceptedAt, results, withdrawnAt: null })
      .where(and(eq(handover.id, id), isNull(handover.acceptedAt)));
    return (await handoverById(register, id))!;
  });

/** Takes an offer back, unless it was accepted. Gives what stands then. */
export const withdrawHandover = (register: Register, id: string, withdrawnAt: Instant): Promise<Handover> =>
  guarded(async () => {
    await register.db
      .update(handover)
      .set({ withdrawnAt })
      .where(and(eq(handover.id, id), isNull(handover.acceptedAt), isNull(handover.withdrawnAt)));
    return (await handoverById(register, id))!;
  });

const placeOf = (id: string) => ({ incidentId: id, name: 'handover.note', sealedId: id });

const sealNote = (keyring: Keyring, id: string, note: string) => ({
  note: seal(keyring, placeOf(id), Buffer.from(note)),
  noteKeyId: keyring.currentId,
});

function opened(keyring: Keyring, { note, noteKeyId, ...row }: typeof handover.$inferSelect): Handover {
  const clear = note && noteKeyId ? unseal(keyring, noteKeyId, placeOf(row.id), note).toString() : null;
  return { ...row, note: clear };
}
