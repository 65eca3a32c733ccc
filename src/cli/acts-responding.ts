import type { Act } from './act.ts';
import { below, BY, REASON } from './acts-reporting.ts';

const outcome: Act<{ stage: string; outcome: string; ended: boolean; dueAt: string | null }> = {
  name: 'outcome',
  says: [
    'Record the outcome of a stage with its evidence. STAGE is an id such as 1.policeCall: fenghuo show lists them.',
  ],
  example: 'fenghuo outcome YS-2026-0001 1.policeCall called --by jia-1 --evidence "110 接警，民警已出动"',
  takes: ['INCIDENT', 'STAGE', 'OUTCOME'],
  options: { by: BY, evidence: { value: 'TEXT', says: 'what shows it', needed: true } },
  request: (given) => ({
    method: 'POST',
    path: below(given, `stages/${encodeURIComponent(given.words[1]!)}/outcome`),
    body: { ...given.body, outcome: given.words[2] },
  }),
  tells: ({ stage, outcome: is, ended, dueAt }) => [
    ended ? `${stage} ended: ${is}` : `${stage} goes on: ${is}${dueAt ? `, the next is due ${dueAt}` : ''}`,
  ],
};

const switchBranch: Act<{ branch: string; entry: number }> = {
  name: 'switch',
  says: ['Decide that another branch of the plan fits: its duties open at once, the old clocks stop.'],
  example: 'fenghuo switch YS-2026-0001 violentAct --by jia-1 --reason "15:30 持刀到其单位"',
  takes: ['INCIDENT', 'BRANCH'],
  options: { by: BY, reason: REASON },
  request: (given) => ({
    method: 'POST',
    path: below(given, 'branch'),
    body: { ...given.body, branch: given.words[1] },
  }),
  tells: ({ branch, entry }) => [`now in ${branch}: its stages begin with ${entry}.`],
};

const stillResponding: Act<{ until: string }> = {
  name: 'still-responding',
  says: ['仍在处置: this person is not reminded for a while; the clocks run on.'],
  example: 'fenghuo still-responding YS-2026-0001 --by jia-1',
  takes: ['INCIDENT'],
  options: { by: BY },
  request: (given) => ({ method: 'POST', path: below(given, 'still-responding'), body: given.body }),
  tells: ({ until }) => [`not reminded until ${until}`],
};

const takeOver: Act<{ stages: string[] }> = {
  name: 'take-over',
  says: ['接管: reminders of a stage, or of all that are open, go to this person from now on.'],
  example: 'fenghuo take-over YS-2026-0001 1.policeCall --by jia-2 --reason "交接班"',
  takes: ['INCIDENT', '[STAGE]'],
  options: { by: BY, reason: REASON },
  request: (given) => ({
    method: 'POST',
    path: below(given, 'take-over'),
    body: { ...given.body, stage: given.words[1] ?? null },
  }),
  tells: ({ stages }) => [`taken over: ${stages.join(', ')}`],
};

type Proposed = { at: string; openStages: string[] };
const proposed = ({ at, openStages }: Proposed): string[] => [
  `proposed at ${at}; another person decides: fenghuo approve`,
  ...(openStages.length > 0 ? [`still open: ${openStages.join(', ')}`] : []),
];
const EVIDENCE = { value: 'TEXT', says: 'what shows that it is over', needed: true };

const responseEnded: Act<Proposed> = {
  name: 'response-ended',
  says: [
    '处置结束: propose that the response has ended. Approved, the aftermath follows, where the plan has one.',
  ],
  example: 'fenghuo response-ended YS-2026-0001 --by jia-1 --evidence "已控制，移交公安机关"',
  takes: ['INCIDENT'],
  options: { by: BY, evidence: EVIDENCE },
  request: (given) => ({ method: 'POST', path: below(given, 'response-ended'), body: given.body }),
  tells: proposed,
};

const close: Act<Proposed> = {
  name: 'close',
  says: ['Propose closing, with evidence; another person approves.'],
  example: 'fenghuo close YS-2026-0001 --by jia-1 --evidence "已办结"',
  takes: ['INCIDENT'],
  options: {
    by: BY,
    evidence: EVIDENCE,
    'false-alarm': { says: '误报: it was none', field: null },
  },
  request: (given) => ({
    method: 'POST',
    path: below(given, 'closing'),
    body: { ...given.body, ...(given.isOn('false-alarm') ? { as: 'falseAlarm' } : {}) },
  }),
  tells: proposed,
};

const approve: Act<{ closed: boolean; branch: string; at: string }> = {
  name: 'approve',
  says: [
    'Decide on what another person proposed: that the response has ended, or that the incident be closed.',
  ],
  example: 'fenghuo approve YS-2026-0001 --by leading-1 --reason "同意"',
  takes: ['INCIDENT'],
  options: {
    by: BY,
    reason: REASON,
    refuse: { says: 'refuse it', field: null },
    proposed: {
      value: 'TIME',
      says: 'when that was proposed which is meant; another proposal is refused',
      field: 'proposedAt',
    },
  },
  request: (given) => ({
    method: 'POST',
    path: below(given, 'closing/approval'),
    body: { ...given.body, ...(given.isOn('refuse') ? { approve: false } : {}) },
  }),
  tells: ({ closed, branch, at }) => [
    closed ? `closed at ${at}` : `decided at ${at}; it goes on in ${branch}`,
  ],
};

const correctiveAction: Act<{ stage: string }> = {
  name: 'corrective-action',
  says: [
    '整改: give what has to be put right an owner and a date. A duty of the aftermath with a clock of its own.',
  ],
  example:
    'fenghuo corrective-action YS-2026-0001 --by leading-1 --owner judicialOffice --due 2027-01-31T18:00:00+08:00 --action "补齐值班表"',
  takes: ['INCIDENT'],
  options: {
    by: BY,
    owner: { value: 'PARTY', says: 'a party of the plan, none from outside', needed: true },
    due: { value: 'TIME', says: 'until when, with its offset', needed: true, field: 'dueAt' },
    action: { value: 'TEXT', says: 'what has to be put right', needed: true },
  },
  counts: true,
  request: (given) => ({ method: 'POST', path: below(given, 'corrective-actions'), body: given.body }),
  tells: ({ stage }) => [`opened: ${stage}`],
};

export const RESPONDING_ACTS = [
  outcome,
  switchBranch,
  stillResponding,
  takeOver,
  responseEnded,
  close,
  approve,
  correctiveAction,
] as Act[];
