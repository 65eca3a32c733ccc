import { outcomeName } from '../documents/lists.ts';
import { offices, personById, type Organisation } from '../people/organisation.ts';
import { readPlanText, type Plan } from '../plan/load.ts';
import type { BundleNames } from './entry-words.ts';
import type { Gathered } from './gather.ts';

export interface PageNames extends BundleNames {
  office(id: string): string;
  eventType(key: string | null): string;
  plan: string;
}

/** What ids were called when the bundle was made, by the incident's own edition of the plan where it can be read. */
export function namesFor({ detail, plan: text }: Gathered, organisation: Organisation): PageNames {
  const plan = readable(text);
  const stages = new Map(
    [...detail.firstResponse, ...detail.branches.flatMap((branch) => branch.stages)].map((stage) => [
      stage.id as string,
      stage,
    ]),
  );
  const called = <T>(map: Record<string, T> | undefined, key: string): T | undefined =>
    map && Object.hasOwn(map, key) ? map[key] : undefined;
  return {
    person: (id) => personById(organisation, String(id))?.name ?? String(id ?? ''),
    party: (key) => called(plan?.parties, String(key))?.name ?? String(key ?? ''),
    stage: (id) => stages.get(String(id))?.stageName ?? String(id ?? ''),
    outcome: (id, outcome) => {
      const stage = stages.get(String(id))?.stage ?? '';
      return plan ? outcomeName(plan, stage, String(outcome)) : String(outcome);
    },
    branch: (key) => called(plan?.branches, String(key))?.name ?? String(key),
    office: (id) => offices(organisation).find((office) => office.id === id)?.name ?? id,
    eventType: (key) => (key === null ? '未选定' : (called(plan?.eventTypes, key)?.name ?? key)),
    plan: plan?.title ?? '',
  };
}

/** An edition that this version of the system cannot read any more names nothing, and stops no bundle. */
function readable(text: string | null): Plan | null {
  try {
    return text === null ? null : readPlanText(text);
  } catch {
    return null;
  }
}
