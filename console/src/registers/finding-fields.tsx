import type { z } from 'zod';
import type { screeningBody } from '../../../src/api/schemas-registers.ts';
import type { Member } from '../people/bodies.ts';
import { useWords } from '../words/words.tsx';
import { REGISTERS } from './words.ts';

export type Typed = NonNullable<z.input<typeof screeningBody>['findings']>[number];

interface Props {
  number: number;
  finding: Typed;
  people: Member[];
  /** The day of the round: a follow-up is not due before. */
  heldOn: string;
  /** Null: take it away. */
  change(next: Typed | null): void;
}

/** One finding of a round as it is typed. */
export function FindingFields({ number, finding, people, heldOn, change }: Props) {
  const words = useWords(REGISTERS);
  const set = (part: Partial<Typed>): void => change({ ...finding, ...part });
  const area = (field: 'situation' | 'measure', label: string) => (
    <label>
      {label}
      <textarea
        required
        rows={2}
        maxLength={4_000}
        value={finding[field]}
        onChange={({ target }) => set({ [field]: target.value })}
      />
    </label>
  );
  return (
    <fieldset className="finding">
      <legend>{words.finding(number)}</legend>
      <label>
        {words.file}
        <input
          required
          maxLength={200}
          autoComplete="off"
          value={finding.file}
          onChange={({ target }) => set({ file: target.value })}
        />
        <small>{words.fileHint}</small>
      </label>
      <label>
        {words.risk}
        <select value={finding.risk} onChange={({ target }) => set({ risk: target.value as Typed['risk'] })}>
          {Object.entries(words.risks).map(([risk, name]) => (
            <option key={risk} value={risk}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {area('situation', words.found)}
      {area('measure', words.measure)}
      <label>
        {words.owner}
        <select required value={finding.owner} onChange={({ target }) => set({ owner: target.value })}>
          <option value="">{words.choose}</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.dueOn}
        <input
          type="date"
          required
          min={heldOn}
          value={finding.dueOn}
          onChange={({ target }) => set({ dueOn: target.value })}
        />
      </label>
      <button type="button" onClick={() => change(null)}>
        {words.remove}
      </button>
    </fieldset>
  );
}
