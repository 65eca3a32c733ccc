import { entryHash } from '../store/chain.ts';
import { saltedDigest } from '../store/seal.ts';
import { NO_ANCHOR, type Anchor } from '../incident/ids.ts';
import { entryLine, TIMELINE, type EntryLine, type Manifest } from './layout.ts';
import { problem, type BundleProblem } from './problem.ts';

/** What the rest of a bundle is compared with. */
export interface Told {
  last: Anchor;
  entries: number;
  erased: number;
  planHash: string | null;
  runIds: Set<string>;
  closed: boolean;
  /** By id of the document, and of the attachment: what the timeline says, and where. */
  signed: Map<string, { seq: number; digest: string }>;
  scans: { seq: number; document: string; sha256: string }[];
  attachments: Map<string, { seq: number; sha256: string; size: number }>;
}

export const nothingTold = (): Told => ({
  last: NO_ANCHOR,
  entries: 0,
  erased: 0,
  planHash: null,
  closed: false,
  runIds: new Set(),
  signed: new Map(),
  scans: [],
  attachments: new Map(),
});

/** Reads the timeline line by line: gives the first problem of its chain and the first of its personal values. */
export function createTimelineWalk({ incident, head }: Manifest, told: Told) {
  let link: BundleProblem | null = null;
  let value: BundleProblem | null = null;
  let unrecorded: BundleProblem | null = null;
  return {
    line(text: string): void {
      const read = entryLine.safeParse(parsed(text));
      const nr = told.entries + 1;
      told.entries = nr;
      if (!read.success) {
        link ??= problem('CHANGED_ENTRY', TIMELINE, 'this line is no entry', nr);
        return;
      }
      const entry = read.data;
      link ??= brokenLink(incident, entry, told.last);
      value ??= brokenValue(entry);
      for (const said of Object.values(entry.personal)) {
        if (!('erasedAt' in said)) continue;
        told.erased += 1;
        unrecorded ??= problem(
          'ERASED_UNRECORDED',
          TIMELINE,
          'a personal value is gone, and no erasure is on record',
          entry.seq,
        );
      }
      note(told, entry);
      told.last = { seq: entry.seq, hash: entry.hash };
    },
    /** `isErased`: an erasure of this incident is on record. */
    end(isErased: boolean): BundleProblem[] {
      const tail =
        told.last.seq === head.seq && told.last.hash === head.hash
          ? null
          : problem(
              'CUT_TAIL',
              TIMELINE,
              `it ends at entry ${told.last.seq}, the manifest knows ${head.seq}`,
              told.last.seq + 1,
            );
      return [link, value, isErased ? null : unrecorded, link ? null : tail].filter(
        (found) => found !== null,
      );
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function brokenLink(incidentId: string, entry: EntryLine, before: Anchor): BundleProblem | null {
  const { seq, at, kind, data, prev, hash } = entry;
  const found = (code: 'MISSING_ENTRY' | 'BROKEN_LINK' | 'CHANGED_ENTRY', nr: number, text: string) =>
    problem(code, TIMELINE, text, nr);
  if (seq !== before.seq + 1) return found('MISSING_ENTRY', before.seq + 1, 'this entry was removed');
  if (prev !== before.hash) return found('BROKEN_LINK', seq, 'it does not follow the entry before it');
  const personal = Object.fromEntries(
    Object.entries(entry.personal).map(([name, { digest }]) => [name, digest]),
  );
  if (entryHash(prev, { incidentId, seq, at, kind, data, personal }) === hash) return null;
  return found('CHANGED_ENTRY', seq, 'its data was changed after it was written');
}

function brokenValue({ seq, personal }: EntryLine): BundleProblem | null {
  for (const [name, said] of Object.entries(personal)) {
    if ('erasedAt' in said) continue;
    if (saltedDigest(Buffer.from(said.salt, 'base64'), said.value) !== said.digest)
      return problem(
        'CHANGED_PERSONAL',
        TIMELINE,
        `its personal value "${name}" is not what was written`,
        seq,
      );
  }
  return null;
}

function note(told: Told, { seq, kind, data }: EntryLine): void {
  switch (kind) {
    case 'incidentReported':
      told.planHash = String((data.plan as { hash?: unknown } | undefined)?.hash);
      return;
    case 'branchEntered':
      told.runIds.add(String(data.runId));
      return;
    case 'documentNoted':
      if (data.act === 'signed') told.signed.set(String(data.document), { seq, digest: String(data.digest) });
      else told.scans.push({ seq, document: String(data.document), sha256: String(data.digest) });
      return;
    case 'attachmentAdded':
      told.attachments.set(String(data.attachment), {
        seq,
        sha256: String(data.sha256),
        size: Number(data.size),
      });
      return;
    case 'incidentClosed':
      told.closed = true;
      return;
    default:
      return;
  }
}
