/** The entries of a map that may be anything: none when it is no map. For checks that run on files with mistakes in them. */
export const entriesOf = (raw: unknown): [string, unknown][] =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? Object.entries(raw) : [];

/** The items of a list that may be anything: none when it is no list. */
export const itemsOf = (raw: unknown): unknown[] => (Array.isArray(raw) ? raw : []);

/** One field of a map that may be anything: undefined when it is no map or has no such field. */
export const fieldOf = (raw: unknown, name: string): unknown =>
  entriesOf(raw).find(([key]) => key === name)?.[1];

/** The items of a list that stand in it a second time, with their places. */
export function repeated(values: unknown[]): { value: string; index: number }[] {
  const seen = new Set<string>();
  const again: { value: string; index: number }[] = [];
  for (const [index, value] of values.entries()) {
    if (typeof value !== 'string') continue;
    if (seen.has(value)) again.push({ value, index });
    seen.add(value);
  }
  return again;
}
