import { useState } from 'react';
import { useWords } from '../words/words.tsx';
import type { Kind } from './form.ts';
import { Picture } from './pictures.tsx';
import { REPORT } from './words.ts';

/** How many kinds are shown before the others are asked for: what fits above the thumb. */
const FIRST = 4;

interface Props {
  kinds: Kind[];
  /** Null: nothing chosen. '' : not sure. */
  chosen: string | null;
  choose(eventType: string): void;
}

/** What happened, by picture and word. */
export function KindGrid({ kinds, chosen, choose }: Props) {
  const words = useWords(REPORT);
  const [all, setAll] = useState(false);
  const named = (eventType: string): Kind[] => kinds.filter((kind) => kind.eventType === eventType);
  // The four that a night brings, whatever order the plan has them in; then the others as the plan has them.
  const first = ['lostContact', 'riskSign', 'actInProgress', 'disaster'].flatMap(named);
  const ordered = [...first, ...kinds.filter((kind) => !first.includes(kind))];
  const shown = all ? ordered : ordered.slice(0, FIRST);
  const hidden = ordered.find(
    ({ eventType }) => eventType === chosen && !shown.some((k) => k.eventType === chosen),
  );
  const tiles = hidden ? [...shown, hidden] : shown;

  return (
    <fieldset className="kinds">
      <legend>{words.kind}</legend>
      <div className="grid">
        {tiles.map(({ eventType, name, branch }) => (
          <label key={eventType} className="tile">
            <input
              type="radio"
              name="eventType"
              value={eventType}
              checked={chosen === eventType}
              onChange={() => choose(eventType)}
            />
            <Picture eventType={eventType} branch={branch} />
            <span>{name}</span>
          </label>
        ))}
        <label className="tile plain">
          <input type="radio" name="eventType" value="" checked={chosen === ''} onChange={() => choose('')} />
          <span>{words.unsure}</span>
        </label>
        {ordered.length > FIRST && (
          <button type="button" className="tile plain" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? words.fewer : words.more}
          </button>
        )}
      </div>
    </fieldset>
  );
}
