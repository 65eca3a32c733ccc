import { and, asc, eq, gt, isNotNull, ne } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import { headMac, isOurHead } from './chain.ts';
import { HEAD } from './changes.ts';
import { guarded } from './errors.ts';
import type { Db, Register } from './open.ts';
import { resealAccountability } from './reseal-accountability.ts';
import { resealNotes } from './reseal-notes.ts';
import { readable, seal, unseal } from './seal.ts';
import { changeHead } from './tables-changes.ts';
import { chainHead, runArchive, sealed } from './tables.ts';

/** What was brought under the current key, and what could not be. */
export interface Resealed {
  values: number;
  heads: number;
  archives: number;
  /** Left as they were: changed, forged, or their key is gone. The audit names them. */
  unreadable: number;
}

export interface ResealOptions {
  /** A packed history under the current key; null when it is so already. Throws when it cannot be read. */
  resealArchive: (history: Buffer) => Promise<Buffer | null>;
  /** Told after each batch; false stops it there. What was done stays done. */
  goOn?: (sofar: Resealed) => boolean;
}

const BATCH = 200;
const ARCHIVES_BATCH = 10;

/**
 * Re-encrypts everything at rest in the register under the ring's current key, batch by batch, each all or nothing. May be
 * stopped at any time and begun again; what is erased meanwhile stays erased.
 */
export async function reseal(register: Register, { resealArchive, goOn }: ResealOptions): Promise<Resealed> {
  const done: Resealed = { values: 0, heads: 0, archives: 0, unreadable: 0 };
  const steps = [
    resealValues,
    ...resealNotes,
    resealHeads,
    resealAccountability,
    archivesStep(resealArchive),
  ];
  for (const step of steps) {
    for (let after: string | null = ''; after !== null;) {
      const from: string = after;
      after = await guarded(() => register.db.transaction((tx) => step(tx, register, done, from)));
      if (goOn && !goOn(done)) return done;
    }
  }
  return done;
}

/** One batch after the row `after`; gives the last row's place, or null at the end. */
export type Step = (tx: Db, register: Register, done: Resealed, after: string) => Promise<string | null>;

const NO_ID = '00000000-0000-0000-0000-000000000000';

const resealValues: Step = async (tx, { keyring }, done, after) => {
  const rows = await tx
    .select()
    .from(sealed)
    .where(
      and(gt(sealed.id, after || NO_ID), ne(sealed.keyId, keyring.currentId), isNotNull(sealed.ciphertext)),
    )
    .orderBy(asc(sealed.id))
    .limit(BATCH)
    .for('update');
  for (const { id, incidentId, name, keyId, ciphertext } of rows) {
    const place = { incidentId, name, sealedId: id };
    const clear = readable(() => unseal(keyring, keyId, place, ciphertext!));
    if (!clear) done.unreadable += 1;
    else {
      const box = seal(keyring, place, clear);
      await tx.update(sealed).set({ ciphertext: box, keyId: keyring.currentId }).where(eq(sealed.id, id));
      done.values += 1;
    }
  }
  return rows.length < BATCH ? null : rows.at(-1)!.id;
};

/** A head that is not ours is not made ours: the audit goes on naming it. */
const resealHeads: Step = async (tx, { keyring }, done, after) => {
  const { currentId: keyId } = keyring;
  if (after === '') await resealChangeHead(tx, { keyring }, done);
  const rows = await tx
    .select()
    .from(chainHead)
    .where(and(gt(chainHead.incidentId, (after || NO_ID) as IncidentId), ne(chainHead.keyId, keyId)))
    .orderBy(asc(chainHead.incidentId))
    .limit(BATCH)
    .for('update');
  for (const head of rows) {
    const { incidentId } = head;
    if (!readable(() => isOurHead(keyring, incidentId, head))) done.unreadable += 1;
    else {
      const mac = headMac(keyring, keyId, incidentId, head);
      await tx.update(chainHead).set({ mac, keyId }).where(eq(chainHead.incidentId, incidentId));
      done.heads += 1;
    }
  }
  return rows.length < BATCH ? null : rows.at(-1)!.incidentId;
};

async function resealChangeHead(
  tx: Db,
  { keyring }: Pick<Register, 'keyring'>,
  done: Resealed,
): Promise<void> {
  const [head] = await tx.select().from(changeHead).for('update');
  const { currentId: keyId } = keyring;
  if (!head || head.keyId === keyId) return;
  if (!readable(() => isOurHead(keyring, HEAD, head))) return void (done.unreadable += 1);
  await tx.update(changeHead).set({ mac: headMac(keyring, keyId, HEAD, head), keyId });
  done.heads += 1;
}

const archivesStep =
  (resealArchive: ResealOptions['resealArchive']): Step =>
  async (tx, _register, done, after) => {
    const rows = await tx
      .select()
      .from(runArchive)
      .where(gt(runArchive.runId, after))
      .orderBy(asc(runArchive.runId))
      .limit(ARCHIVES_BATCH)
      .for('update');
    for (const { incidentId, runId, history } of rows) {
      const fresh = await resealArchive(history).catch(() => undefined);
      if (fresh === undefined) done.unreadable += 1;
      else if (fresh !== null) {
        const same = and(eq(runArchive.incidentId, incidentId), eq(runArchive.runId, runId));
        await tx.update(runArchive).set({ history: fresh }).where(same);
        done.archives += 1;
      }
    }
    return rows.length < ARCHIVES_BATCH ? null : rows.at(-1)!.runId;
  };
