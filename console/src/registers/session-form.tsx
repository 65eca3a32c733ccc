import { useState } from 'react';
import { serverNow } from '../api/clock.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { dateOf, useSend, type Study } from './registers.ts';
import { REGISTERS } from './words.ts';

/** An organised study: its day, and who was there. */
export function SessionForm({ body, hash }: { body: Study['bodies'][number]; hash: string }) {
  const words = useWords(REGISTERS);
  const send = useSend();
  const today = dateOf(serverNow());
  const [heldOn, setHeldOn] = useState(today);
  const [people, setPeople] = useState<string[]>([]);
  const toggle = (id: string, isThere: boolean): void =>
    setPeople(isThere ? [...people, id] : people.filter((one) => one !== id));
  return (
    <details>
      <summary>{words.recordSession}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate(
            { path: '/api/study/sessions', body: { body: body.id, heldOn, people, hash } },
            { onSuccess: () => setPeople([]) },
          );
        }}
      >
        <label>
          {words.heldOn}
          <input
            type="date"
            required
            max={today}
            value={heldOn}
            onChange={({ target }) => setHeldOn(target.value)}
          />
        </label>
        <fieldset>
          <legend>{words.attended}</legend>
          {body.people.map(({ id, name }) => (
            <label key={id} className="tick">
              <input
                type="checkbox"
                checked={people.includes(id)}
                onChange={({ target }) => toggle(id, target.checked)}
              />
              {name}
            </label>
          ))}
        </fieldset>
        <ProblemNote error={send.error} />
        <p role="status">{send.isSuccess && words.saved}</p>
        <button className="go" disabled={people.length === 0 || send.isPending}>
          {words.record}
        </button>
      </form>
    </details>
  );
}
