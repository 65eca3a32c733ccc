import { hasStage, planStage } from '../incident/escalation.ts';
import { ENDED_BY_THEIR_ACT } from '../plan/coded-stages.ts';
import { choosableBranches, planPart } from '../plan/part-of.ts';
import type { PlanPart } from '../plan/part.ts';
import { at, type Act } from './act.ts';
import { effectsOfOutcome, effectsOfSwitch, type Effects } from './effects.ts';
import { keyInWords, sayEffects, type Said } from './say.ts';
import { openIn, type Standing } from './standing.ts';

/** What can be recorded of each open stage, with what each outcome causes. */
export async function outcomeActs(standing: Omit<Standing, 'detail'>, only?: string): Promise<Act[]> {
  const { plan, part, stages } = standing;
  const listed = openIn(standing).filter(({ id, stage }) =>
    only === undefined ? !ENDED_BY_THEIR_ACT.includes(stage) : id === only,
  );
  const acts: Act[] = [];
  for (const { id, stage } of listed) {
    // A stage of an earlier edition of the branch has no rules here.
    if (!hasStage(part, stage) || ENDED_BY_THEIR_ACT.includes(stage)) continue;
    const rules = planStage(part, stage);
    for (const [outcome, { name, evidence }] of Object.entries(rules.outcomes)) {
      const effects = await effectsOfOutcome(part, stages, { stage, outcome }, (key) => planPart(plan, key));
      const title = {
        zh: `${rules.name}：${name}`,
        en: `${keyInWords(stage)}: ${keyInWords(outcome)}`,
      };
      acts.push({
        act: 'outcome',
        route: at('stages/:stage/outcome'),
        stageId: id,
        body: { outcome },
        asks: { field: 'evidence', label: evidence },
        title,
        ...said({ zh: `记录${title.zh}`, en: `record ${title.en}` }, part, effects),
      });
    }
  }
  return acts;
}

const said = (act: Said, part: PlanPart, effects: Effects): Pick<Act, 'causes' | 'opens'> => ({
  causes: sayEffects(act, part, effects),
  opens: effects.opens,
});

/** The branches a person may choose, with what each choice ends and opens. */
export async function branchActs({ plan, part, stages }: Omit<Standing, 'detail'>): Promise<Act[]> {
  if (part.branch.workflow === 'aftermath') return [];
  const others = choosableBranches(plan).filter((key) => key !== part.branch.key);
  return Promise.all(
    others.map(async (key): Promise<Act> => {
      const to = planPart(plan, key);
      const title = { zh: `转入${to.branch.name}`, en: `go on as ${keyInWords(key)}` };
      return {
        act: 'branch',
        route: at('branch'),
        stageId: null,
        body: { branch: key },
        asks: { field: 'reason', label: '理由' },
        title,
        ...said({ zh: '改选程序', en: 'choose another branch' }, part, await effectsOfSwitch(to, stages)),
      };
    }),
  );
}
