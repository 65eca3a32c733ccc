import type { EntryKind } from '../incident/entry.ts';
import { toMs } from '../incident/instant.ts';
import type { ScoreSource } from './score.ts';

/** What one person did in a drill: counts and the first time, in the drill's own time from its start. */
export interface Participation {
  person: string;
  /** Messages that reached them. */
  told: number;
  confirmed: number;
  /** Evidence, reports, facts and the like that they recorded. */
  acts: number;
  firstMs: number | null;
}

const CONFIRMS: EntryKind[] = ['acknowledged', 'arrived', 'declined'];
const ACTS: EntryKind[] = [
  'stageEnded',
  'stageContinued',
  'factsAdded',
  'reportRecorded',
  'subjectAdded',
  'subjectChanged',
  'takenOver',
  'stillResponding',
  'receiptRegistered',
  'phoneCalled',
  'closingProposed',
  'closingRefused',
  'responseEnded',
  'subCaseOpened',
  'incidentAbsorbed',
  'documentNoted',
  'attachmentAdded',
  'branchEntered',
];

/** Who was to take part, and whoever else did, in the order of the list and then of the timeline. */
export function participationOf({ timeline, pace, participants }: ScoreSource): Participation[] {
  const start = timeline[0]?.at;
  const people = new Map<string, Participation>();
  const of = (person: string): Participation => {
    const known = people.get(person) ?? { person, told: 0, confirmed: 0, acts: 0, firstMs: null };
    people.set(person, known);
    return known;
  };
  for (const person of participants) of(person);
  // The end of a drill ends its duties in the director's name: no act of theirs.
  const over = timeline.findIndex(({ kind, data }) => kind === 'stageEnded' && data['outcome'] === 'closed');
  for (const { at, kind, data } of over < 0 ? timeline : timeline.slice(0, over)) {
    const { person, by, result } = data as { person?: string | null; by?: string | null; result?: string };
    if (kind === 'messageSettled' && result === 'accepted' && person) of(person).told += 1;
    const actor = CONFIRMS.includes(kind) ? person : ACTS.includes(kind) ? by : null;
    if (!actor) continue;
    const known = of(actor);
    if (CONFIRMS.includes(kind)) known.confirmed += 1;
    else known.acts += 1;
    known.firstMs ??= (toMs(at) - toMs(start!)) * pace;
  }
  return [...people.values()].filter(({ person, acts, confirmed }) =>
    participants.length === 0 ? true : participants.includes(person) || acts + confirmed > 0,
  );
}
