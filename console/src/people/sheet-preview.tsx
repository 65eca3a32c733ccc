import { useWords } from '../words/words.tsx';
import type { Change, Preview } from './sheet.ts';
import { PEOPLE } from './words.ts';

/** What a sheet says: every bad row by its number, or what would change. */
export function SheetPreview({ shown }: { shown: Preview }) {
  const words = useWords(PEOPLE);
  const { problems, notices, turns, from, to, changes } = shown;
  if (problems.length > 0)
    return (
      <div className="problem" role="alert">
        <p>{words.bad(problems.length)}</p>
        <ul className="bad-rows" tabIndex={0}>
          {problems.map(({ row, column, code, text, todo }) => (
            <li key={`${row} ${column} ${code} ${text}`}>
              <b>{words.row(row, column)}</b>：{text}。{todo}
            </li>
          ))}
        </ul>
      </div>
    );
  return (
    <div role="status">
      <p>{words.good(turns, from ?? '', to ?? '')}</p>
      {notices.map((notice) => (
        <p key={notice} className="soft">
          {notice}
        </p>
      ))}
      <p>{changes.length > 0 ? words.changes(changes.length) : words.noChanges}</p>
      <ul className="changes" tabIndex={0}>
        {changes.map((change) => (
          <ChangeLine key={`${change.date} ${change.as} ${change.shift}`} change={change} />
        ))}
      </ul>
    </div>
  );
}

function ChangeLine({ change: { date, as, shift, before, after } }: { change: Change }) {
  const words = useWords(PEOPLE);
  const named = (names: string[] | null): string =>
    names === null ? words.noShift : names.join('、') || words.nobody;
  return (
    <li>
      {date} {as === 'dutyLeader' ? `${words.leader} · ${shift}` : shift}：{named(before)} →{' '}
      <b>{named(after)}</b>
    </li>
  );
}
