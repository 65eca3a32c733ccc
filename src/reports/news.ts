import { inWords } from '../documents/lists.ts';
import type { DocumentSource } from '../documents/source.ts';
import { OUTCOME_WORDS, SAFETY_WORDS } from '../documents/words.ts';
import type { KnownEntry } from '../documents/known-incident.ts';
import { stagesOf } from '../documents/known-incident.ts';
import { ruleName } from '../incident/escalation.ts';
import type { Instant } from '../incident/instant.ts';
import { GOES_ON } from '../plan/coded-stages.ts';
import { isElementFact } from './elements.ts';

/** Something that happened, as a report tells it. */
export interface NewsLine {
  seq: number;
  at: Instant;
  what: string;
}

type Source = Pick<DocumentSource, 'incident' | 'plan' | 'organisation'>;

/** What happened in an incident that a report would tell: outcomes, facts, how subjects are. Not the reporting itself. */
export const newsOf = (source: Source): NewsLine[] =>
  source.incident.timeline.flatMap((entry) => {
    const what = newsIn(source, entry);
    return what ? [{ seq: entry.seq, at: entry.at, what }] : [];
  });

/** Whether somebody has reported is told in no report. */
const REPORTING = [
  'reported',
  'followedUp',
  'finished',
  'submitted',
  'filed',
  'proposed',
  'approved',
  'refused',
];

function newsIn(source: Source, entry: KnownEntry): string | null {
  const { data, personal, kind } = entry;
  switch (kind) {
    case 'stageEnded':
    case 'stageContinued': {
      const stage = stagesOf(source.incident).find(({ id }) => id === data.stageId)?.stage ?? '';
      if (GOES_ON.includes(ruleName(stage)) || REPORTING.includes(String(data.outcome))) return null;
      const what = inWords(source, entry);
      return what && joined(what, personal?.['evidence']);
    }
    case 'arrived':
      return joined(inWords(source, entry), personal?.['note']);
    case 'branchEntered':
    case 'responseEnded':
      return inWords(source, entry);
    case 'factsAdded':
      return facts(personal ?? {});
    case 'subjectAdded':
      return `新增涉及人员${nameOf(source, data.subject)}`;
    case 'subjectChanged':
      return joined(
        `${nameOf(source, data.subject)}：${[SAFETY_WORDS[String(data.safety)], OUTCOME_WORDS[String(data.outcome)]].filter(Boolean).join('，')}`,
        personal?.['note'],
      );
    default:
      return null;
  }
}

const joined = (what: string | null, more: string | null | undefined): string | null =>
  what && (more ? `${what}，${more.replace(/[。；]$/, '')}` : what);

const nameOf = ({ incident }: Source, nr: unknown): string =>
  incident.subjects.find(({ subject }) => subject === Number(nr))?.name ?? `第${String(nr)}人`;

const FACT_WORDS: Record<string, string> = {
  situation: '',
  source: '信息来源：',
  decidingAuthority: '决定机关：',
};

/** Facts as a sentence; what an element says by itself, and codes for a form, are left out. */
function facts(told: Record<string, string | null>): string | null {
  const said = Object.entries(told).flatMap(([name, value]) =>
    value && name in FACT_WORDS && (name === 'situation' || !isElementFact(name))
      ? [`${FACT_WORDS[name]}${value.replace(/[。；]$/, '')}`]
      : [],
  );
  return said.length === 0 ? null : said.join('；');
}
