import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { generateKey, parseKeyring } from '../../src/crypto/keyring.ts';
import { savePlanEdition } from '../../src/store/plans.ts';
import { openApi, type DrillApi } from '../harness/drill-api.ts';
import { layGround, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';

/** Documents of incidents that run: what of them stands in the timeline, and what they leave alone. */
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

const noted = async (drill: Drill) =>
  (await drill.written()).timeline.filter(({ kind }) => kind === 'documentNoted').map(({ data }) => data);
const pathOf = (drill: Drill): string => `/api/incidents/${drill.id}/documents`;
const draft = (drill: Drill, template: string) => api.post(pathOf(drill), { by: 'jia-1', template }, [drill]);

test('the notice is signed: an entry of the timeline names its number and no person, and the duty to deliver it stays open', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.record('search', 'searchFailed', 'jia-1');
  const before = (await drill.position()).openStages;
  expect(before).toEqual(expect.arrayContaining(['1.signNotice', '1.policeNotice']));

  const { body: drafted } = await draft(drill, 'police-notice');
  expect(await noted(drill)).toEqual([]);
  const signature = { by: 'deputy-1', digest: drafted.digest };
  const sign = () => api.post(`${pathOf(drill)}/${String(drafted.id)}/signature`, signature, [drill]);
  const signed = await sign();
  expect(signed).toMatchObject({ status: 200, body: { status: 'signed', onTimeline: true } });
  expect(await noted(drill)).toEqual([
    {
      document: drafted.id,
      act: 'signed',
      template: 'police-notice',
      name: '书面通知',
      number: signed.body.number,
      digest: drafted.digest,
      by: 'deputy-1',
      old: null,
    },
  ]);
  expect((await drill.position()).openStages).toEqual(before);

  await sign(); // pressed twice: once on record
  expect(await noted(drill)).toHaveLength(1);
  const history = await api.get(`/api/incidents/${drill.id}/history`);
  expect(history.text).toContain(`deputy-1 签发书面通知（${String(signed.body.number)}）`);
}, 240_000);

test('once the incident is closed nothing is drafted or signed any more', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  const { body: drafted } = await draft(drill, 'search-record');
  await drill.endResponse('falseAlarm');
  await drill.ended();
  await drill.written();
  const late = await api.post(
    `${pathOf(drill)}/${String(drafted.id)}/signature`,
    { by: 'jia-2', digest: drafted.digest },
    [],
  );
  expect(late).toMatchObject({ status: 409, body: { code: 'IncidentClosed' } });
  expect(await draft(drill, 'search-record')).toMatchObject({ status: 409 });
}, 240_000);
