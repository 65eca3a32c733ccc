import { asc, eq, inArray } from 'drizzle-orm';
import type { Keyring } from '../crypto/keyring.ts';
import { NO_ANCHOR, type Anchor, type IncidentId } from '../incident/ids.ts';
import { headOf, saidHash } from './accountability.ts';
import type { AuditCode } from './audit-report.ts';
import { isOurHead } from './chain.ts';
import type { Db } from './open.ts';
import { brokenValue } from './sealed-value.ts';
import { accountabilityEntry, accountabilityHead } from './tables-accountability.ts';
import { sealed } from './tables.ts';

/** What is wrong with what was said of an incident's time differences: the first break of its chain, as an audit names it. */
export interface BrokenSaid {
  seq: number;
  code: AuditCode;
  text: string;
}

type Row = typeof accountabilityEntry.$inferSelect;

/** Verifies an incident's chain beside its timeline: links, data, sealed texts, and its end. Never says what stands in it. */
export async function brokenSaid(db: Db, keyring: Keyring, incidentId: IncidentId): Promise<BrokenSaid[]> {
  const rows = await db
    .select()
    .from(accountabilityEntry)
    .where(eq(accountabilityEntry.incidentId, incidentId))
    .orderBy(asc(accountabilityEntry.seq));
  const [head] = await db
    .select()
    .from(accountabilityHead)
    .where(eq(accountabilityHead.incidentId, incidentId));
  if (rows.length === 0 && !head) return [];
  const last = rows.at(-1) ?? NO_ANCHOR;
  const found = [
    brokenLink(rows),
    await brokenText(db, keyring, rows),
    brokenEnd(keyring, incidentId, head, last),
  ];
  return found.filter((each) => each !== null);
}

const at = (seq: number, code: AuditCode, text: string): BrokenSaid => ({
  seq,
  code,
  text: `of what is kept beside the timeline (accountability): ${text}`,
});

function brokenLink(rows: Row[]): BrokenSaid | null {
  let before: Anchor = NO_ANCHOR;
  for (const row of rows) {
    if (row.seq !== before.seq + 1) return at(before.seq + 1, 'MISSING_ENTRY', 'this entry was removed');
    if (row.prev !== before.hash) return at(row.seq, 'BROKEN_LINK', 'it does not follow the entry before it');
    if (saidHash(row.prev, row, row.personal) !== row.hash)
      return at(row.seq, 'CHANGED_ENTRY', 'its data was changed after it was written');
    before = row;
  }
  return null;
}

async function brokenText(db: Db, keyring: Keyring, rows: Row[]): Promise<BrokenSaid | null> {
  const ids = rows.flatMap(({ personal }) => Object.values(personal).map(({ sealedId }) => sealedId));
  const values = ids.length === 0 ? [] : await db.select().from(sealed).where(inArray(sealed.id, ids));
  const known = new Map(values.map((value) => [value.id, value]));
  for (const { incidentId, seq, personal } of rows)
    for (const [name, { sealedId, digest }] of Object.entries(personal)) {
      const code = brokenValue(keyring, { incidentId, name, sealedId, digest }, known.get(sealedId));
      if (code === 'KEY_MISSING') return at(seq, code, 'a text cannot be checked: put its key back');
      if (code) return at(seq, code, 'a text was changed, removed, or erased only in part');
    }
  return null;
}

function brokenEnd(
  keyring: Keyring,
  incidentId: IncidentId,
  head: typeof accountabilityHead.$inferSelect | undefined,
  last: Anchor,
): BrokenSaid | null {
  if (!head) return at(last.seq, 'FORGED_HEAD', 'the mark of where the chain ends was removed');
  if (!keyring.ids.includes(head.keyId))
    return at(head.seq, 'KEY_MISSING', "the head's key is not in FENGHUO_KEYS: put it back");
  if (!isOurHead(keyring, headOf(incidentId), head))
    return at(head.seq, 'FORGED_HEAD', 'the head of the chain was not written by this register');
  if (head.seq > last.seq)
    return at(last.seq + 1, 'CUT_TAIL', `it ends at entry ${last.seq}, the head knows ${head.seq}`);
  const differs = head.seq < last.seq || head.hash !== last.hash;
  return differs ? at(head.seq, 'FORGED_HEAD', 'the head of the chain is not its last entry') : null;
}
