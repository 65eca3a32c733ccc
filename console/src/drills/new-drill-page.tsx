import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { ask } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { useWords } from '../words/words.tsx';
import { useScenarios, type Drill } from './drills.ts';
import { asOrder, fromScenario, newOrder, type TypedOrder } from './order-form.ts';
import { OrderFields } from './order-fields.tsx';
import { DRILLS } from './words.ts';
import './drills.css';

/** An order as it is drafted: from a kept scenario or by hand, with who takes part and when. */
export function NewDrillPage() {
  const words = useWords(DRILLS);
  const { data: who } = useSession();
  const { data: scenarios } = useScenarios();
  const go = useNavigate();
  const person = who?.account?.person ?? '';
  const [typed, setTyped] = useState<TypedOrder>(() => newOrder(person));
  const scenarioOf = (key: string) => scenarios?.find((scenario) => scenario.key === key);

  async function save(): Promise<void> {
    const order = asOrder({ ...typed, director: typed.director || person }, scenarioOf(typed.scenario));
    const { id } = await ask<Drill>('/api/drills', { method: 'POST', body: { by: person, order } });
    await go(`/drills/${id}`);
  }

  return (
    <section className="page drills">
      <p className="crumb">
        <Link to="/drills">{words.back}</Link>
      </p>
      <h1>{words.fresh}</h1>
      <OrderFields typed={typed} set={(change) => setTyped({ ...typed, ...change })} save={save}>
        <label>
          {words.scenario}
          <select
            value={typed.scenario}
            onChange={({ target }) => setTyped(fromScenario(typed, scenarioOf(target.value)))}
          >
            <option value="">{words.free}</option>
            {scenarios?.map(({ key, title, clause }) => (
              <option key={key} value={key}>
                {title}（{clause}）
              </option>
            ))}
          </select>
        </label>
      </OrderFields>
    </section>
  );
}
