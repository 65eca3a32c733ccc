import { useState } from 'react';
import type { z } from 'zod';
import type { Role } from '../../../src/accounts/roles.ts';
import type { newAccountBody } from '../../../src/api/schemas-accounts.ts';
import { instantOf } from '../preview/instants.ts';
import { useWords } from '../words/words.tsx';
import { ROLE_NAMES } from './roles.ts';
import { ADMIN } from './words.ts';

export type Given = z.input<typeof newAccountBody>;

const EMPTY = { name: '', role: 'officer' as Role, person: '', jurisdiction: '', until: '' };

/** Who is to sign in, as what, where. What was typed stays until it is done. */
export function NewAccount({ busy, add }: { busy: boolean; add(given: Given): Promise<void> }) {
  const words = useWords(ADMIN);
  const roles = useWords(ROLE_NAMES);
  const [typed, setTyped] = useState(EMPTY);
  const set = (changes: Partial<typeof EMPTY>) => setTyped({ ...typed, ...changes });
  const { name, role, person, jurisdiction, until } = typed;
  return (
    <details className="card">
      <summary>{words.add}</summary>
      <form
        className="fields"
        onSubmit={(event) => {
          event.preventDefault();
          add({
            name: name.trim(),
            role,
            person: person.trim() || null,
            jurisdiction: jurisdiction.trim() || null,
            expiresAt: until ? instantOf(until) : null,
          }).then(
            () => setTyped(EMPTY),
            () => undefined, // said above
          );
        }}
      >
        <label>
          {words.name}
          <input
            required
            pattern="[a-z0-9][a-z0-9._\-]{1,39}"
            autoComplete="off"
            value={name}
            onChange={({ target }) => set({ name: target.value })}
          />
          <small>{words.nameHint}</small>
        </label>
        <label>
          {words.role}
          <select value={role} onChange={({ target }) => set({ role: target.value as Role })}>
            {Object.entries(roles).map(([one, its]) => (
              <option key={one} value={one}>
                {its}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.person}
          <input maxLength={64} value={person} onChange={({ target }) => set({ person: target.value })} />
          <small>{words.personHint}</small>
        </label>
        <label>
          {words.jurisdiction}
          <input
            maxLength={64}
            value={jurisdiction}
            onChange={({ target }) => set({ jurisdiction: target.value })}
          />
          <small>{words.jurisdictionHint}</small>
        </label>
        <label>
          {words.until}
          <input
            type="datetime-local"
            required={role === 'auditor'}
            value={until}
            onChange={({ target }) => set({ until: target.value })}
          />
          <small>{words.untilHint}</small>
        </label>
        <button className="go" disabled={busy}>
          {words.create}
        </button>
      </form>
    </details>
  );
}
