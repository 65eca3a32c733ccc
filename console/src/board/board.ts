import { useInfiniteQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { boardRow, boardSchema } from '../../../src/api/schemas-board.ts';
import { ask } from '../api/client.ts';

export type Board = z.infer<typeof boardSchema>;
export type BoardRow = z.infer<typeof boardRow>;

/** Null: not asked for. */
export interface BoardFilter {
  office: string | null;
  branch: string | null;
  overdue: boolean;
  drill: boolean;
  q: string;
}

/** The board, page after page as the server has them: it filters, counts and sorts, so that ten thousand are no more work than ten. */
export const useBoard = (filter: BoardFilter, limit: number, enabled = true) =>
  useInfiniteQuery({
    queryKey: ['board', filter, limit],
    queryFn: ({ pageParam, signal }) =>
      ask<Board>(`/api/board?${asked(filter, limit, pageParam)}`, { signal }),
    enabled,
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before, // the list stays while the next one is on its way
  });

function asked({ office, branch, overdue, drill, q }: BoardFilter, limit: number, cursor: string | null) {
  const query = new URLSearchParams({ limit: String(limit), drill: String(drill) });
  if (office) query.set('office', office);
  if (branch) query.set('branch', branch);
  if (overdue) query.set('overdue', 'true');
  if (q) query.set('q', q);
  if (cursor) query.set('cursor', cursor);
  return query;
}

/** A row may move to a later page while the pages are being read: it is shown once, where it was seen last. */
export function rowsIn(pages: Board[]): BoardRow[] {
  const rows = new Map<string, BoardRow>();
  for (const row of pages.flatMap((page) => page.rows)) {
    rows.delete(row.id);
    rows.set(row.id, row);
  }
  return [...rows.values()];
}
