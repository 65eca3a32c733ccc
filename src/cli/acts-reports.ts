import type { ChainBody } from '../api/schemas-reports.ts';
import type { Act } from './act.ts';
import { clock } from './incident-lines.ts';

const lineOf = ({ name, at, by, elements, waits, sendings }: ChainBody['reports'][number]): string => {
  const open = elements.flatMap(({ element, state, until }) =>
    state === 'verifying' || state === 'open' ? [`${element}${until ? ` → ${clock(until)}` : ''}`] : [],
  );
  const silent = sendings
    .filter(({ outcome }) => outcome === null)
    .flatMap(({ recipients }) => recipients.filter(({ receivedAt }) => receivedAt === null));
  return [
    name,
    clock(at),
    by ?? '-',
    waits,
    ...(open.length > 0 ? [`正在核实: ${open.join(', ')}`] : []),
    ...(silent.length > 0 ? [`未签收: ${silent.map((each) => each.name).join('、')}`] : []),
  ].join('  ');
};

const chain: Act<ChainBody> = {
  name: 'report chain',
  says: [
    'The reports of an incident, the first first: what is 正在核实 until when, where each paper stands, who has not received it.',
  ],
  example: 'fenghuo report chain YS-2026-0001',
  takes: ['INCIDENT'],
  options: {},
  request: ({ words: [id] }) => ({ method: 'GET', path: `/api/incidents/${id}/reports` }),
  tells: ({ reports, instructions }) => [
    ...reports.map(lineOf),
    ...instructions.map(
      ({ instruction, partyName, dueAt, endedAt }) =>
        `批示 ${instruction}  ${partyName}  ${dueAt ? clock(dueAt) : '未载明'}  ${endedAt ? '已落实' : '未落实'}`,
    ),
  ],
};

const send: Act<{ at: string; stage: string | null }> = {
  name: 'report send',
  says: ['Send a paper of the chain to all recipients in the county; a draft goes ahead as 未签发·先行告知.'],
  example: 'fenghuo report send YS-2026-0001 --document DOCUMENT --by jia-1',
  takes: ['INCIDENT'],
  options: {
    by: { value: 'PERSON', says: 'who sends it', needed: true },
    document: { value: 'DOCUMENT', says: 'its id: fenghuo documents lists them', needed: true },
  },
  request: ({ words: [id], body }) => ({
    method: 'POST',
    path: `/api/incidents/${id}/reports/sendings`,
    body,
  }),
  tells: ({ at, stage }) => [`sent at ${at}${stage ? `, receipts in ${stage}` : ''}`],
};

export const REPORT_CHAIN_ACTS = [chain, send] as Act[];
