import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** In a flood of events a page is read again this often, and not with each of them. */
const REST_MS = 1_000;

/** What is read again when something happened: the incident it happened to, and the lists that may show it. */
const LISTS: QueryKey[] = [['board'], ['duties'], ['handovers'], ['inbox']];

/** Reads again what is shown, each query at most once at a time: an event during the reading has it read once more. */
export function createRefresher(client: QueryClient) {
  const running = new Map<string, { again: boolean }>();

  async function refresh(queryKey: QueryKey): Promise<void> {
    const name = JSON.stringify(queryKey);
    const before = running.get(name);
    if (before) return void (before.again = true);
    const turn = { again: true };
    running.set(name, turn);
    while (turn.again) {
      turn.again = false;
      await client.invalidateQueries({ queryKey }, { cancelRefetch: false });
      await new Promise((rested) => setTimeout(rested, REST_MS));
    }
    running.delete(name);
  }

  return {
    incident(id: string): void {
      for (const key of [['incident', id], ...LISTS]) void refresh(key);
    },
    everything(): void {
      for (const key of [['incident'], ...LISTS]) void refresh(key);
    },
  };
}
