import type { Plan } from './load.ts';
import type { PlanStage } from './part.ts';
import { placesIn, type Path } from './yaml-file.ts';

/** What a careful reader of a plan asks, by kind, in the order in which it is told. */
export const FINDING_KINDS = {
  personChooses:
    'Types that a person has to place: preparing or doing, or no clause of their own in the plan',
  branchByReading: 'Types that start in a branch whose clause they do not name',
  noFirstResponse: 'Plans without a first response: the office is told only what its branch opens',
  withoutLimit: 'Duties without a number (未载明): never overdue, told again and again',
  ownLimit: "Duties whose word is the plan's and whose number is the bureau's own",
  unfilledParty: 'Parties that nobody fills',
  unconfirmed: 'Names read as one body, not confirmed by the bureau yet',
  withoutTemplate: 'Documents without a template: written by hand',
  withoutStatute: 'Statutory duties that no entry of the overlay names',
  statuteFromMemory: 'Statutes known from memory: check before relying on them',
  quirk: "Odd in the plan's own text",
} as const;

export type FindingKind = keyof typeof FINDING_KINDS;

/** Something to look at, and no mistake: the plan runs as it is. `line` counts from 1. */
export interface Finding {
  kind: FindingKind;
  line: number;
  path: string;
  text: string;
}

/** A finding before its place is known. */
type Found = [kind: FindingKind, path: Path, text: string];

/** Somebody may be missing for a party: see `unfilledParties` of the organisation. */
interface Unfilled {
  party: string;
  name: string;
  offices: string[];
}

/** What a careful reader asks of a plan that loads, each with its line, by kind and line. */
export function findings(plan: Plan, unfilled: readonly Unfilled[] = []): Finding[] {
  const placeOf = placesIn(plan.text);
  const kinds = Object.keys(FINDING_KINDS);
  return [
    ...ofTypes(plan),
    ...ofFirstResponse(plan),
    ...stagesOf(plan).flatMap(({ path, stage }) => ofStage(plan, path, stage)),
    ...ofParties(plan, unfilled),
    ...ofTexts(plan),
  ]
    .map(([kind, path, text]) => ({ kind, line: placeOf(path).line, path: path.join('.'), text }))
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.line - b.line);
}

const ofFirstResponse = (plan: Plan): Found[] =>
  Object.keys(plan.firstResponse).length ? [] : [['noFirstResponse', ['branches'], plan.title]];

const ofTypes = (plan: Plan): Found[] =>
  Object.entries(plan.eventTypes).flatMap(([key, { name, clause, branch }]): Found[] => {
    const path = ['eventTypes', key, 'branch'];
    if (branch === null) return [['personChooses', path, `${name}（${clause}）`]];
    const { name: branchName, clause: branchClause } = plan.branches[branch]!;
    if (clause.includes(branchClause)) return [];
    return [['branchByReading', path, `${name}（${clause}） starts in ${branchName}（${branchClause}）`]];
  });

/** Every stage of a plan with its place in the file. */
const stagesOf = (plan: Plan): { path: Path; stage: PlanStage }[] =>
  [
    { path: ['firstResponse'], stages: plan.firstResponse },
    ...Object.values(plan.branches).map(({ key, stages }) => ({ path: ['branches', key, 'stages'], stages })),
    { path: ['shared'], stages: plan.shared },
  ].flatMap(({ path, stages }) =>
    Object.entries(stages).map(([key, stage]) => ({ path: [...path, key], stage })),
  );

function ofStage(plan: Plan, path: Path, stage: PlanStage): Found[] {
  const { name, clause, planText, within, source } = stage;
  const what = `${clause}${name}`;
  const found: Found[] = [];
  if (within && planText) {
    found.push([
      'ownLimit',
      [...path, 'within'],
      `${what}: ${planText} is the plan's, ${within.iso} the bureau's`,
    ]);
  }
  if (!within && !plan.parties[stage.owner]!.outside) {
    found.push(['withoutLimit', path, `${what}${planText ? `: ${planText}` : ''}`]);
  }
  const named = Object.values(plan.overlay).some(({ stages }) => stages.includes(String(path.at(-1))));
  if (source === 'statutory' && !named) found.push(['withoutStatute', [...path, 'source'], what]);
  return found;
}

function ofParties(plan: Plan, unfilled: readonly Unfilled[]): Found[] {
  const unconfirmed = Object.entries(plan.parties).flatMap(([key, { interpretation }]): Found[] =>
    interpretation && interpretation.confirmed === null
      ? [['unconfirmed', ['parties', key, 'interpretation'], interpretation.note]]
      : [],
  );
  const empty = unfilled.map(({ party, name, offices }): Found => [
    'unfilledParty',
    ['parties', party],
    `${name}: nobody to tell for ${offices.join(', ')}`,
  ]);
  return [...unconfirmed, ...empty];
}

const ofTexts = (plan: Plan): Found[] => [
  ...Object.entries(plan.documents).flatMap(([key, { name, form, template }]): Found[] =>
    template === null ? [['withoutTemplate', ['documents', key], `${name}（${form}）`]] : [],
  ),
  ...Object.entries(plan.overlay).flatMap(([key, { name, article, mark }]): Found[] =>
    mark === 'memory' ? [['statuteFromMemory', ['overlay', key, 'mark'], `${name}${article}`]] : [],
  ),
  ...plan.quirks.map(({ clause, note }, i): Found => ['quirk', ['quirks', i], `${clause}: ${note}`]),
];
