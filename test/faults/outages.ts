/** A time in which deadlines could not be met: Temporal or every worker was away or stood still. Milliseconds of the wall clock. */
export interface Outage {
  from: number;
  to: number;
}

/** From when a deadline could be met: itself, or the end of the outages it falls into. */
export function possibleAt(due: number, outages: readonly Outage[]): number {
  const around = outages.filter(({ from, to }) => from <= due && due < to).map(({ to }) => to);
  return around.length === 0 ? due : possibleAt(Math.max(...around), outages);
}

/** What is away now and was before. */
export function createOutages() {
  const past: Outage[] = [];
  const open = new Map<string, number>();
  return {
    began(what: string, at = Date.now()): void {
      if (!open.has(what)) open.set(what, at);
    },
    ended(what: string, at = Date.now()): void {
      const from = open.get(what);
      if (from !== undefined) past.push({ from, to: at });
      open.delete(what);
    },
    all: (): readonly Outage[] => past,
  };
}
export type Outages = ReturnType<typeof createOutages>;
