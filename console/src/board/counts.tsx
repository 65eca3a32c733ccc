import { useWords } from '../words/words.tsx';
import type { Board, BoardFilter } from './board.ts';
import { BOARD } from './words.ts';

interface Props {
  counts: Board['counts'];
  filter: BoardFilter;
  change(changes: Partial<BoardFilter>): void;
}

/** How many there are; pressing one shows those. */
export function Counts({ counts, filter, change }: Props) {
  const words = useWords(BOARD);
  const isAll = !filter.overdue && !filter.drill;
  const count = (name: string, value: number, on: boolean, to: Partial<BoardFilter>, mark = '') => (
    <button type="button" className={`count ${mark}`} aria-pressed={on} onClick={() => change(to)}>
      <b>{value}</b> {name}
    </button>
  );
  return (
    <div className="counts">
      {count(words.open, counts.open, isAll, { overdue: false, drill: false })}
      {count(
        words.overdue,
        counts.overdue,
        filter.overdue && !filter.drill,
        { overdue: !filter.overdue || filter.drill, drill: false },
        counts.overdue > 0 ? 'urgent' : '',
      )}
      {count(words.drills, counts.drills, filter.drill, { drill: !filter.drill, overdue: false })}
      <p className="count plain">
        <b>{counts.openedToday}</b> {words.today}
      </p>
    </div>
  );
}
