import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { generateKey, parseKeyring } from '../../src/crypto/keyring.ts';
import { savePlanEdition } from '../../src/store/plans.ts';
import { openApi, type DrillApi } from '../harness/drill-api.ts';
import { layGround, startDrill, type DrillGround } from '../harness/drill.ts';

/** Cases 4 and 5 as the office that is alone at night tells them: by phone, in writing, and what is new after that. */
const keyring = parseKeyring(generateKey());
let ground: DrillGround;
let api: DrillApi;
beforeAll(async () => {
  ground = await layGround({ keyring });
  await savePlanEdition(ground.register, ground.plan.pin, ground.plan.text);
  api = await openApi(ground, keyring);
}, 240_000);
afterEach(() => ground.clear());
afterAll(async () => {
  await api.close();
  await ground.leave();
});

const FAR = '2099-01-01T00:00:00.000Z';
interface Told {
  element: string;
  state: string;
  value: string | null;
}
const elementsOf = (body: Record<string, unknown>) =>
  Object.fromEntries((body.elements as Told[]).map((each) => [each.element, each]));

test('told by phone at night, written with what is still 正在核实, signed by the duty leader, sent; then only what is new', async () => {
  const personal = { situation: '家属报其打伤邻居', 'subject.1.name': '测试郑某' };
  const drill = await startDrill(ground, 'riskSigns', { office: 'bing', personal, missing: ['place'] });
  const path = `/api/incidents/${drill.id}`;
  const post = (to: string, body: object) => api.post(`${path}/${to}`, { by: 'bing-1', ...body }, [drill]);
  const chain = async () => (await api.get(`${path}/reports`)).body.reports as Record<string, unknown>[];
  const at = (await drill.written()).timeline.at(-1)!.at;

  // Phone first: the duty to report has ended, the written report has a clock of its own, and it runs out.
  const call = { to: 'leadingGroupOffice', number: '000-0000-0001', at, answered: true, said: '值班员接听' };
  expect((await post('reports/phone', call)).body).toMatchObject({
    ended: ['1.reportLeadingGroup'],
    written: '1.writtenReport_0',
  });
  await drill.pass(65);
  expect((await chain())[0]).toMatchObject({ waits: 'draft', written: { endedAt: null } });
  expect((await chain())[0]!.written).toMatchObject({ overdueAt: expect.any(String) });

  // Text after: filled in from the alarm; the place nobody knows yet is 正在核实 with a time.
  const first = await api.get(`${path}/reports/draft?kind=firstReport`);
  expect(elementsOf(first.body)).toMatchObject({
    persons: { value: '测试郑某' },
    development: { value: '家属报其打伤邻居' },
    place: { state: 'missing' },
  });
  const elements = {
    kind: '伤害他人',
    time: '当晚',
    persons: '测试郑某',
    development: '打伤邻居',
    measures: '已到场',
  };
  await post('reports', { kind: 'firstReport', elements, verifyingUntil: { place: FAR } });
  await drill.written();
  const { body: paper } = await post('documents', { template: 'first-report' });
  const ahead = await post('reports/sendings', { document: paper.id });
  expect(ahead.body.stage).toBe('1.reportReceipt_1');
  const sign = (by: string) =>
    api.post(`${path}/documents/${String(paper.id)}/signature`, { by, digest: paper.digest }, [drill]);
  expect((await sign('bing-1')).body.code).toBe('SIGNER_DRAFTED_IT');
  expect((await sign('deputy-1')).body).toMatchObject({ status: 'signed' });

  // Sent: one recipient confirms, the other climbs; the written duty has ended.
  expect((await post('reports/sendings', { document: paper.id })).body.stage).toBe('1.reportReceipt_2');
  await drill.confirm('reportReceipt_2', 'leadingGroupOffice', 'leading-1');
  const told = await drill.toldDuring(() => drill.pass(12));
  expect(told).toContain('1.reportReceipt_2 townshipCommandGroup → townshipCommandGroup 1.0');
  expect((await chain())[0]).toMatchObject({ waits: 'receipts', written: { endedAt: expect.any(String) } });
  await drill.confirm('reportReceipt_2', 'townshipCommandGroup', 'township-bing-leader');
  await drill.written();
  expect((await chain())[0]).toMatchObject({ waits: 'nothing' });

  // The place is found: 续报一 tells that, and nothing that was told.
  await post('facts', { facts: { place: '丙苏木某嘎查' } });
  await drill.written();
  const next = await api.get(`${path}/reports/draft?kind=followUpReport`);
  expect(next.body).toMatchObject({ name: '续报一', after: { name: '首报' } });
  const changed = (next.body.elements as Told[]).filter(({ state }) => state === 'changed');
  expect(changed).toMatchObject([{ element: 'place', value: '丙苏木某嘎查' }]);

  // A final report is not taken while an element is open.
  const final = await post('reports', { kind: 'finalReport', elements: { ...elements, time: null } });
  expect(final).toMatchObject({
    status: 422,
    body: { code: 'ELEMENTS_MISSING', elements: ['time', 'place'] },
  });
}, 400_000);
