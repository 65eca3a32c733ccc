import { useSearchParams } from 'react-router';
import type { BoardFilter } from './board.ts';

/** The filter stands in the address: a board can be kept as a bookmark, and Back undoes a choice. */
export function useFilter() {
  const [query, setQuery] = useSearchParams();
  const filter: BoardFilter = {
    office: query.get('office'),
    branch: query.get('branch'),
    overdue: query.get('overdue') === 'true',
    drill: query.get('drill') === 'true',
    q: query.get('q') ?? '',
  };
  function change(changes: Partial<BoardFilter>): void {
    const next = new URLSearchParams(query);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, String(value));
      else next.delete(name);
    }
    setQuery(next, { replace: 'q' in changes });
  }
  return { filter, change };
}
