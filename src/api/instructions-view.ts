import type { EntryData } from '../incident/entry.ts';
import type { IncidentDetail } from '../store/incident-detail.ts';
import type { Names } from './names.ts';
import type { ChainBody } from './schemas-reports.ts';

type Personal = ReadonlyMap<number, Record<string, string | null>>;

/** 批示 of an incident, oldest first, each with how far it is carried out. */
export function instructionsIn(
  { incident, branches, timeline }: IncidentDetail,
  personal: Personal | null,
  names: Names,
): ChainBody['instructions'] {
  const stages = branches.flatMap((branch) => branch.stages);
  return timeline
    .filter(({ kind }) => kind === 'instructionRecorded')
    .map(({ seq, at, data }) => {
      const { stageId, party, ...said } = data as unknown as EntryData['instructionRecorded'];
      const stage = stages.find(({ id }) => id === stageId);
      const word = timeline.findLast(
        ({ kind, data: of }) =>
          (kind === 'stageEnded' || kind === 'stageContinued') && of.stageId === stageId && of.by !== null,
      );
      const words = personal?.get(seq) ?? {};
      return {
        ...said,
        party,
        partyName: names.body(party, incident.office),
        stage: stageId,
        recordedAt: at,
        words: words['words'] ?? null,
        fromName: words['from.name'] ?? null,
        overdueAt: stage?.overdueAt ?? null,
        endedAt: stage?.resolvedAt ?? null,
        carriedOut: word ? (personal?.get(word.seq)?.['evidence'] ?? null) : null,
      };
    });
}
