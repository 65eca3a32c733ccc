import { serverNow } from '../api/clock.ts';
import { useWords } from '../words/words.tsx';
import { daysOf, type Roster, type RosterDay } from './roster.ts';
import { dateAt, weekdayOf } from './weeks.ts';
import { PEOPLE } from './words.ts';

/** Who has duty on each day: weeks of seven on a desk, a list by days on a phone. */
export function Calendar({ roster }: { roster: Roster }) {
  const words = useWords(PEOPLE);
  const today = dateAt(serverNow());
  const days = daysOf(roster);
  const hasToday = days.some(({ date }) => date === today);
  return (
    <>
      <p className={roster.gaps.length > 0 ? 'gap-count' : 'soft'} role="status">
        {roster.gaps.length > 0 ? words.gaps(roster.gaps.length) : words.noGaps}
      </p>
      <p className="soft">{roster.header.slice(2, -1).join(' · ')}</p>
      <ol className="calendar">
        {days.map((day) => (
          <Day key={day.date} day={day} isToday={day.date === today} isPast={hasToday && day.date < today} />
        ))}
      </ol>
    </>
  );
}

/** The hours stand above the calendar, once. */
const withoutHours = (shift: string): string => shift.replace(/（.*）$/, '');

function Day({ day, isToday, isPast }: { day: RosterDay; isToday: boolean; isPast: boolean }) {
  const words = useWords(PEOPLE);
  const { date, kind, name, shifts, gaps, note } = day;
  const state = [kind, isToday ? 'today' : '', isPast ? 'past' : '', gaps.length > 0 ? 'lacking' : ''];
  return (
    <li className={`day ${state.join(' ')}`} data-date={date}>
      <p className="date">
        <b>{`${Number(date.slice(5, 7))}/${Number(date.slice(8))}`}</b>{' '}
        <span className="weekday">{words.weekdays[weekdayOf(date)]}</span>{' '}
        {isToday && <span className="mark new">{words.isToday}</span>}
        {(kind === 'holiday' || kind === 'shiftedWorkday') && (
          <span className={`mark ${kind}`}>
            {words[kind]} {name}
          </span>
        )}
      </p>
      {shifts.map(({ shift, people, isEmpty }) => (
        <p key={shift} className="shift">
          <small title={shift}>{withoutHours(shift)}</small>{' '}
          {isEmpty ? <b className="lack">{words.nobody}</b> : people}
        </p>
      ))}
      {gaps.map(({ as, from, to }) => (
        <p key={`${as} ${from}`} className="gap">
          {from}–{to} {words.gap[as]}
        </p>
      ))}
      {note && <p className="soft">{note}</p>}
    </li>
  );
}
