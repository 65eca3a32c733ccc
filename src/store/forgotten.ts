/** Places of a timeline that count no more, both ends with them. */
export interface Range {
  from: number;
  to: number;
}

/**
 * What the seams (`takenUpAgain`) of one timeline, in their order, take out of it. A seam that is itself forgotten by a later one says nothing
 * any more: the workflow was put back to before it, when it still knew what that seam forgot. Pure.
 */
export function forgottenRanges(seams: readonly (Range & { seq: number })[]): Range[] {
  const forgotten: Range[] = [];
  for (const { seq, from, to } of [...seams].reverse())
    if (!forgotten.some((later) => seq >= later.from && seq <= later.to)) forgotten.unshift({ from, to });
  return forgotten;
}
