import type { z } from 'zod';
import type { handoverSchema } from '../api/schemas-receipts.ts';
import type { Act, Given } from './act.ts';
import { below, BY, REASON } from './acts-reporting.ts';
import { clock } from './incident-lines.ts';

type Handover = z.infer<typeof handoverSchema>;

const registerReceipt: Act<{ key: string; toldAt: string; at: string; again: boolean }> = {
  name: 'register-receipt',
  says: [
    '代录: a receipt by phone, on paper or face to face. It counts like one by link, and nobody is asked again.',
  ],
  example:
    'fenghuo register-receipt YS-2026-0001 1.policeCall policeStation --by jia-1 --channel phone --told 2026-03-07T02:20:00+08:00',
  takes: ['INCIDENT', '[STAGE]', '[PARTY]'],
  options: {
    by: BY,
    channel: { value: 'phone|paper|inPerson', says: 'how it came', needed: true },
    told: { value: 'TIME', says: 'when the caller said it', needed: true, field: 'toldAt' },
    message: { value: 'KEY', says: 'the message it confirms, instead of STAGE and PARTY', field: 'key' },
    caller: { value: 'NAME', says: 'who called', field: null },
    number: { value: 'NUMBER', says: 'from which number', field: null },
    note: { value: 'TEXT', says: 'what else was said' },
  },
  request: (given) => ({
    method: 'POST',
    path: below(given, 'receipts'),
    body: {
      ...given.body,
      ...(given.words[1] === undefined ? {} : { stage: given.words[1] }),
      ...(given.words[2] === undefined ? {} : { party: given.words[2] }),
      ...callerIn(given),
    },
  }),
  tells: ({ toldAt, at, again }) => [
    again ? `recorded before, at ${at}` : `told at ${toldAt}, recorded at ${at}`,
  ],
};

function callerIn(given: Given): { caller?: { name: string | null; number: string | null } } {
  const [name, number] = [given.text('caller') ?? null, given.text('number') ?? null];
  return name === null && number === null ? {} : { caller: { name, number } };
}

const revokeLink: Act<{ at: string; again: boolean; reopened: boolean }> = {
  name: 'revoke-link',
  says: ['Revoke the receipt link of a mis-sent message. KEY is its key in the timeline.'],
  example: 'fenghuo revoke-link YS-2026-0001 KEY --by jia-1 --reason "发错人"',
  takes: ['INCIDENT', 'KEY'],
  options: { by: BY, reason: REASON },
  request: (given) => ({
    method: 'POST',
    path: below(given, 'messages/revoke'),
    body: { ...given.body, key: given.words[1] },
  }),
  tells: ({ at, again, reopened }) => [
    again ? `revoked before, at ${at}` : `revoked at ${at}`,
    ...(reopened ? ['it alone had confirmed: the next in line is told'] : []),
  ],
};

const call: Act<{ at: string }> = {
  name: 'call',
  says: [
    'Log a phone call: who called whom, number, when, what was said. It is no receipt: fenghuo register-receipt.',
  ],
  example:
    'fenghuo call YS-2026-0001 --by jia-1 --party policeStation --number "139 0000 0001" --at 2026-03-07T02:20:00+08:00 --said "已派警"',
  takes: ['INCIDENT'],
  options: {
    by: BY,
    person: { value: 'PERSON', says: 'who was called, a person of the organisation', field: null },
    party: { value: 'PARTY', says: 'or a party of the plan', field: null },
    number: { value: 'NUMBER', says: 'the number that was called', needed: true },
    at: { value: 'TIME', says: 'when', needed: true },
    said: { value: 'TEXT', says: 'what was said' },
    unanswered: { says: 'nobody answered', field: null },
    callback: { says: 'a number the organisation has: identities may be said, which is logged' },
    purpose: { value: 'TEXT', says: 'why identities are said; with --callback' },
  },
  counts: true,
  request: (given) => ({
    method: 'POST',
    path: below(given, 'calls'),
    body: { ...given.body, ...calledIn(given), answered: !given.isOn('unanswered') },
  }),
  tells: ({ at }) => [`recorded at ${at}`],
};

function calledIn(given: Given): { to?: object } {
  const person = given.text('person');
  const party = given.text('party');
  if (person !== undefined) return { to: { person } };
  return party === undefined ? {} : { to: { party } };
}

const handover: Act<Handover> = {
  name: 'handover',
  says: ["值班交接: offer one's open duties to the next officer. It counts once they have accepted it."],
  example: 'fenghuo handover --from jia-1 --to jia-2 --note "夜班情况"',
  takes: [],
  options: {
    from: { value: 'PERSON', says: 'who hands over', needed: true },
    to: { value: 'PERSON', says: 'the next officer', needed: true },
    office: { value: 'OFFICE', says: 'only incidents of this office' },
    note: { value: 'TEXT', says: 'what the next officer has to know' },
  },
  counts: true,
  request: (given) => ({ method: 'POST', path: '/api/handovers', body: given.body }),
  tells: (offered) => handoverLines(offered),
};

const acceptHandover: Act<Handover> = {
  name: 'accept-handover',
  says: ['Accept a handover: reminders of its duties go to the next officer from now on.'],
  example: 'fenghuo accept-handover 00000000-0000-4000-8000-000000000001 --by jia-2',
  takes: ['HANDOVER'],
  options: { by: BY },
  request: (given) => ({
    method: 'POST',
    path: `/api/handovers/${encodeURIComponent(given.words[0]!)}/accept`,
    body: given.body,
  }),
  tells: (accepted) => handoverLines(accepted),
};

const withdrawHandover: Act<Handover> = {
  name: 'withdraw-handover',
  says: ['Take the offer of a handover back, as long as nobody has accepted it.'],
  example: 'fenghuo withdraw-handover 00000000-0000-4000-8000-000000000001 --by jia-1',
  takes: ['HANDOVER'],
  options: { by: BY },
  request: (given) => ({
    method: 'POST',
    path: `/api/handovers/${encodeURIComponent(given.words[0]!)}/withdraw`,
    body: given.body,
  }),
  tells: (withdrawn) => handoverLines(withdrawn),
};

const handovers: Act<Handover[]> = {
  name: 'handovers',
  says: ['Handovers, newest first, each with its duties; one that nobody has accepted is open.'],
  example: 'fenghuo handovers --status offered',
  takes: [],
  options: { status: { value: 'offered|accepted|withdrawn', says: 'only those', field: null } },
  request: (given) => {
    const status = given.text('status');
    return {
      method: 'GET',
      path: `/api/handovers${status === undefined ? '' : `?status=${encodeURIComponent(status)}`}`,
    };
  },
  tells: (all) => [...all.flatMap(handoverLines), `${all.length} handovers`],
};

const handoverLines = ({
  id,
  from,
  to,
  offeredAt,
  acceptedAt,
  withdrawnAt,
  note,
  duties,
}: Handover): string[] => [
  `${id}  ${from} → ${to}  offered ${clock(offeredAt)}  ${acceptedAt ? `accepted ${clock(acceptedAt)}` : withdrawnAt ? 'withdrawn' : 'OPEN'}`,
  ...(note ? [`  ${note}`] : []),
  ...duties.map(({ number, stage, stageName, dueAt, skipped }) =>
    [
      `  ${number ?? '-'}`,
      stage,
      stageName,
      dueAt ? `due ${clock(dueAt)}` : 'no limit',
      ...(skipped ? [`left: ${skipped}`] : []),
    ].join('  '),
  ),
];

export const RECEIPT_ACTS = [
  registerReceipt,
  revokeLink,
  call,
  handover,
  acceptHandover,
  withdrawHandover,
  handovers,
] as Act[];
