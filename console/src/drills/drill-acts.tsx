import { Link } from 'react-router';
import { isProblem } from '../api/problem.ts';
import { may, type RightName, type WhoAmI } from '../api/session.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { ConsentsMissing, withoutConsent } from './consents-missing.tsx';
import { useDrillAct, type Drill } from './drills.ts';
import { Sure } from '../look/sure.tsx';
import { mayBeChanged } from './order-form.ts';
import { DRILLS } from './words.ts';

type Act = 'approve' | 'withdraw' | 'start' | 'real' | 'end' | 'score' | 'finish';

const RIGHT: Record<Act, RightName> = {
  approve: 'approveDrill',
  withdraw: 'orderDrill',
  start: 'approveDrill',
  real: 'respond',
  end: 'orderDrill',
  score: 'approveDrill',
  finish: 'approveDrill',
};

const ACTS: Partial<Record<Drill['status'], Act[]>> = {
  draft: ['approve', 'withdraw'],
  approved: ['start', 'withdraw'],
  running: ['real', 'end'],
  ended: ['score'],
  scored: ['finish'],
};

/** Whether what the refusal asked for is there by now. */
const isAnswered = (error: unknown, drill: Drill): boolean =>
  isProblem(error, 'DRILL_CONSENT_MISSING') && withoutConsent(drill).length === 0;

/** What may be done with a drill now. 真实情况 stands first, and alone in its colour. */
export function DrillActs({ drill, who }: { drill: Drill; who: WhoAmI }) {
  const words = useWords(DRILLS);
  const person = who.account?.person ?? null;
  const { mutate, isPending, error } = useDrillAct(drill.id, person);
  const acts = person === null ? [] : (ACTS[drill.status] ?? []).filter((act) => may(who, RIGHT[act]));
  return (
    <div className="drill-acts">
      {acts.map((act) => (
        <Sure
          key={`${drill.status} ${act}`}
          name={words.acts[act]}
          question={words.sure[act]!}
          busy={isPending}
          danger={act === 'real' ? 'always' : undefined}
          act={() => mutate(act === 'approve' ? { act, draftedAt: drill.draftedAt } : { act })}
        />
      ))}
      {mayBeChanged(drill) && person !== null && may(who, 'orderDrill') && (
        <Link to={`/drills/${drill.id}/change`}>{words.change}</Link>
      )}
      {drill.status === 'running' && <p className="soft">{words.realHint}</p>}
      {drill.status === 'replaced' && (
        <Link className="alarm-link" to="/report">
          {words.reportReal}
        </Link>
      )}
      <ProblemNote error={isAnswered(error, drill) ? null : error} />
      <ConsentsMissing drill={drill} />
    </div>
  );
}
