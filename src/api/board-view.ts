import type { z } from 'zod';
import type { BoardRow, BoardStage } from '../store/board.ts';
import type { Names } from './names.ts';
import type { boardRow } from './schemas-board.ts';

/** A line of the board with names beside ids. */
export function boardRowView(
  { done, open, dueAt: _, ...row }: BoardRow,
  names: Names,
): z.infer<typeof boardRow> {
  const openStages = open.map((stage) => ({ ...stage, holder: holderOf(stage, row.office, names) }));
  return {
    ...row,
    officeName: names.office(row.office),
    eventTypeName: row.eventType === null ? null : names.eventType(row.eventType),
    stages: { done, open: open.length, overdue: open.filter(({ overdue }) => overdue).length },
    openStages,
    next: openStages.find(({ dueAt }) => dueAt !== null) ?? null,
  };
}

/** Who has a duty: the person who took it over, else the body whose duty it is. */
export function holderOf(
  { owner, holder }: Pick<BoardStage, 'owner' | 'holder'>,
  office: string,
  names: Names,
) {
  const name = holder === null ? names.body(owner, office) : names.person(holder);
  return { party: owner, partyName: names.party(owner), person: holder, name };
}
