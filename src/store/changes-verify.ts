import { asc, gt, inArray } from 'drizzle-orm';
import type { Keyring } from '../crypto/keyring.ts';
import { NO_ANCHOR, type Anchor } from '../incident/ids.ts';
import { digestsOf } from './append.ts';
import { CHANGE_RECORD, changeHash } from './change-entry.ts';
import { isOurHead } from './chain.ts';
import { HEAD } from './changes.ts';
import { guarded } from './errors.ts';
import type { Db, Register } from './open.ts';
import { brokenValue, isErased, type SealedRow } from './sealed-value.ts';
import { changeEntry, changeHead } from './tables-changes.ts';
import { sealed } from './tables.ts';

/** As of an incident's audit; see `AuditCode`. `NOT_ANCHORED`: it is not the entry that was noted down. */
export type ChangeProblemCode =
  | 'CHANGED_ENTRY'
  | 'CHANGED_PERSONAL'
  | 'MISSING_ENTRY'
  | 'BROKEN_LINK'
  | 'CUT_TAIL'
  | 'FORGED_HEAD'
  | 'NOT_ANCHORED'
  | 'KEY_MISSING';

export interface ChangeProblem {
  seq: number;
  code: ChangeProblemCode;
  text: string;
}

export interface ChangeReport {
  entries: number;
  erased: number;
  /** Where the record ends. Noted down outside, it also shows a tail that was cut together with its head. */
  end: Anchor;
  problems: ChangeProblem[];
}

type Row = typeof changeEntry.$inferSelect;

const PAGE = 500;

/**
 * Verifies the change record from its first entry to its end: names the first broken entry, the first changed personal value, and
 * a cut tail. `known` is an end that somebody noted down before.
 */
export const verifyChanges = (register: Register, known: Anchor = NO_ANCHOR): Promise<ChangeReport> =>
  guarded(() =>
    register.db.transaction((tx) => verify(tx, register.keyring, known), {
      isolationLevel: 'repeatable read',
      accessMode: 'read only',
    }),
  );

async function verify(tx: Db, keyring: Keyring, known: Anchor): Promise<ChangeReport> {
  const report: ChangeReport = { entries: 0, erased: 0, end: NO_ANCHOR, problems: [] };
  let link: ChangeProblem | null = null;
  let value: ChangeProblem | null = null;
  let atKnown: string | null = known.seq === 0 ? known.hash : null;
  for (;;) {
    const rows = await tx
      .select()
      .from(changeEntry)
      .where(gt(changeEntry.seq, report.end.seq))
      .orderBy(asc(changeEntry.seq))
      .limit(PAGE);
    const values = await sealedOf(tx, rows);
    for (const row of rows) {
      link ??= brokenLink(row, report.end);
      value ??= brokenPersonal(keyring, row, values);
      if (row.seq === known.seq) atKnown = row.hash;
      report.entries += 1;
      report.end = { seq: row.seq, hash: row.hash };
    }
    report.erased += [...values.values()].filter(isErased).length;
    if (rows.length < PAGE) break;
  }
  const end = endProblem(keyring, (await tx.select().from(changeHead))[0], report.end, { known, atKnown });
  report.problems.push(...[link, value, end].filter((problem) => problem !== null));
  return report;
}

async function sealedOf(tx: Db, rows: Row[]): Promise<Map<string, SealedRow>> {
  const ids = rows.flatMap(({ personal }) => Object.values(personal).map(({ sealedId }) => sealedId));
  if (ids.length === 0) return new Map();
  const values = await tx.select().from(sealed).where(inArray(sealed.id, ids));
  return new Map(values.map((value) => [value.id, value]));
}

function brokenLink(row: Row, before: Anchor): ChangeProblem | null {
  const { seq, prev, hash, personal, from, to } = row;
  if (seq !== before.seq + 1)
    return { seq: before.seq + 1, code: 'MISSING_ENTRY', text: 'this entry was removed' };
  if (prev !== before.hash)
    return { seq, code: 'BROKEN_LINK', text: 'it does not follow the entry before it' };
  const said = { ...row, from: from ?? null, to: to ?? null, personal: digestsOf(personal) };
  if (changeHash(prev, said) === hash) return null;
  return { seq, code: 'CHANGED_ENTRY', text: 'it was changed after it was written' };
}

function brokenPersonal(keyring: Keyring, row: Row, values: Map<string, SealedRow>): ChangeProblem | null {
  for (const [name, { sealedId, digest }] of Object.entries(row.personal)) {
    const code = brokenValue(
      keyring,
      { incidentId: CHANGE_RECORD, name, sealedId, digest },
      values.get(sealedId),
    );
    if (code) return { seq: row.seq, code, text: `its personal value "${name}" ${VALUE_TEXTS[code]}` };
  }
  return null;
}

const VALUE_TEXTS = {
  CHANGED_PERSONAL: 'was changed, removed, or erased only in part',
  KEY_MISSING: 'cannot be checked: put its key back into FENGHUO_KEYS',
};

function endProblem(
  keyring: Keyring,
  head: typeof changeHead.$inferSelect | undefined,
  end: Anchor,
  { known, atKnown }: { known: Anchor; atKnown: string | null },
): ChangeProblem | null {
  const knownEnd = Math.max(head?.seq ?? 0, known.seq);
  if (knownEnd > end.seq) {
    const text = `the record ends at entry ${end.seq}, ${knownEnd} was written`;
    return { seq: end.seq + 1, code: 'CUT_TAIL', text };
  }
  if (atKnown !== known.hash)
    return { seq: known.seq, code: 'NOT_ANCHORED', text: 'it is not the entry that was noted down' };
  if (end.seq === 0 && !head) return null;
  const at = (code: ChangeProblemCode, text: string): ChangeProblem => ({ seq: end.seq, code, text });
  if (!head) return at('FORGED_HEAD', 'the mark of where the record ends was removed');
  if (!keyring.ids.includes(head.keyId))
    return at('KEY_MISSING', "the end's key is not in FENGHUO_KEYS: put it back");
  if (!isOurHead(keyring, HEAD, head))
    return at('FORGED_HEAD', 'the mark of where the record ends was not written by this register');
  const differs = head.seq !== end.seq || head.hash !== end.hash;
  return differs ? at('FORGED_HEAD', 'the marked end is not the last entry') : null;
}
