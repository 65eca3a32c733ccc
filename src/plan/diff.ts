import type { Limit } from './part.ts';
import type { PlanFile } from './schema.ts';

/** What of a plan can change, in the order in which it is told. The bureau's own limits stand apart from what the plan says. */
export const CHANGE_GROUPS = {
  edition: 'The edition',
  duties: 'Duties',
  parties: 'Parties',
  chains: 'Chains',
  eventTypes: 'Event types',
  papers: 'Documents, levels, requirements, drills, statutes, quirks',
  limits: "The bureau's own limits: no revision of the plan",
} as const;

export type ChangeGroup = keyof typeof CHANGE_GROUPS;

/** One change between two editions, in words. */
export interface Change {
  group: ChangeGroup;
  text: string;
}

/** A plan as a tree to be compared: maps, and leaves that are words, numbers or limits. */
type View = ViewMap | Limit | View[] | string | number | boolean | null | undefined;
interface ViewMap {
  [key: string]: View;
}

/** What changed from one edition of a plan to another, by group, in the order of the files. */
export function diffPlans(before: PlanFile, after: PlanFile): Change[] {
  const order = Object.keys(CHANGE_GROUPS);
  const [a, b] = [viewOf(before), viewOf(after)];
  return (Object.keys(a) as (keyof typeof a)[])
    .flatMap((group) => compare(a[group], b[group], [], group))
    .sort((x, y) => order.indexOf(x.group) - order.indexOf(y.group));
}

type Section = Exclude<ChangeGroup, 'limits'>;

function viewOf(file: PlanFile): Record<Section, ViewMap> {
  const { parties, chains, eventTypes, firstResponse, branches, shared, ...rest } = file;
  const { documents, responseLevels, workRequirements, drills, overlay, quirks, ...edition } = rest;
  return {
    edition,
    duties: {
      firstResponse: stagesView(firstResponse),
      ...mapped(branches, ({ sequence, stages, ...branch }) => ({
        ...branch,
        sequence: sequence?.map((group) => group.join(' + ')).join(' → '),
        ...stagesView(stages),
      })),
      shared: stagesView(shared),
    },
    parties,
    chains: mapped(chains, chainView),
    eventTypes,
    papers: {
      documents,
      responseLevels,
      workRequirements,
      drills,
      overlay,
      quirks: Object.fromEntries(quirks.map(({ clause, note }) => [`${clause} ${note}`, {}])),
    },
  };
}

/** Whom a stage tells is found by party, not by place in the list. */
const stagesView = (stages: PlanFile['shared']): ViewMap =>
  mapped(stages, ({ tells, ...stage }) => ({
    ...stage,
    tells: Object.fromEntries(tells.map(({ party, ...line }) => [party, line])),
  }));

/** A chain's order is one thing, how long each step waits another. */
const chainView = (steps: PlanFile['chains'][string]): ViewMap => {
  const nameOfStep = ({ party, contact }: (typeof steps)[number]) =>
    contact === 1 ? party : `${party} (contact ${contact})`;
  const waits = steps.map((step) =>
    step.wait
      ? [`${nameOfStep(step)} is waited for`, step.wait]
      : [`${nameOfStep(step)} is told again every`, step.repeatEvery],
  );
  return { order: steps.map(nameOfStep).join(' → '), ...Object.fromEntries(waits) };
};

const mapped = <A>(map: Record<string, A>, f: (value: A) => ViewMap): ViewMap =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, f(value)]));

function compare(before: View, after: View, at: readonly string[], group: ChangeGroup): Change[] {
  if (isMap(before) && isMap(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => compare(before[key], after[key], [...at, step(key, before, after)], group));
  }
  if (isMap(before)) return [{ group, text: `${at.join(', ')}${called(before)} is no longer there` }];
  if (isMap(after)) return [{ group, text: `${at.join(', ')}${called(after)} is new` }];
  if (inWords(before) === inWords(after)) return [];
  const text = `${at.join(', ')}: ${inWords(before)} → ${inWords(after)}`;
  return [{ group: isOwnLimit(before, after, at) ? 'limits' : group, text }];
}

/** One step of the way to what changed, with the name it has in both editions. */
function step(key: string, before: ViewMap, after: ViewMap): string {
  const name = called(before[key]);
  return name === called(after[key]) ? `${key}${name}` : key;
}

const called = (view: View): string => (isMap(view) && typeof view.name === 'string' ? ` ${view.name}` : '');

const isLimit = (view: View): view is Limit =>
  typeof view === 'object' && view !== null && 'iso' in view && 'ms' in view;

const isMap = (view: View): view is ViewMap =>
  typeof view === 'object' && view !== null && !Array.isArray(view) && !isLimit(view);

/** `startsAfter` is a statute's day clock; every other duration is the bureau's. */
const isOwnLimit = (before: View, after: View, at: readonly string[]): boolean =>
  (isLimit(before) || isLimit(after)) && at.at(-1) !== 'startsAfter';

function inWords(view: View): string {
  if (view === null || view === undefined) return 'none';
  if (isLimit(view)) return view.iso;
  if (Array.isArray(view)) return view.length === 0 ? 'none' : view.map(inWords).join(', ');
  return typeof view === 'string' ? `“${view}”` : JSON.stringify(view);
}
