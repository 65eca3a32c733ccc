import { msBetween, type Instant } from '../incident/instant.ts';
import type { Plan } from '../plan/load.ts';

/** A document that open duties of an incident ask for. */
export interface AskedDocument {
  /** Its key in the plan. */
  document: string;
  name: string;
  clause: string;
  form: string;
  /** What makes it; null: it is written by hand. */
  template: string | null;
  stages: { stageId: string; stageName: string; clause: string }[];
}

interface OpenedStage {
  id: string;
  stage: string;
  stageName: string;
  resolvedAt: Instant | null;
  /** A statute's day clock: it begins only then. */
  startsAt: Instant | null;
}

interface Opened {
  firstResponse: OpenedStage[];
  branches: { branch: string; stages: OpenedStage[] }[];
}

/**
 * What the plan asks for on paper at an incident's stages that are open and have begun, each document once, in the order in which the duties were opened.
 * Stages and documents that the edition does not have ask for nothing. Pure.
 */
export function askedFor(
  plan: Pick<Plan, 'firstResponse' | 'branches' | 'shared' | 'documents'>,
  { firstResponse, branches }: Opened,
  at: Instant,
): AskedDocument[] {
  const all = [
    ...firstResponse.map((stage) => ({ ...stage, branch: '' })),
    ...branches.flatMap(({ branch, stages }) => stages.map((stage) => ({ ...stage, branch }))),
  ];
  const isAsking = ({ resolvedAt, startsAt }: OpenedStage): boolean =>
    resolvedAt === null && (startsAt === null || msBetween(startsAt, at) >= 0);
  const asked = new Map<string, AskedDocument>();
  for (const { id, stage, stageName, branch } of all.filter(isAsking)) {
    const found = plan.firstResponse[stage] ?? plan.branches[branch]?.stages[stage] ?? plan.shared[stage];
    for (const document of found?.documents ?? []) {
      const paper = plan.documents[document];
      if (!paper) continue;
      const { name, clause, form, template } = paper;
      const one = asked.get(document) ?? { document, name, clause, form, template, stages: [] };
      one.stages.push({ stageId: id, stageName, clause: found!.clause });
      asked.set(document, one);
    }
  }
  return [...asked.values()];
}
