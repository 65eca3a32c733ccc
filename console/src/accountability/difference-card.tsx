import { dayAndClock, durationInWords } from '../look/time.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import type { Difference, OfIncident } from './differences.ts';
import { Explain } from './explain.tsx';
import { Judge } from './judge.tsx';
import { Said } from './said-time.tsx';
import { TIMES } from './words.ts';

interface Props {
  incident: string;
  difference: Difference;
  names: OfIncident['names'];
}

/** One difference: the times side by side with their sources, what was said of it, and what this reader may say. */
export function DifferenceCard({ incident, difference, names }: Props) {
  const words = useWords(TIMES);
  const { language } = useSpeech();
  const { kind, role, person, times, limit, who, confirmed, source, said } = difference;
  const nameOf = (id: string): string => names[id] ?? id;
  return (
    <section className="card difference">
      <p className="tag">{words.tag}</p>
      <h3>{words.kinds[kind]}</h3>
      <p className="soft">{role === 'person' ? words.asPerson : words.asSupervisor(nameOf(person ?? ''))}</p>
      <dl className="compared">
        {times.map((time) => (
          <div key={`${time.label} ${time.seq}`}>
            <dt>{words.labels[time.label]}</dt>
            <dd>
              <Said time={time} nameOf={nameOf} />
            </dd>
          </div>
        ))}
      </dl>
      <dl className="facts">
        <Fact name={words.who} value={who} />
        <Fact name={words.confirmed} value={confirmed} />
        <Fact name={words.basis} value={source} />
      </dl>
      {limit && <p className="soft">{words.limit(durationInWords(limit.within, language))}</p>}
      {said.length > 0 && (
        <ol className="plain-list">
          {said.map(({ at, by, what, text }) => (
            <li key={`${at} ${what}`}>
              <b>{words.said[what]}</b> · {nameOf(by)} · {dayAndClock(at)}
              {text && <p className="words">{text}</p>}
              {what === 'explained' && text === null && <p className="soft">{words.erased}</p>}
            </li>
          ))}
        </ol>
      )}
      {role === 'person' ? (
        <Explain incident={incident} difference={difference.difference} />
      ) : (
        <Judge incident={incident} difference={difference.difference} />
      )}
    </section>
  );
}

const Fact = ({ name, value }: { name: string; value: string | null }) =>
  value && (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
