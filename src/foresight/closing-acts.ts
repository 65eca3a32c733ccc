import type { Instant } from '../incident/instant.ts';
import { ENDED_BY_THEIR_ACT } from '../plan/coded-stages.ts';
import { AFTERMATH, hasAftermath } from '../plan/part-of.ts';
import type { IncidentDetail } from '../store/incident-detail.ts';
import { plain, type Act } from './act.ts';
import { openIn, type Standing } from './standing.ts';

/** Proposing and deciding the end; `person` may not decide what they proposed. */
export function closingActs(standing: Standing, person: string | null): Act[] {
  const { detail, plan, part } = standing;
  const proposal = proposalIn(detail);
  const isOver = part.branch.key === AFTERMATH;
  const unfinished = openIn(standing).filter(({ stage }) => !ENDED_BY_THEIR_ACT.includes(stage)).length;
  const left = unfinished
    ? {
        zh: `；尚有${unfinished}项职责未完成，批准后一并终止`,
        en: `; ${unfinished} duties are still open, and end with the approval`,
      }
    : { zh: '', en: '' };
  const evidence = { field: 'evidence', label: '依据' };
  const follows = !isOver && hasAftermath(plan) && detail.incident.parent === null;
  const then = follows
    ? { zh: '进入后期处置（六）', en: 'the aftermath follows' }
    : { zh: '结案，不再催办', en: 'the incident is closed' };
  if (!proposal) {
    const close = plain(
      'proposeClosing',
      isOver ? 'closing' : 'response-ended',
      isOver
        ? { zh: '提出结案', en: 'propose closing' }
        : { zh: '提出处置结束', en: 'propose the end of the response' },
      {
        zh: `等待另一人批准；批准后${then.zh}${left.zh}`,
        en: `waits for another person's approval; then ${then.en}${left.en}`,
        ...evidence,
      },
    );
    const falseAlarm = plain(
      'falseAlarm',
      'closing',
      { zh: '提出按误报结案', en: 'propose closing as a false alarm' },
      {
        zh: `等待另一人批准；批准后结案${left.zh}`,
        en: `waits for another person's approval; then the incident is closed${left.en}`,
        ...evidence,
        body: { as: 'falseAlarm' },
      },
    );
    return isOver ? [close] : [close, falseAlarm];
  }
  if (proposal.by === person) return [];
  const agreed =
    proposal.as === 'responseEnded' ? then : { zh: '按误报结案', en: 'it is closed as a false alarm' };
  const body = { proposedAt: proposal.at };
  return [
    plain(
      'approveClosing',
      'closing/approval',
      { zh: '批准', en: 'approve' },
      {
        zh: `${agreed.zh}${left.zh}`,
        en: `${agreed.en}${left.en}`,
        body: { ...body, approve: true },
        field: 'reason',
        label: '意见',
      },
    ),
    plain(
      'refuseClosing',
      'closing/approval',
      { zh: '不批准', en: 'refuse' },
      {
        zh: '继续处置，职责和期限不变',
        en: 'the response goes on; duties and limits stay',
        body: { ...body, approve: false },
        field: 'reason',
        label: '意见',
      },
    ),
  ];
}

function proposalIn({ timeline }: IncidentDetail): { by: string; at: Instant; as: string } | null {
  const last = timeline.findLast(({ kind }) =>
    ['closingProposed', 'closingRefused', 'responseEnded', 'branchEntered'].includes(kind),
  );
  if (last?.kind !== 'closingProposed') return null;
  return { by: String(last.data.by), as: String(last.data.as), at: last.at };
}
