import { useId, useState } from 'react';
import { durationInWords } from '../look/time.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import { useEditing } from './editing.ts';
import { amountOf, isoOf, UNITS, type Unit } from './limits.ts';
import { PLAN } from './words.ts';

interface Props {
  label: string;
  /** Its place in the plan's file. */
  path: string;
  /** ISO 8601; null: 未载明. */
  value: string | null;
}

/** One of the bureau's own limits in words; a field for it while limits are edited. */
export function LimitField({ label, path, value }: Props) {
  const words = useWords(PLAN);
  const { language } = useSpeech();
  const editing = useEditing();
  const inWords = value === null ? words.none : durationInWords(value, language);
  if (editing) return <Edited {...{ label, path, value, inWords, editing }} />;
  return (
    <span className="limit">
      {label} <b className={value === null ? 'unset' : ''}>{inWords}</b>
    </span>
  );
}

function Edited({
  label,
  path,
  value,
  inWords,
  editing,
}: Props & { inWords: string; editing: NonNullable<ReturnType<typeof useEditing>> }) {
  const words = useWords(PLAN);
  const id = useId();
  const isEdited = path in editing.edits;
  const { amount, unit: said } = amountOf(isEdited ? editing.edits[path]! : value);
  const [picked, setPicked] = useState<Unit | null>(null);
  const unit = picked ?? said;
  const isWrong = editing.wrong.has(path);
  const set = (nextAmount: string, nextUnit: Unit) => {
    setPicked(nextUnit);
    editing.set(path, isoOf(nextAmount, nextUnit), value);
  };
  // In the unit that was picked; the same span may be said in several.
  const shown = picked && isEdited ? typedIn(editing.edits[path]!, picked, amount) : amount;
  return (
    <span className={`limit edited${isEdited ? ' changed' : ''}`}>
      <label htmlFor={id}>{label}</label>
      <span className="limit-inputs">
        <input
          id={id}
          data-path={path}
          inputMode="numeric"
          autoComplete="off"
          maxLength={12}
          placeholder={words.none}
          value={shown}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? `${id}-wrong` : undefined}
          onChange={({ target }) => set(target.value, unit)}
        />
        <select
          aria-label={`${label} · ${words.amount}`}
          value={unit}
          onChange={({ target }) => set(shown, target.value as Unit)}
        >
          {UNITS.map((one) => (
            <option key={one} value={one}>
              {words.unit[one]}
            </option>
          ))}
        </select>
      </span>
      {isEdited && (
        <span className="was">
          {words.was(inWords)}{' '}
          <button
            type="button"
            className="link"
            onClick={() => {
              setPicked(null);
              editing.set(path, value, value);
            }}
          >
            {words.back}
          </button>
        </span>
      )}
      {isWrong && (
        <span id={`${id}-wrong`} className="wrong" role="alert">
          {words.badLimit}
        </span>
      )}
    </span>
  );
}

function typedIn(iso: string | null, unit: Unit, otherwise: string): string {
  if (iso === null) return '';
  const said = unit === 'D' ? /^P(.*)D$/.exec(iso)?.[1] : new RegExp(`^PT(.*)${unit}$`).exec(iso)?.[1];
  return said ?? otherwise;
}
