import { serverNow } from '../api/clock.ts';
import { useNames } from '../incident/names.ts';
import { shortly } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import type { Chain, Instruction } from './chain.ts';
import { InstructionForm } from './instruction-form.tsx';
import { REPORTS } from './words.ts';

/** 批示: what leaders want done, and how far it is. */
export function Instructions({ id, chain, acts }: { id: string; chain: Chain; acts: boolean }) {
  const words = useWords(REPORTS);
  return (
    <section className="card">
      <h2>{words.instructions}</h2>
      {chain.instructions.length === 0 && <p className="soft">{words.none}</p>}
      <ol className="plain-list">
        {chain.instructions.map((one) => (
          <One key={one.instruction} one={one} />
        ))}
      </ol>
      {acts && <InstructionForm id={id} />}
    </section>
  );
}

function One({ one }: { one: Instruction }) {
  const words = useWords(REPORTS);
  const names = useNames();
  const now = serverNow();
  const state = one.endedAt ? 'done' : one.overdueAt ? 'overdue' : 'open';
  return (
    <li>
      <b>{words.nr(one.instruction)}</b> <span className={`stage-state ${state}`}>{words[state]}</span>
      <small>
        {one.from ? names.person(one.from) : (one.fromName ?? words.leader)} {shortly(one.givenAt, now)} →{' '}
        {one.person ? names.person(one.person) : one.partyName} ·{' '}
        {one.dueAt ? `${words.dueAt.replace(/（.*|\(.*/, '')} ${shortly(one.dueAt, now)}` : words.noDue}
      </small>
      {one.words && <p className="words">{one.words}</p>}
      {one.carriedOut && (
        <p className="soft">
          {words.result}：{one.carriedOut}
        </p>
      )}
    </li>
  );
}
