import { memo } from 'react';
import { Link } from 'react-router';
import { Countdown } from '../look/countdown.tsx';
import { useWords } from '../words/words.tsx';
import type { BoardRow } from './board.ts';
import { BOARD } from './words.ts';

/** The rows, as a table; on a phone each row is a card. Roles are said, since a card's layout takes them away. */
export function Rows({ rows }: { rows: BoardRow[] }) {
  const words = useWords(BOARD);
  if (rows.length === 0) return null;
  return (
    <table className="rows" role="table">
      <caption className="visually-hidden">{words.title}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {Object.entries(words.columns).map(([key, name]) => (
            <th key={key} role="columnheader" scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

const Row = memo(function Row({ row }: { row: BoardRow }) {
  const words = useWords(BOARD);
  const turn = row.next ?? row.openStages[0] ?? null;
  const others = row.openStages.length - 1;
  return (
    <tr role="row" className={row.stages.overdue > 0 ? 'overdue' : ''}>
      <td role="cell" className="due">
        {turn ? <Countdown dueAt={turn.dueAt} /> : '—'}
      </td>
      <td role="cell" className="nr">
        <Link to={`/incidents/${row.id}`}>{row.number ?? words.numberSoon}</Link> <Marks row={row} />
      </td>
      <td role="cell" className="branch">
        {row.branchName ?? '—'}
        {row.eventTypeName && <small>{row.eventTypeName}</small>}
      </td>
      <td role="cell" className="stage">
        {turn ? turn.stageName : words.noStage}
        {others > 0 && <small>{words.more(others)}</small>}
      </td>
      <td role="cell" className="holder">
        {turn?.holder.name ?? '—'}
      </td>
      <td role="cell" className="office">
        {row.officeName}
      </td>
      <td role="cell" className="progress">
        {words.done(row.stages.done, row.stages.open)}
      </td>
    </tr>
  );
});

export function Marks({ row }: { row: BoardRow }) {
  const words = useWords(BOARD);
  return (
    <>
      {row.drill && <span className="mark drill">{words.drill}</span>}
      {row.isNew && <span className="mark new">{words.isNew}</span>}
      {row.parent && <span className="mark">{words.subCase}</span>}
      {row.responseEndedAt && <span className="mark">{words.ended}</span>}
    </>
  );
}
