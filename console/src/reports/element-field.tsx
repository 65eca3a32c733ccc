import { useWords } from '../words/words.tsx';
import type { Element } from './chain.ts';
import { REPORTS } from './words.ts';

/** An element as somebody writes it down. */
export interface Entered {
  state: 'told' | 'unchanged' | 'verifying';
  value: string;
  /** Local date and time, in China. */
  until: string;
}

interface Props {
  name: Element;
  entered: Entered;
  isFinal: boolean;
  set(next: Entered): void;
}

const STATES = ['told', 'verifying', 'unchanged'] as const;

/** One element: a value, as it was told before, or 正在核实 until a time. A final report has values alone. */
export function ElementField({ name, entered, isFinal, set }: Props) {
  const words = useWords(REPORTS);
  const { state, value, until } = entered;
  const title = words.elements[name]!;
  return (
    <fieldset className="element-field">
      <legend>{title}</legend>
      {!isFinal && (
        <div className="states">
          {STATES.map((each) => (
            <label key={each}>
              <input
                type="radio"
                name={`state-${name}`}
                checked={state === each}
                onChange={() => set({ ...entered, state: each })}
              />
              {words.enters[each]}
            </label>
          ))}
        </div>
      )}
      {(isFinal || state !== 'verifying') && (
        <textarea
          aria-label={`${title} ${words.value}`}
          rows={name === 'development' || name === 'measures' ? 3 : 1}
          maxLength={4_000}
          value={value}
          readOnly={!isFinal && state === 'unchanged'}
          onChange={({ target }) => set({ ...entered, value: target.value })}
        />
      )}
      {!isFinal && state === 'verifying' && (
        <label>
          {words.verifyUntil}
          <input
            type="datetime-local"
            aria-label={`${title} ${words.verifyUntil}`}
            value={until}
            onChange={({ target }) => set({ ...entered, until: target.value })}
          />
        </label>
      )}
    </fieldset>
  );
}
