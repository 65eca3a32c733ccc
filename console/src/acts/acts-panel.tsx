import { useWords } from '../words/words.tsx';
import type { Act } from './acts.ts';
import { ActButtons, Overtaken, useActing } from './acting.tsx';
import { ACTS } from './words.ts';

const GROUP_OF: Record<string, string> = {
  proposeClosing: 'closing',
  falseAlarm: 'closing',
  approveClosing: 'closing',
  refuseClosing: 'closing',
  branch: 'branch',
  stillResponding: 'other',
};
const GROUPS = ['other', 'closing', 'record', 'branch'];

/** What may be done with the incident as a whole; what is done of a duty stands with the duty. */
export function ActsPanel() {
  const words = useWords(ACTS);
  const { acts } = useActing();
  const groups = new Map<string, Act[]>();
  for (const act of acts.filter(({ stageId }) => stageId === null)) {
    const group = GROUP_OF[act.act] ?? 'record';
    groups.set(group, [...(groups.get(group) ?? []), act]);
  }
  return (
    <section className="card acts">
      <h2>{words.title}</h2>
      {acts.length === 0 && <p className="soft">{words.none}</p>}
      <Overtaken />
      {GROUPS.flatMap((group) => {
        const own = groups.get(group);
        return own
          ? [
              <div key={group}>
                <h3>{words.groups[group]}</h3>
                <ActButtons acts={own} />
              </div>,
            ]
          : [];
      })}
    </section>
  );
}
