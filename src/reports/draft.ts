import { REPORT_ELEMENTS, type EntryData } from '../incident/entry.ts';
import type { Instant } from '../incident/instant.ts';
import { timeInWords } from '../documents/words.ts';
import { eachElement, fromFacts, type Element } from './elements.ts';
import type { NewsLine } from './news.ts';
import { aboutOf, factsUpTo, toldReports, type ChainSource, type ToldReport } from './told.ts';

/** An element as the next report would have it. */
export interface DraftElement {
  /** `changed`: known, or known otherwise, since the last report; `unchanged`: as it was told; `missing`: nobody knows it. */
  state: 'changed' | 'unchanged' | 'missing';
  value: string | null;
  /** As the last report that told it has it. */
  before: string | null;
  /** Until when the last report said it would be known. */
  until: Instant | null;
}

/** The next report as the timeline has it. */
export interface ReportDraft {
  kind: Kind;
  /** The report that it follows, and when that was. */
  after: Pick<ToldReport, 'report' | 'at'>;
  elements: Record<Element, DraftElement>;
  /** What happened since the report before, oldest first. Never what that one told. */
  news: NewsLine[];
  /** Elements without a value: what a final report lacks. */
  missing: Element[];
}
export type Kind = EntryData['reportRecorded']['kind'];

/**
 * Fills in the next report from the timeline: of a follow-up only what is new since the last report, of a final one all six
 * elements. `news` is what happened, in words. Pure.
 */
export function draftReport(source: ChainSource, kind: Kind, news: readonly NewsLine[]): ReportDraft {
  const reports = toldReports(source);
  const last = reports.at(-1)!;
  // The first report is written down from what was taken in and learnt since, and follows nothing.
  const since = kind === 'firstReport' ? 0 : last.seq;
  const fresh = kind === 'firstReport' ? [] : news.filter(({ seq }) => seq > since);
  const drafting = { source, reports, kind, since, news: inSentences(fresh) };
  const elements = eachElement((name) => element(drafting, name));
  return {
    kind,
    after: { report: last.report, at: last.at },
    elements,
    news: fresh,
    missing: REPORT_ELEMENTS.filter((name) => elements[name].value === null),
  };
}

interface Drafting {
  source: ChainSource;
  reports: ToldReport[];
  kind: Kind;
  since: number;
  news: string | null;
}

const inSentences = (news: NewsLine[]): string | null =>
  news.length === 0 ? null : news.map(({ at, what }) => `${timeInWords(at)}，${what}。`).join('\n');

function element(drafting: Drafting, name: Element): DraftElement {
  const { source, reports, since } = drafting;
  const before = since === 0 ? null : toldBefore(reports, name);
  const { until } = reports.at(-1)!.elements[name];
  const seq = source.timeline.at(-1)?.seq ?? 0;
  const fact = fromFacts(name, factsUpTo(source, seq), aboutOf(source, seq));
  const news = name === 'development' ? development(drafting) : null;
  const value = news ?? (fact && (before === null || fact.seq > since) ? shown(name, fact.value) : null);
  if (value !== null && value !== before) return { state: 'changed', value, before, until };
  return { state: before === null ? 'missing' : 'unchanged', value: before, before, until };
}

const toldBefore = (reports: ToldReport[], name: Element): string | null => {
  const told = reports.findLast(({ elements }) => elements[name].value !== null);
  return shown(name, told?.elements[name].value ?? null);
};

/** What happened is the development; a final report has all of it, as report after report told it. */
function development({ reports, kind, news }: Drafting): string | null {
  if (kind !== 'finalReport') return news;
  const told = reports.flatMap(({ elements }) => elements.development.value ?? []);
  return [...new Set([...told, ...(news ? [news] : [])])].join('\n') || null;
}

/** The alarm's own time is an instant; what somebody wrote down is words already. */
const shown = (name: Element, value: string | null): string | null =>
  value !== null && name === 'time' ? timeInWords(value) : value;
