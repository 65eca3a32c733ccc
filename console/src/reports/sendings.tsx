import { serverNow } from '../api/clock.ts';
import { useNames } from '../incident/names.ts';
import { shortly } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import type { Link } from './chain.ts';
import { REPORTS } from './words.ts';

/** Whom a report was sent to, and who has received it when. */
export function Sendings({ link: { sendings } }: { link: Link }) {
  const words = useWords(REPORTS);
  const names = useNames();
  const now = serverNow();
  if (sendings.length === 0) return null;
  return (
    <>
      <h3>{words.sentTo}</h3>
      {sendings.map(({ sending, at, signed, old, outcome, recipients }) => (
        <div key={sending} className={`sending ${outcome === 'lapsed' ? 'lapsed' : ''}`}>
          <p>
            {shortly(at, now)}
            {` · ${signed ? words.statuses['signed'] : words.ahead}`}
            {old && ` · ${words[old.act]}`}
            {outcome === 'lapsed' && ` · ${words.lapsed}`}
          </p>
          <ul className="plain-list">
            {(outcome === 'lapsed' ? recipients.filter((each) => each.receivedAt) : recipients).map(
              ({ party, name, receivedAt, receivedBy, receivedVia, climbedTo }) => (
                <li key={party} className={receivedAt ? 'received' : 'silent'}>
                  <b>{name}</b>{' '}
                  <span>
                    {receivedAt ? words.receivedAt(shortly(receivedAt, now)) : words.notReceived}
                    {receivedBy && ` · ${names.person(receivedBy)}`}
                    {receivedVia && ` · ${words.via[receivedVia] ?? receivedVia}`}
                    {climbedTo && ` · ${words.climbed(climbedTo)}`}
                  </span>
                </li>
              ),
            )}
          </ul>
        </div>
      ))}
    </>
  );
}
