import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { DrillOrder, DrillStatus } from '../drills/order.ts';
import type { DrillScore } from '../drills/score.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { seal, unseal } from './seal.ts';
import { drill, drillConsent, drillOffice } from './tables-drills.ts';

export type DrillOfficeRow = typeof drillOffice.$inferSelect;
type DrillRow = typeof drill.$inferSelect;
export type ConsentRow = Omit<typeof drillConsent.$inferSelect, 'file' | 'keyId'>;

/** A drill order with all that became of it; the files of consents stay where they are. */
export interface Drill extends Omit<DrillRow, 'order' | 'keyId'> {
  order: DrillOrder;
  offices: DrillOfficeRow[];
  consents: ConsentRow[];
}

const placeOf = (id: string) => ({ incidentId: id, name: 'drill.order', sealedId: id });
const sealed = ({ keyring }: Pick<Register, 'keyring'>, id: string, order: DrillOrder) => ({
  startsAt: order.startsAt,
  pace: order.pace,
  keyId: keyring.currentId,
  order: seal(keyring, placeOf(id), Buffer.from(JSON.stringify(order))),
});

export type SealedOrder = Pick<DrillRow, 'id' | 'order' | 'keyId'>;

/** An order as it was written. Throws where its key is not there. */
export const openOrder = (
  { keyring }: Pick<Register, 'keyring'>,
  { id, order, keyId }: SealedOrder,
): DrillOrder => JSON.parse(unseal(keyring, keyId, placeOf(id), order).toString()) as DrillOrder;

/** Keeps a new draft. */
export const addDrill = (
  register: Register,
  { id, order, by, at }: { id: string; order: DrillOrder; by: string; at: Instant },
): Promise<void> =>
  guarded(async () => {
    await register.db
      .insert(drill)
      .values({ id, ...sealed(register, id, order), status: 'draft', draftedBy: by, draftedAt: at });
  });

/** Writes a draft anew; false where it is none any more. */
export const changeDraft = (
  register: Register,
  {
    id,
    order,
    by,
    at,
    draftedAt,
  }: { id: string; order: DrillOrder; by: string; at: Instant; draftedAt: Instant },
): Promise<boolean> =>
  guarded(async () => {
    const rows = await register.db
      .update(drill)
      .set({ ...sealed(register, id, order), draftedBy: by, draftedAt: at })
      .where(and(eq(drill.id, id), eq(drill.status, 'draft'), eq(drill.draftedAt, draftedAt)))
      .returning({ id: drill.id });
    return rows.length > 0;
  });

/** One drill; null when there is none of this id. */
export const drillById = async (register: Register, id: string): Promise<Drill | null> =>
  (await drillsWhere(register, [id]))[0] ?? null;

/** The last `limit`, by their start, the newest first. */
export const listDrills = ({ db, ...register }: Register, limit: number): Promise<Drill[]> =>
  guarded(async () => {
    const rows = await db.select({ id: drill.id }).from(drill).orderBy(desc(drill.startsAt)).limit(limit);
    return drillsWhere({ db, ...register }, rows.map(({ id }) => id)); // prettier-ignore
  });

/** Those that start in a time, for a year's list. */
export const drillsBetween = (register: Register, from: Instant, to: Instant): Promise<Drill[]> =>
  guarded(async () => {
    const within = sql`${drill.startsAt} >= ${from} and ${drill.startsAt} < ${to}`;
    const rows = await register.db.select({ id: drill.id }).from(drill).where(within);
    return drillsWhere(register, rows.map(({ id }) => id)); // prettier-ignore
  });

async function drillsWhere({ db, keyring }: Register, ids: string[]): Promise<Drill[]> {
  if (ids.length === 0) return [];
  return guarded(async () => {
    const rows = await db.select().from(drill).where(inArray(drill.id, ids)).orderBy(desc(drill.startsAt));
    const offices = await db.select().from(drillOffice).where(inArray(drillOffice.drillId, ids));
    const consents = await db.select(CONSENT).from(drillConsent).where(inArray(drillConsent.drillId, ids));
    return rows.map(({ order, keyId, ...row }) => {
      const said = openOrder({ keyring }, { id: row.id, keyId, order });
      const places = said.offices.map(({ office }) => office);
      return {
        ...row,
        order: said,
        offices: offices
          .filter(({ drillId }) => drillId === row.id)
          .sort((a, b) => places.indexOf(a.office) - places.indexOf(b.office)),
        consents: consents.filter(({ drillId }) => drillId === row.id),
      };
    });
  });
}

const CONSENT = {
  id: drillConsent.id,
  drillId: drillConsent.drillId,
  office: drillConsent.office,
  party: drillConsent.party,
  sha256: drillConsent.sha256,
  size: drillConsent.size,
  type: drillConsent.type,
  by: drillConsent.by,
  at: drillConsent.at,
};

/** Approves a draft as it was written at `draftedAt`; its offices wait from now on. False where it is no longer that draft. */
export const approveDrill = (
  { db }: Register,
  { id, order, draftedAt }: Pick<Drill, 'id' | 'order' | 'draftedAt'>,
  { by, at }: { by: string; at: Instant },
): Promise<boolean> =>
  guarded(() =>
    db.transaction(async (tx) => {
      const same = and(eq(drill.id, id), eq(drill.status, 'draft'), eq(drill.draftedAt, draftedAt));
      const rows = await tx
        .update(drill)
        .set({ status: 'approved', approvedBy: by, approvedAt: at })
        .where(same)
        .returning({ id: drill.id });
      if (rows.length === 0) return false;
      await tx.insert(drillOffice).values(
        order.offices.map(({ office, participants }) => ({
          drillId: id,
          office,
          participants,
          status: 'waiting' as const,
          incidents: [],
          injects: [],
        })),
      );
      return true;
    }),
  );

type Change = Partial<Omit<DrillRow, 'id' | 'order' | 'keyId'>>;

/** Moves a drill on where it stands in one of these; false where it does not. */
export const moveDrill = (
  { db }: Register,
  id: string,
  from: DrillStatus[],
  change: Change,
): Promise<boolean> =>
  guarded(async () => {
    const rows = await db
      .update(drill)
      .set(change)
      .where(and(eq(drill.id, id), inArray(drill.status, from)))
      .returning({ id: drill.id });
    return rows.length > 0;
  });

/** What happened at one office of a drill. */
export const changeDrillOffice = (
  { db }: Register,
  { drillId, office }: Pick<DrillOfficeRow, 'drillId' | 'office'>,
  change: Partial<Omit<DrillOfficeRow, 'drillId' | 'office'>>,
): Promise<void> =>
  guarded(async () => {
    await db
      .update(drillOffice)
      .set(change)
      .where(and(eq(drillOffice.drillId, drillId), eq(drillOffice.office, office)));
  });

/** Keeps the score as somebody confirmed it; false where the drill has not ended, or was scored. */
export const keepScore = (
  register: Register,
  id: string,
  scored: { score: DrillScore; scoredBy: string; scoredAt: Instant },
): Promise<boolean> => moveDrill(register, id, ['ended'], { status: 'scored', ...scored });
