import { dayAndClock, shortly } from '../look/time.ts';
import { serverNow } from '../api/clock.ts';
import { useWords } from '../words/words.tsx';
import type { Detail } from './incident.ts';
import { useNames } from './names.ts';
import { INCIDENT } from './words.ts';

const TEXTS = ['situation', 'place', 'measuresTaken', 'source'] as const;
const TIMES = ['occurredAt', 'discoveredAt', 'receivedAt'] as const;
const CODED = ['correctionType', 'minor', 'enrolled'] as const;

/** What is known, when it was learnt, and what the formal report still lacks. */
export function Facts({ detail: { facts, identities } }: { detail: Detail }) {
  const words = useWords(INCIDENT);
  const names = useNames();
  const unknown = identities === 'withheld' ? <i className="soft">{words.withheld}</i> : '—';
  const learnt = (name: string) => {
    const later = facts.learnt[name];
    return later && <small>{words.learnt(shortly(later.at, serverNow()), names.person(later.by))}</small>;
  };
  // Whether a subject's name is known is withheld with the name.
  const told = facts.missing.filter((name) => identities === 'shown' || !name.startsWith('subject.'));
  const missing = told.map(
    (name) =>
      words.missingNames[name.replace(/^subject\..*/, 'subjects')] ??
      (words.facts as Record<string, string>)[name] ??
      name,
  );
  const reporter = [facts.reporter.name, facts.reporter.phone].filter(Boolean).join(' ');
  return (
    <section className="card">
      <h2>{words.what}</h2>
      <dl className="facts">
        {TEXTS.map((name) => (
          <div key={name} className={name === 'situation' ? name : undefined}>
            <dt>{words.facts[name]}</dt>
            <dd>
              {facts[name] ?? (facts.missing.includes(name) ? '—' : unknown)} {learnt(name)}
            </dd>
          </div>
        ))}
        {TIMES.map((name) => (
          <div key={name}>
            <dt>{words.facts[name]}</dt>
            <dd>
              {facts[name] ? dayAndClock(facts[name]) : '—'} {learnt(name)}
            </dd>
          </div>
        ))}
        <div>
          <dt>{words.facts.reporter}</dt>
          <dd>
            {reporter || (facts.missing.includes('reporter.name') ? '—' : unknown)}
            {facts.onBehalf && <small>{words.onBehalf}</small>}
          </dd>
        </div>
        {CODED.map(
          (name) =>
            facts[name] && (
              <div key={name}>
                <dt>{words.facts[name]}</dt>
                <dd>{words.values[facts[name]] ?? facts[name]}</dd>
              </div>
            ),
        )}
        {facts.decidingAuthority && (
          <div>
            <dt>{words.facts.decidingAuthority}</dt>
            <dd>{facts.decidingAuthority}</dd>
          </div>
        )}
      </dl>
      {missing.length > 0 && (
        <p className="lacking">
          {words.missing}：{[...new Set(missing)].join('、')}
        </p>
      )}
      {facts.marks.length > 0 && (
        <p className="lacking">
          {words.marks}：{[...new Set(facts.marks.map((mark) => words.markNames[mark] ?? mark))].join('、')}
        </p>
      )}
    </section>
  );
}
