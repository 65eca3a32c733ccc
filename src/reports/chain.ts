import type { EntryData } from '../incident/entry.ts';
import type { Instant } from '../incident/instant.ts';
import { inChinese } from '../documents/words.ts';
import { sendingsIn, type ReportSending } from './sendings.ts';
import { toldReports, type ChainEntry, type ChainSource, type ToldReport } from './told.ts';

/** A call that made a report. */
export type PhonedReport = Pick<EntryData['phoneCalled'], 'party' | 'calledAt' | 'answered' | 'by'>;

/** A report that was taken on above the county. */
export type HandedOnReport = EntryData['reportHandedOn'] & { receiver: string | null };

/** A paper of a report, as far as the chain asks. */
export interface ChainDocument {
  id: string;
  status: string;
  /** Signed drafts only, whatever became of them since. */
  signedAt: Instant | null;
}

/**
 * What a report of the chain waits for.
 * - `draft`, `signature`, `sending`, `receipts`: its paper, in this order
 * - `nothing`: everybody has it
 */
export type Waiting = 'draft' | 'signature' | 'sending' | 'receipts' | 'nothing';

/** One report of the chain: what it told, who was told by phone, its papers, who has received them. */
export interface ChainLink<Document extends ChainDocument> extends ToldReport {
  /** 首报, 续报一 …, 终报, 补报. */
  name: string;
  phoned: PhonedReport[];
  documents: Document[];
  sendings: ReportSending[];
  handedOn: HandedOnReport[];
  /** The duty to send it in writing, once it was made by phone. */
  written: { dueAt: Instant | null; overdueAt: Instant | null; endedAt: Instant | null } | null;
  waits: Waiting;
}

/** The chain of an incident's reports; `documents` by the report they are papers of. Pure. */
export function chainOf<Document extends ChainDocument>(
  source: ChainSource,
  documents: ReadonlyMap<number, Document[]>,
): ChainLink<Document>[] {
  const { timeline } = source;
  const sendings = sendingsIn(timeline);
  const reports = toldReports(source);
  return reports.map((told) => {
    const ofIt = ({ data }: ChainEntry): boolean => data.report === told.report;
    const papers = documents.get(told.report) ?? [];
    const sent = sendings.filter(({ report }) => report === told.report);
    return {
      ...told,
      name: nameIn(reports, told.report),
      phoned: timeline
        .filter((entry) => entry.kind === 'phoneCalled' && ofIt(entry))
        .map(({ data }) => pickCall(data as unknown as EntryData['phoneCalled'])),
      documents: papers,
      sendings: sent,
      handedOn: timeline
        .filter((entry) => entry.kind === 'reportHandedOn' && ofIt(entry))
        .map(({ seq, data }) => ({
          ...(data as unknown as EntryData['reportHandedOn']),
          receiver: source.personal?.get(seq)?.['receiver'] ?? null,
        })),
      written: writtenIn(timeline, told.report),
      waits: waitingOf(papers, sent),
    };
  });
}

const pickCall = ({ party, calledAt, answered, by }: PhonedReport): PhonedReport => ({
  party,
  calledAt,
  answered,
  by,
});

/** 首报, 续报一, 续报二, 终报, 补报; the number after the last is what the next one will be called. */
export function nameIn(reports: readonly Pick<ToldReport, 'report' | 'kind'>[], nr: number): string {
  const kind = reports.find(({ report }) => report === nr)?.kind;
  const before = reports.filter((each) => each.kind === 'followUpReport' && each.report <= nr).length;
  return nameOfKind(kind ?? 'firstReport', before);
}

export const nameOfKind = (kind: ToldReport['kind'], nr: number): string =>
  ({ firstReport: '首报', finalReport: '终报', supplementaryReport: '补报' })[kind as string] ??
  `续报${inChinese(nr)}`;

function writtenIn(timeline: readonly ChainEntry[], report: number) {
  const opened = timeline.findLast(
    ({ kind, data }) => kind === 'stageOpened' && data.stage === `writtenReport_${report}`,
  );
  if (!opened) return null;
  const its = (wanted: string) =>
    timeline.find(
      ({ kind, data }) =>
        kind === wanted && data.stageId === opened.data.stageId && data.opening === opened.data.opening,
    )?.at ?? null;
  return {
    dueAt: opened.data.dueAt as Instant | null,
    overdueAt: its('stageOverdue'),
    endedAt: its('stageEnded'),
  };
}

/** The last paper that was not put away says where the report stands. */
function waitingOf(papers: ChainDocument[], sendings: ReportSending[]): Waiting {
  const paper = papers.findLast(({ status }) => status === 'draft' || status === 'signed');
  if (!paper) return papers.some(({ signedAt }) => signedAt !== null) ? 'nothing' : 'draft';
  if (paper.status === 'draft') return 'signature';
  const sent = sendings.findLast(({ document, signed }) => document === paper.id && signed);
  if (!sent) return 'sending';
  return sent.stageId !== null && sent.outcome === null ? 'receipts' : 'nothing';
}
