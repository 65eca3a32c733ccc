import { useState } from 'react';
import { fourTimes, type TimelineLine } from '../../../src/incident/four-times.ts';
import type { Detail } from '../incident/incident.ts';
import { useNames } from '../incident/names.ts';
import { useWords } from '../words/words.tsx';
import { Said } from './said-time.tsx';
import { TIMES } from './words.ts';
import './accountability.css';

const COLUMNS = ['occurred', 'discovered', 'reported', 'received'] as const;

/** The four times of every report and every recipient: made when somebody opens it, from what the page has. */
export function FourTimesCard({ detail }: { detail: Detail }) {
  const words = useWords(TIMES);
  const [open, setOpen] = useState(false);
  return (
    <section className="card four-times">
      <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <h2>{words.fourTimes}</h2>
        </summary>
        <p className="soft">{words.fourTimesHow}</p>
        {open && <Table timeline={detail.timeline as unknown as TimelineLine[]} />}
      </details>
    </section>
  );
}

function Table({ timeline }: { timeline: TimelineLine[] }) {
  const words = useWords(TIMES);
  const names = useNames();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.what}</th>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {words.columns[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fourTimes(timeline).map((row) => (
          <tr key={row.id}>
            <th scope="row">
              {words.of[row.of]}
              <small>{row.partyName ?? (row.person ? names.person(row.person) : null)}</small>
              {row.stageId && <small>{names.stage(row.stageId)}</small>}
            </th>
            {COLUMNS.map((column) => (
              <td key={column} data-label={words.columns[column]}>
                <Said time={row[column]} nameOf={names.person} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
