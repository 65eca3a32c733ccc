import { clock, day, durationInWords } from '../look/time.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import type { Minute, Row } from './preview.ts';
import { PREVIEW } from './words.ts';

/** Who is told, minute by minute. */
export function Ladder({ minutes }: { minutes: Minute[] }) {
  const words = useWords(PREVIEW);
  const after = useAfter();
  return (
    <ol className="ladder">
      {minutes.map(({ at, minutes: nr, rows }, index) => (
        <li key={nr}>
          <div className="minute">
            <time dateTime={at}>
              {(index === 0 || day(at) !== day(minutes[index - 1]!.at)) && <small>{day(at)}</small>}
              {clock(at)}
            </time>
            <span>{nr === 0 ? words.start : words.after(after(nr))}</span>
          </div>
          <ul>
            {rows.map((row) => (
              <Told key={`${row.line.key} ${row.change}`} row={row} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function Told({ row: { line, change, was } }: { row: Row }) {
  const words = useWords(PREVIEW);
  const { language } = useSpeech();
  const after = useAfter();
  const { what, partyName, personName, by, result, outside, automatic, within } = line;
  return (
    <li className={`told ${what} ${change ?? ''}`}>
      {change && change !== 'same' && (
        <span className={`change ${change}`}>
          {words.changes[change]}
          {was !== null && `（${words.was(after(was))}）`}
        </span>
      )}
      {partyName ? (
        <>
          <b>{partyName}</b> {personName}
          {outside && <span className="mark"> {words.outside}</span>}{' '}
          {by && <span className="by">{words.method[by] ?? by}</span>}
          {result && result !== 'accepted' && (
            <span className="wrong"> {words.results[result] ?? result}</span>
          )}
          <small>
            {words.what[what]} · {line.stageName}
          </small>
        </>
      ) : (
        <>
          <span className={`source ${line.source}`}>{words.sources[line.source]}</span>{' '}
          <b>
            {line.clause} {line.stageName}
          </b>{' '}
          {words.what[what]}
          {what === 'opened' && (
            <span className="soft">
              {' '}
              {within === null ? words.noLimit : words.limit(durationInWords(within, language))}
            </span>
          )}
          {automatic && <span className="automatic"> {words.automatic}</span>}
        </>
      )}
    </li>
  );
}

function useAfter(): (minutes: number) => string {
  const { language } = useSpeech();
  return (minutes) => {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    return durationInWords(`PT${hours ? `${hours}H` : ''}${rest || !hours ? `${rest}M` : ''}`, language);
  };
}
