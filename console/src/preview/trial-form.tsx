import { useReportForm } from '../report/form.ts';
import type { Edition, Plans } from '../plan/plan.ts';
import { useWords } from '../words/words.tsx';
import { PRESETS, type Preset } from './instants.ts';
import { PREVIEW } from './words.ts';

/** What is tried, as it is typed. */
export interface Typed {
  type: string;
  office: string;
  at: string;
  minutes: number;
  drill: boolean;
  /** '' alone, `draft`, or the hash of an edition or a proposal. */
  beside: string;
}

interface Props {
  typed: Typed;
  change(changes: Partial<Typed>): void;
  edition: Edition;
  plans: Plans;
  hasDraft: boolean;
}

/** Which event, where, when, and which plan beside the one in force. */
export function TrialForm({ typed, change, edition, plans, hasDraft }: Props) {
  const words = useWords(PREVIEW);
  const { data: form } = useReportForm();
  return (
    <form className="trial" onSubmit={(event) => event.preventDefault()}>
      <label>
        {words.type}
        <select value={typed.type} onChange={({ target }) => change({ type: target.value })}>
          {edition.eventTypes.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
          <option value="">{words.noType}</option>
        </select>
      </label>
      <label>
        {words.office}
        <select value={typed.office} onChange={({ target }) => change({ office: target.value })}>
          {(form?.offices ?? []).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <div>
        <label>
          {words.at}
          <input
            type="datetime-local"
            value={typed.at}
            onChange={({ target }) => change({ at: target.value })}
          />
        </label>
        <div className="presets">
          {(Object.keys(PRESETS) as Preset[]).map((preset) => (
            <button key={preset} type="button" onClick={() => change({ at: PRESETS[preset]() })}>
              {words.presets[preset]}
            </button>
          ))}
        </div>
      </div>
      <label>
        {words.minutes}
        <select value={typed.minutes} onChange={({ target }) => change({ minutes: Number(target.value) })}>
          {Object.entries(words.spans).map(([minutes, name]) => (
            <option key={minutes} value={minutes}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.plan}
        <select value={typed.beside} onChange={({ target }) => change({ beside: target.value })}>
          <option value="">{words.alone}</option>
          {hasDraft && <option value="draft">{words.draft}</option>}
          {plans.proposals.map(({ nr, hash }) => (
            <option key={nr} value={hash}>
              {words.proposal(nr)}
            </option>
          ))}
          {plans.editions
            .filter(({ inForce }) => !inForce)
            .map(({ hash, edition: date }) => (
              <option key={hash} value={hash}>
                {words.edition(date, hash.slice(0, 8))}
              </option>
            ))}
        </select>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={typed.drill}
          onChange={({ target }) => change({ drill: target.checked })}
        />
        {words.drill}
      </label>
    </form>
  );
}
