import { MEASURES } from '../../../src/incident/measures.ts';
import { serverNow } from '../api/clock.ts';
import { stagesOf, type Detail, type Stage } from '../incident/incident.ts';
import { useNames } from '../incident/names.ts';
import { dayAndClock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { TIMES } from './words.ts';
import './accountability.css';

const isMeasure = ({ stage }: Stage): boolean => MEASURES.some((measure) => stage.startsWith(`${measure}_`));

/** What follows from the investigation: who sees to it, until when, and how far it is. Nothing where there is none. */
export function Measures({ detail }: { detail: Detail }) {
  const words = useWords(TIMES);
  const names = useNames();
  // Sent back, a correction stands there once more: the last opening counts.
  const latest = new Map(stagesOf(detail).map((stage) => [stage.id, stage]));
  const measures = [...latest.values()].filter(isMeasure);
  if (measures.length === 0) return null;
  return (
    <section className="card">
      <h2>{words.measures}</h2>
      <ul className="plain-list">
        {measures.map((one) => (
          <li key={one.id}>
            <b>{one.stageName}</b> · {names.party(one.owner)} · <State of={one} latest={latest} />
            {one.dueAt && <small>{words.due(dayAndClock(one.dueAt))}</small>}
            {one.action && <p className="words">{one.action}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function State({ of, latest }: { of: Stage; latest: Map<string, Stage> }) {
  const { states } = useWords(TIMES);
  const names = useNames();
  if (of.outcome === null) {
    const isLate = of.dueAt !== null && Date.parse(of.dueAt) < serverNow();
    return <span>{isLate ? states.overdue : states.open}</span>;
  }
  const closing = latest.get(of.id.replace('correctiveAction_', 'correctiveActionClosed_'));
  if (closing && closing.id !== of.id)
    return <span>{closing.outcome === 'confirmed' ? states.confirmed : states.toConfirm}</span>;
  return <span>{names.outcome(of.stage.replace(/_\d+$/, ''), of.outcome)}</span>;
}
