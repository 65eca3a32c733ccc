import { useEffect, useState } from 'react';
import { useReportForm } from '../report/form.ts';
import { useSession } from '../api/session.ts';
import { useWords } from '../words/words.tsx';
import type { BoardFilter } from './board.ts';
import { BOARD } from './words.ts';

interface Props {
  filter: BoardFilter;
  change(changes: Partial<BoardFilter>): void;
  matching: number | undefined;
}

/** So long nobody types on: then it is asked for. */
const TYPED_MS = 250;

/** Which of them: by office, by branch, by any part of the number. */
export function Filters({ filter, change, matching }: Props) {
  const words = useWords(BOARD);
  const { offices, branches } = useChoices();
  const [typed, setTyped] = useState(filter.q);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (typed.trim() !== filter.q) change({ q: typed.trim() });
    }, TYPED_MS);
    return () => clearTimeout(timer);
  });
  return (
    <form
      className="filters"
      role="search"
      aria-label={words.filters}
      onSubmit={(event) => event.preventDefault()}
    >
      {offices.length > 1 && (
        <label>
          {words.office}
          <select
            value={filter.office ?? ''}
            onChange={({ target }) => change({ office: target.value || null })}
          >
            <option value="">{words.all}</option>
            {offices.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        {words.branch}
        <select
          value={filter.branch ?? ''}
          onChange={({ target }) => change({ branch: target.value || null })}
        >
          <option value="">{words.all}</option>
          {branches.map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.number}
        <input
          type="search"
          value={typed}
          maxLength={200}
          placeholder={words.numberHint}
          onChange={({ target }) => setTyped(target.value)}
        />
      </label>
      {matching !== undefined && (
        <p role="status" className="soft">
          {words.matching} <b>{matching}</b>
        </p>
      )}
    </form>
  );
}

/** The plan's branches that begin by themselves, and the two that every incident may be in. */
function useChoices() {
  const { data: form } = useReportForm();
  const { data: who } = useSession();
  const own = new Set(who?.offices);
  const named = (form?.kinds ?? []).flatMap(({ branch, branchName }) =>
    branch && branchName ? [[branch, branchName] as const] : [],
  );
  return {
    offices: (form?.offices ?? []).filter(({ id }) => own.has(id)),
    branches: [
      ...new Map([['triage', '待选定处置程序'] as const, ...named, ['aftermath', '后期处置'] as const]),
    ],
  };
}
