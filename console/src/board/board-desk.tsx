import { Monitor } from 'lucide-react';
import { Link } from 'react-router';
import { SoundSwitch } from '../alert/sound-switch.tsx';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { rowsIn, useBoard } from './board.ts';
import { Counts } from './counts.tsx';
import { useFilter } from './filter.ts';
import { Filters } from './filters.tsx';
import { More } from './more.tsx';
import { Rows } from './rows.tsx';
import { BOARD } from './words.ts';

const PAGE = 50;

/** The board where somebody works with it. */
export function BoardDesk() {
  const words = useWords(BOARD);
  const { filter, change } = useFilter();
  const board = useBoard(filter, PAGE);
  const pages = board.data?.pages ?? [];
  const rows = rowsIn(pages);
  const isFiltered = Boolean(filter.office || filter.branch || filter.overdue || filter.q);
  return (
    <section className="page board">
      <div className="board-head">
        <h1>{words.title}</h1>
        <SoundSwitch />
        <Link className="wall-link" to="/board?wall=1">
          <Monitor size={20} aria-hidden /> {words.wall}
        </Link>
      </div>
      {pages[0] && <Counts counts={pages[0].counts} filter={filter} change={change} />}
      <Filters filter={filter} change={change} matching={pages[0]?.counts.matching} />
      <ProblemNote error={board.error} />
      {board.isPending ? <Loading /> : <Rows rows={rows} />}
      {board.isSuccess && rows.length === 0 && (
        <p className="empty">
          {isFiltered ? words.emptyFiltered : words.empty}{' '}
          {isFiltered && (
            <button
              type="button"
              className="link"
              onClick={() => change({ office: null, branch: null, overdue: false, q: '' })}
            >
              {words.clear}
            </button>
          )}
        </p>
      )}
      {board.hasNextPage && (
        <More busy={board.isFetchingNextPage} shown={rows.length} next={() => void board.fetchNextPage()} />
      )}
    </section>
  );
}
