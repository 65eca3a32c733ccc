import { shortly } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import type { Told } from './incident.ts';
import { useNames } from './names.ts';
import { INCIDENT } from './words.ts';

/** Who was told, how, and whether they confirmed: each attempt. `now` in milliseconds. */
export function ToldList({ told, now }: { told: Told[]; now: number }) {
  const words = useWords(INCIDENT);
  const names = useNames();
  return (
    <ul className="told-list">
      {told.map((one, index) => (
        <li
          key={index}
          className={one.acknowledgedAt ? 'confirmed' : one.result === 'refused' ? 'refused' : ''}
        >
          <span className="who">
            {one.partyName} {one.person && names.person(one.person)}
            <small>{words.kinds[one.kind] ?? one.kind}</small>
          </span>
          <span className="how">
            {one.sentAt && shortly(one.sentAt, now)}{' '}
            {one.channel && (words.channels[one.channel] ?? one.channel)}{' '}
            {one.result ? (words.results[one.result] ?? one.result) : words.underWay}
            {one.attempts > 1 && `（${words.attempts(one.attempts)}）`}
            {one.code && one.result !== 'accepted' && <small>{one.code}</small>}
          </span>
          <span className="receipt">{receipt(one)}</span>
        </li>
      ))}
    </ul>
  );

  function receipt(one: Told): string {
    const said = [
      one.revokedAt && words.revoked(shortly(one.revokedAt, now)),
      one.declinedAt && words.declined(shortly(one.declinedAt, now)),
      one.arrivedAt && words.arrived(shortly(one.arrivedAt, now)),
      one.acknowledgedAt && words.confirmed(shortly(one.acknowledgedAt, now)),
      one.acknowledgedVia && words.via[one.acknowledgedVia],
    ].filter(Boolean);
    return said.length > 0 ? said.join(' · ') : words.notYet;
  }
}
