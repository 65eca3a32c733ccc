import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { generateKey, parseKeyring } from '../../src/crypto/keyring.ts';
import { openApi, type DrillApi } from '../harness/drill-api.ts';
import { layGround, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';

/** What the console says an act will cause is what it then causes. On the Wushen plan. */
const keyring = parseKeyring(generateKey());
let ground: DrillGround;
let api: DrillApi;
beforeAll(async () => {
  ground = await layGround({ keyring });
  api = await openApi(ground, keyring);
}, 240_000);
afterEach(() => ground.clear());
afterAll(async () => {
  await api.close();
  await ground.leave();
});

interface Act {
  act: string;
  path: string;
  stageId: string | null;
  body: Record<string, string>;
  causes: { zh: string; en: string };
  opens: string[];
}

const openStages = async (drill: Drill): Promise<string[]> => {
  const { firstResponse, branches } = await drill.written();
  const all = [...firstResponse, ...branches.flatMap(({ stages }) => stages)];
  return all.filter(({ resolvedAt }) => resolvedAt === null).map(({ stage }) => stage);
};

/** Does what the console offers, and holds what happens against what it said. */
async function doAsForetold(drill: Drill, stage: string, outcome: string): Promise<Act> {
  await drill.written();
  const { acts } = (await api.get(`/api/incidents/${drill.id}/acts`)).body as unknown as { acts: Act[] };
  const act = acts.find((each) => each.stageId?.endsWith(`.${stage}`) && each.body.outcome === outcome)!;
  const before = await openStages(drill);
  const answer = await api.post(act.path, { by: 'jia-1', ...act.body, evidence: '测试依据' }, [drill]);
  expect([act.path, answer.status]).toEqual([act.path, 200]);
  await drill.pass(0.1);
  const opened = (await openStages(drill)).filter((each) => !before.includes(each));
  expect([stage, outcome, opened.sort()]).toEqual([stage, outcome, act.opens.toSorted()]);
  return act;
}

test('失联查找 from 查找未果 to the recall of the notice goes as the console foretold, act by act', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.pass(0.1);
  await doAsForetold(drill, 'initialResponse', 'controlled');
  const failed = await doAsForetold(drill, 'search', 'searchFailed');
  expect(failed.causes.zh).toMatch(/^记录查找：查找未果 → 同时打开.项职责：/);
  expect(failed.causes.en).toMatch(/^record search: search failed → opens \d duties at once: /);
  await doAsForetold(drill, 'reportTownship', 'reported');
  await doAsForetold(drill, 'policePhone', 'told');
  await doAsForetold(drill, 'signNotice', 'signed');
  await doAsForetold(drill, 'policeNotice', 'delivered');
  await doAsForetold(drill, 'jointSearch', 'foundComplies');
});

test('what cannot be controlled, and the way to the scene, open one duty after the other as foretold', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.pass(0.1);
  await doAsForetold(drill, 'initialResponse', 'notControllable');
  await doAsForetold(drill, 'departure', 'departed');
  await doAsForetold(drill, 'scene', 'arrived');
});
