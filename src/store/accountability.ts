import { createHash, randomUUID } from 'node:crypto';
import { asc, eq, inArray, sql } from 'drizzle-orm';
import { canonicalJson } from '../canonical-json.ts';
import { NO_ANCHOR, type Anchor, type IncidentId } from '../incident/ids.ts';
import { toInstant, toMs, type Instant } from '../incident/instant.ts';
import { digestsOf } from './append.ts';
import { headMac, isOurHead } from './chain.ts';
import { StoreError, guarded } from './errors.ts';
import { rowsOf, type Db, type Register } from './open.ts';
import { newSalt, saltedDigest, seal, unseal } from './seal.ts';
import { accountabilityEntry, accountabilityHead, type AccountabilityKind } from './tables-accountability.ts';
import { sealed, type SealedRef } from './tables.ts';

/** One thing that was said or done about an incident's time differences. Texts stand in `personal` alone. */
export interface Said {
  incidentId: IncidentId;
  at: Instant;
  kind: AccountabilityKind;
  by: string;
  via: string;
  data: Record<string, string | number | null>;
  personal?: Record<string, string>;
}

/** The same as it stands; a text is null once erased. */
export type SaidRow = Omit<Said, 'data' | 'personal'> & {
  seq: number;
  data: Record<string, unknown>;
  personal: Record<string, string | null>;
};

type Chained = Pick<
  typeof accountabilityEntry.$inferSelect,
  'incidentId' | 'seq' | 'at' | 'kind' | 'by' | 'via' | 'data'
>;

/** An entry's hash, hex SHA-256 over the hash of the one before and RFC 8785 canonical JSON; texts by their digests only. */
export function saidHash(prev: string, entry: Chained, personal: Record<string, SealedRef>): string {
  const { incidentId, seq, at, kind, by, via, data } = entry;
  const text = canonicalJson({ incidentId, seq, at, kind, by, via, data, personal: digestsOf(personal) });
  return createHash('sha256').update(`fenghuo-accountability-v1\n${prev}\n${text}`).digest('hex');
}

/** As what the end of an incident's chain is marked: never as that of its timeline. */
export const headOf = (incidentId: IncidentId): string => `accountability:${incidentId}`;

/**
 * Adds to an incident's chain, one writer after the other. Gives its number, from 1. Throws `CHAIN_BROKEN` when the chain's end was
 * tampered with, or a database code.
 */
export const addSaid = ({ db, keyring }: Register, said: Said): Promise<number> =>
  guarded(() =>
    db.transaction(async (tx) => {
      const { incidentId, data, ...rest } = said;
      const head = await lockHead(tx, { keyring, incidentId });
      const seq = head.seq + 1;
      const { rows, refs } = sealAll(keyring, incidentId, said.personal ?? {});
      const entry = {
        incidentId,
        seq,
        ...rest,
        at: toInstant(toMs(said.at)),
        data: clean(data),
        personal: refs,
      };
      const hash = saidHash(head.hash, entry, refs);
      if (rows.length > 0) await tx.insert(sealed).values(rows);
      await tx.insert(accountabilityEntry).values({ ...entry, prev: head.hash, hash });
      const keyId = keyring.currentId;
      await tx
        .update(accountabilityHead)
        .set({ seq, hash, mac: headMac(keyring, keyId, headOf(incidentId), { seq, hash }), keyId })
        .where(eq(accountabilityHead.incidentId, incidentId));
      return seq;
    }),
  );

type Writing = Pick<Register, 'keyring'> & { incidentId: IncidentId };

/** Made when missing, so that the first writers queue up, too. */
async function lockHead(tx: Db, { keyring, incidentId }: Writing): Promise<Anchor> {
  const { currentId } = keyring;
  const mac = headMac(keyring, currentId, headOf(incidentId), NO_ANCHOR);
  const [head] = await rowsOf<Anchor & { mac: string; keyId: string }>(
    tx,
    sql`insert into ${accountabilityHead} as head (incident_id, seq, hash, mac, key_id)
        values (${incidentId}, ${NO_ANCHOR.seq}, ${NO_ANCHOR.hash}, ${mac}, ${currentId})
        on conflict (incident_id) do update set seq = head.seq
        returning seq, hash, mac, key_id as "keyId"`,
  );
  if (isOurHead(keyring, headOf(incidentId), head!)) return head!;
  throw new StoreError(
    'CHAIN_BROKEN',
    `what was said of incident ${incidentId} was changed; run "fenghuo audit"`,
  );
}

function sealAll(keyring: Register['keyring'], incidentId: IncidentId, texts: Record<string, string>) {
  const refs: Record<string, SealedRef> = {};
  const rows = Object.entries(texts).map(([name, text]) => {
    const [id, salt, value] = [randomUUID(), newSalt(), cleanText(text)];
    const ciphertext = seal(keyring, { incidentId, name, sealedId: id }, Buffer.from(value));
    refs[name] = { digest: saltedDigest(salt, value), sealedId: id };
    return { id, incidentId, name, salt, keyId: keyring.currentId, ciphertext };
  });
  return { rows, refs };
}

/** As it will come back from the database, which takes neither NUL nor half a surrogate pair. */
const cleanText = (text: string): string =>
  text.replaceAll('\0', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd');
const clean = (data: Said['data']): Said['data'] =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, typeof value === 'string' ? cleanText(value) : value]),
  );

/** All that was said of an incident, first to last, in clear. Whoever asks logs it. Throws `SEAL_BROKEN` for a changed text. */
export const saidOf = ({ db, keyring }: Register, incidentId: IncidentId): Promise<SaidRow[]> =>
  guarded(async () => {
    const rows = await db
      .select()
      .from(accountabilityEntry)
      .where(eq(accountabilityEntry.incidentId, incidentId))
      .orderBy(asc(accountabilityEntry.seq));
    const ids = rows.flatMap(({ personal }) => Object.values(personal).map(({ sealedId }) => sealedId));
    const values = ids.length === 0 ? [] : await db.select().from(sealed).where(inArray(sealed.id, ids));
    const clear = new Map(
      values.map(({ id, name, keyId, ciphertext }) => [
        id,
        ciphertext && unseal(keyring, keyId, { incidentId, name, sealedId: id }, ciphertext).toString(),
      ]),
    );
    return rows.map(({ prev: _, hash: __, personal, ...row }) => ({
      ...row,
      personal: Object.fromEntries(
        Object.entries(personal).map(([name, { sealedId }]) => [name, clear.get(sealedId) ?? null]),
      ),
    }));
  });
