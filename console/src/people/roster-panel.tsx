import { useState } from 'react';
import { serverNow } from '../api/clock.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import type { Body } from './bodies.ts';
import { Calendar } from './calendar.tsx';
import { lastOf, pathOf, useRoster, type Weeks } from './roster.ts';
import { SheetImport } from './sheet-import.tsx';
import { dateAt, daysOn, mondayOf } from './weeks.ts';
import { PEOPLE } from './words.ts';

const SPANS = [2, 4] as const;

/** A body's roster over two or four weeks, and sheets in and out for whoever keeps it. */
export function RosterPanel({ body, mayImport }: { body: Body; mayImport: boolean }) {
  const words = useWords(PEOPLE);
  const thisWeek = mondayOf(dateAt(serverNow()));
  const [shown, setShown] = useState<Weeks>({ from: thisWeek, weeks: 2 });
  const roster = useRoster(body.id, shown, body.hasRoster);
  const move = (weeks: number): void => setShown({ ...shown, from: daysOn(shown.from, weeks * 7) });
  const standing = roster.data?.editions.find(({ undoneAt }) => undoneAt === null)?.nr ?? null;
  const window = `from=${shown.from}&to=${lastOf(shown)}`;
  return (
    <section className="roster" aria-labelledby="roster">
      <h3 id="roster">{words.roster}</h3>
      {body.hasRoster && (
        <div className="weeks" role="group" aria-label={words.span}>
          {SPANS.map((weeks) => (
            <button
              key={weeks}
              type="button"
              aria-pressed={shown.weeks === weeks}
              onClick={() => setShown({ ...shown, weeks })}
            >
              {words.weeks(weeks)}
            </button>
          ))}
          <button type="button" onClick={() => move(-shown.weeks)}>
            {words.earlier}
          </button>
          <button
            type="button"
            disabled={shown.from === thisWeek}
            onClick={() => setShown({ ...shown, from: thisWeek })}
          >
            {words.today}
          </button>
          <button type="button" onClick={() => move(shown.weeks)}>
            {words.later}
          </button>
          <span className="soft">{words.from(shown.from, lastOf(shown))}</span>
        </div>
      )}
      <ProblemNote error={roster.error} />
      {!body.hasRoster && <p>{words.noRoster}</p>}
      {body.hasRoster && roster.isPending && <Loading />}
      {body.hasRoster && roster.data && <Calendar roster={roster.data} />}
      <h3>{words.sheet}</h3>
      <p className="soft">{words.swap}</p>
      {body.hasRoster && (
        <p className="exports">
          {(['xlsx', 'csv'] as const).map((format) => (
            <a key={format} href={`${pathOf(body.id)}/export?format=${format}&${window}`} download>
              {words.exportAs[format]}
            </a>
          ))}
        </p>
      )}
      {mayImport ? (
        <SheetImport body={body.id} standing={standing} />
      ) : (
        <p className="soft">{words.notYours(body.administrator)}</p>
      )}
    </section>
  );
}
