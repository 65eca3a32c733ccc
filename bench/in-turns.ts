import type { Side } from './sides.ts';

/** What each side gave, turn by turn. */
export type PerSide<Turn> = Record<Side['name'], Turn[]>;

/** Lets the sides take turns, so that whatever else the machine does meets both. Neither is always the first of a pair. */
export async function inTurns<Turn>(
  sides: Side[],
  pairs: number,
  turn: (side: Side, pair: number) => Promise<Turn>,
): Promise<PerSide<Turn>> {
  const turns: PerSide<Turn> = { bare: [], Fenghuo: [] };
  for (let pair = 0; pair < pairs; pair += 1)
    for (const side of alternated(sides, pair)) turns[side.name].push(await turn(side, pair));
  return turns;
}

/** In this order and the other, by turns. */
export const alternated = <Item>(items: readonly Item[], turn: number): readonly Item[] =>
  turn % 2 === 0 ? items : items.toReversed();

/** The `index`-th of `parts` nearly equal shares of `whole`. */
export const shareOf = (whole: number, parts: number, index: number): number =>
  Math.floor((whole * (index + 1)) / parts) - Math.floor((whole * index) / parts);
