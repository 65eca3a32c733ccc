import { useState } from 'react';
import type { z } from 'zod';
import type { screeningBody } from '../../../src/api/schemas-registers.ts';
import { serverNow } from '../api/clock.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useBodies } from '../people/bodies.ts';
import { useWords } from '../words/words.tsx';
import { FindingFields, type Typed } from './finding-fields.tsx';
import { dateOf, useSend, type Screenings } from './registers.ts';
import { REGISTERS } from './words.ts';

const NOTHING: Typed = { risk: 'selfHarm', file: '', situation: '', measure: '', owner: '', dueOn: '' };

/** A new round of an office: its day, who took part, and what was found. What was typed stays until it was taken. */
export function RoundForm({ offices }: { offices: Screenings['offices'] }) {
  const words = useWords(REGISTERS);
  const send = useSend();
  const bodies = useBodies();
  const today = dateOf(serverNow());
  const [office, setOffice] = useState(offices[0]!.id);
  const [heldOn, setHeldOn] = useState(today);
  const [participants, setParticipants] = useState<string[]>([]);
  const [findings, setFindings] = useState<Typed[]>([]);
  const people = bodies.data?.bodies.find(({ id }) => id === office)?.people ?? [];
  const put = (at: number, next: Typed | null): void =>
    setFindings(findings.flatMap((one, index) => (index === at ? (next ?? []) : one)));

  function submit(): void {
    const body: Omit<z.input<typeof screeningBody>, 'by'> = { office, heldOn, participants, findings };
    send.mutate(
      { path: '/api/screenings', body },
      {
        onSuccess: () => {
          setParticipants([]);
          setFindings([]);
        },
      },
    );
  }

  return (
    <details className="card">
      <summary>{words.newRound}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {offices.length > 1 && (
          <label>
            {words.office}
            <select
              value={office}
              onChange={({ target }) => {
                setOffice(target.value);
                setParticipants([]);
              }}
            >
              {offices.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
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
          <legend>{words.participants}</legend>
          {people.map(({ id, name }) => (
            <label key={id} className="tick">
              <input
                type="checkbox"
                checked={participants.includes(id)}
                onChange={({ target }) =>
                  setParticipants(
                    target.checked ? [...participants, id] : participants.filter((one) => one !== id),
                  )
                }
              />
              {name}
            </label>
          ))}
        </fieldset>
        {findings.map((finding, index) => (
          <FindingFields
            key={index}
            number={index + 1}
            finding={finding}
            people={people}
            heldOn={heldOn}
            change={(next) => put(index, next)}
          />
        ))}
        <p>
          <button type="button" onClick={() => setFindings([...findings, { ...NOTHING }])}>
            {words.addFinding}
          </button>
        </p>
        <ProblemNote error={send.error ?? bodies.error} />
        <p role="status">{send.isSuccess && words.saved}</p>
        <button className="go" disabled={participants.length === 0 || send.isPending}>
          {words.record}
        </button>
      </form>
    </details>
  );
}
