import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useNow } from '../api/ticking.ts';
import { Countdown } from '../look/countdown.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { clockWithSeconds, day } from '../look/time.ts';
import { useLine } from '../api/events.ts';
import { useWords } from '../words/words.tsx';
import { rowsIn, useBoard, type BoardRow } from './board.ts';
import { Marks } from './rows.tsx';
import { BOARD } from './words.ts';
import './wall.css';

/** As many as people can be asked to read off a wall; the most urgent are first. */
const MOST = 200;
const ALL = { office: null, branch: null, overdue: false, drill: false, q: '' };

/** The board on a wall: no menu, no person's name, type that is read across a room; turns its pages by itself. */
export function Wall() {
  const words = useWords(BOARD);
  const board = useBoard(ALL, MOST);
  const list = useRef<HTMLOListElement>(null);
  useTurning(list);
  const first = board.data?.pages[0];
  const rows = first ? rowsIn([first]) : [];
  return (
    <section className="wall" data-line={useLine()}>
      <header>
        <h1>
          烽火 <span>{words.title}</span>
        </h1>
        {first && (
          <p className="tallies">
            <span>
              {words.open} <b>{first.counts.open}</b>
            </span>
            <span className={first.counts.overdue > 0 ? 'late' : ''}>
              {words.overdue} <b>{first.counts.overdue}</b>
            </span>
            <span>
              {words.today} <b>{first.counts.openedToday}</b>
            </span>
          </p>
        )}
        <Now />
        <nav>
          <button type="button" onClick={() => void document.documentElement.requestFullscreen()}>
            {words.fullScreen}
          </button>
          <Link to="/board">{words.leaveWall}</Link>
        </nav>
      </header>
      <ProblemNote error={board.error} />
      {first && rows.length === 0 && <p className="calm">{words.calm}</p>}
      {/* Scrolled by keyboard, too. */}
      <ol ref={list} tabIndex={0} aria-label={words.title}>
        {rows.map((row) => (
          <Line key={row.id} row={row} />
        ))}
        {first && first.counts.matching > rows.length && (
          <li className="others">{words.others(first.counts.matching - rows.length)}</li>
        )}
      </ol>
    </section>
  );
}

function Line({ row }: { row: BoardRow }) {
  const words = useWords(BOARD);
  const turn = row.next ?? row.openStages[0] ?? null;
  // Whose turn it is by the body alone: a wall has many readers.
  const body = turn && (turn.holder.person === null ? turn.holder.name : turn.holder.partyName);
  return (
    <li className={row.stages.overdue > 0 ? 'overdue' : ''}>
      <span className="due">{turn ? <Countdown dueAt={turn.dueAt} /> : '—'}</span>
      <span className="what">
        <b>{row.number ?? words.numberSoon}</b> {row.branchName} <Marks row={row} />
        <small>{row.officeName}</small>
      </span>
      <span className="turn">
        <b>{turn?.stageName ?? words.noStage}</b>
        <small>{body}</small>
      </span>
    </li>
  );
}

function Now() {
  const now = useNow();
  return (
    <p className="now">
      <small>{day(now)}</small> {clockWithSeconds(now)}
    </p>
  );
}

const TURN_MS = 12_000;

/** Turns a list that is longer than its place, a page at a time, and begins again at its end. Who scrolls or holds it is let be. */
function useTurning(list: { current: HTMLElement | null }): void {
  useEffect(() => {
    let touchedAt = 0;
    const touch = (): void => {
      touchedAt = Date.now();
    };
    const gestures = ['wheel', 'pointerdown', 'keydown'] as const;
    for (const gesture of gestures) addEventListener(gesture, touch, { passive: true });
    const timer = setInterval(() => {
      const element = list.current;
      if (!element || Date.now() - touchedAt < 3 * TURN_MS) return;
      const { scrollTop, clientHeight, scrollHeight } = element;
      const isAtEnd = scrollTop + clientHeight >= scrollHeight - 2;
      element.scrollTo({ top: isAtEnd ? 0 : scrollTop + clientHeight * 0.9 });
    }, TURN_MS);
    return () => {
      clearInterval(timer);
      for (const gesture of gestures) removeEventListener(gesture, touch);
    };
  }, [list]);
}
