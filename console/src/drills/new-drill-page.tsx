import { useState, type FormEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import { ask } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useBodies } from '../people/bodies.ts';
import { useReportForm } from '../report/form.ts';
import { useWords } from '../words/words.tsx';
import { useScenarios, type Drill } from './drills.ts';
import { OfficeChoice } from './office-choice.tsx';
import { asOrder, fromScenario, newOrder, type TypedOrder } from './order-form.ts';
import { DRILLS } from './words.ts';
import './drills.css';

const PACES = [1, 10, 30, 60];
const HOURS = [1, 2, 4, 6, 8, 24];

/** An order as it is drafted: from a kept scenario or by hand, with who takes part and when. */
export function NewDrillPage() {
  const words = useWords(DRILLS);
  const { data: who } = useSession();
  const { data: scenarios } = useScenarios();
  const { data: form } = useReportForm();
  const bodies = useBodies().data?.bodies ?? [];
  const go = useNavigate();
  const person = who?.account?.person ?? '';
  const [typed, setTyped] = useState<TypedOrder>(() => newOrder(person));
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const set = (change: Partial<TypedOrder>): void => setTyped({ ...typed, ...change });
  const scenario = scenarios?.find(({ key }) => key === typed.scenario);
  const isEmpty = Object.keys(typed.offices).length === 0;

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setState({ busy: true });
    try {
      const order = asOrder({ ...typed, director: typed.director || person }, scenario);
      const { id } = await ask<Drill>('/api/drills', { method: 'POST', body: { by: person, order } });
      await go(`/drills/${id}`);
    } catch (error) {
      setState({ busy: false, error });
    }
  }

  const line = (
    name: 'title' | 'place' | 'subject' | 'keyPeriod' | 'weakPoint' | 'riskPoint',
    label: string,
  ) => (
    <label className={name === 'weakPoint' || name === 'riskPoint' ? 'wide' : undefined}>
      {label}
      <input
        required={name === 'title'}
        maxLength={name.endsWith('Point') || name === 'keyPeriod' ? 400 : 100}
        value={typed[name]}
        onChange={({ target }) => set({ [name]: target.value })}
      />
    </label>
  );
  return (
    <section className="page drills">
      <p className="crumb">
        <Link to="/drills">{words.back}</Link>
      </p>
      <h1>{words.fresh}</h1>
      <form className="drill-form" onSubmit={(event) => void save(event)}>
        <label>
          {words.scenario}
          <select
            value={typed.scenario}
            onChange={({ target }) =>
              setTyped(
                fromScenario(
                  typed,
                  scenarios?.find(({ key }) => key === target.value),
                ),
              )
            }
          >
            <option value="">{words.free}</option>
            {scenarios?.map(({ key, title, clause }) => (
              <option key={key} value={key}>
                {title}（{clause}）
              </option>
            ))}
          </select>
        </label>
        {line('title', words.name)}
        <label>
          {words.type}
          <select value={typed.eventType} onChange={({ target }) => set({ eventType: target.value })}>
            <option value="">{words.noType}</option>
            {form?.kinds.map(({ eventType, name }) => (
              <option key={eventType} value={eventType}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="wide">
          {words.situation}
          <textarea
            required
            rows={3}
            maxLength={4_000}
            value={typed.situation}
            onChange={({ target }) => set({ situation: target.value })}
          />
        </label>
        {line('place', words.place)}
        {line('subject', words.subject)}
        {line('keyPeriod', words.keyPeriod)}
        {line('weakPoint', words.weakPoint)}
        {line('riskPoint', words.riskPoint)}
        <label>
          {words.starts}
          <input
            type="datetime-local"
            required
            value={typed.startsAt}
            onChange={({ target }) => set({ startsAt: target.value })}
          />
        </label>
        <label>
          {words.duration2}
          <select value={typed.duration} onChange={({ target }) => set({ duration: target.value })}>
            {HOURS.map((hours) => (
              <option key={hours} value={`PT${hours}H`}>
                {words.hours(hours)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.pace}
          <select value={typed.pace} onChange={({ target }) => set({ pace: Number(target.value) })}>
            {PACES.map((pace) => (
              <option key={pace} value={pace}>
                {words.paceOf(pace)}
              </option>
            ))}
          </select>
        </label>
        <OfficeChoice {...{ bodies, offices: form?.offices ?? [], typed, set }} />
        <ProblemNote error={state.error} />
        <button className="confirm" disabled={state.busy || isEmpty}>
          {state.busy ? words.saving : words.save}
        </button>
        {isEmpty && <p className="soft">{words.needPeople}</p>}
      </form>
    </section>
  );
}
