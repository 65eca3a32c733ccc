import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { generateKey, parseKeyring } from '../../src/crypto/keyring.ts';
import { handover } from '../../src/store/tables-handover.ts';
import * as messages from '../../src/workflows/messages.ts';
import { openApi, type DrillApi } from '../harness/drill-api.ts';
import { layGround, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';

/** 值班交接: open duties go to the next officer once accepted. On the Wushen plan with the sample bureau's limits. */
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

interface Handover {
  id: string;
  status: string;
  acceptedAt: string | null;
  note: string | null;
  duties: {
    own: boolean;
    incidentId: string;
    stage: string;
    owner: string;
    takenOver: boolean | null;
    skipped: string | null;
  }[];
}
const OFFER = { from: 'jia-1', to: 'jia-2', office: 'jia', note: '夜班情况见台账' };
const offer = async (about: Drill[], change: object = {}): Promise<Handover> =>
  (await api.post('/api/handovers', { ...OFFER, ...change }, about)).body as unknown as Handover;
const accept = async ({ id }: Handover, about: Drill[], by = 'jia-2') =>
  api.post(`/api/handovers/${id}/accept`, { by }, about);
const dutiesOf = ({ duties }: Handover, { id }: Drill) =>
  duties.filter(({ incidentId }) => incidentId === id);
const stagesOf = async (drill: Drill) => {
  const { firstResponse, branches } = await drill.written();
  return [...firstResponse, ...branches.flatMap(({ stages }) => stages)];
};

test('at the change of shift the open duties are offered; accepted, reminders go to the new holder', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.pass(1);
  const offered = await offer([drill]);
  expect(offered.status).toBe('offered');
  const duties = dutiesOf(offered, drill);
  expect(duties.map(({ stage }) => stage)).toContain('1.policeCall');
  expect(new Set(duties.map(({ owner }) => owner))).toEqual(new Set(['judicialOffice']));
  expect((await stagesOf(drill)).map(({ holder }) => holder).filter(Boolean)).toEqual([]);
  expect((await api.get('/api/handovers?status=offered')).text).toContain(offered.id);

  const accepted = (await accept(offered, [drill])).body as unknown as Handover;
  expect(accepted).toMatchObject({ status: 'accepted', note: OFFER.note });
  expect(dutiesOf(accepted, drill).every(({ takenOver }) => takenOver)).toBe(true);
  expect((await api.get('/api/handovers?status=offered')).text).not.toContain(offered.id);
  await drill.pass(12);
  const police = (await stagesOf(drill)).find(({ stage }) => stage === 'policeCall')!;
  expect(police.holder).toBe('jia-2');
  expect(police.told.find(({ kind }) => kind === 'overdue')?.person).toBe('jia-2');

  const taken = async () =>
    (await drill.written()).timeline.filter(({ kind }) => kind === 'takenOver').length;
  const before = await taken();
  expect(before).toBe(duties.length);
  expect((await accept(offered, [drill])).body).toMatchObject({ acceptedAt: accepted.acceptedAt });
  expect(await taken()).toBe(before);
}, 240_000);

test('only the next officer accepts, and only who works for these incidents can be the next', async () => {
  const drill = await startDrill(ground, 'violentAct');
  const offered = await offer([drill]);
  expect((await accept(offered, [drill], 'jia-1')).body.code).toBe('NOT_THE_NEXT_OFFICER');
  expect((await accept(offered, [drill], 'nobody')).body.code).toBe('NOT_THE_NEXT_OFFICER');
  const refusal = async (change: object) =>
    (await api.post('/api/handovers', { ...OFFER, ...change }, [drill])).body.code;
  expect(await refusal({ to: 'yi-1' })).toBe('MAY_NOT_ACT');
  expect(await refusal({ to: 'jia-1' })).toBe('SAME_OFFICER');
  expect(await refusal({ to: 'police-jia-1' })).toBe('MAY_NOT_ACT');
  expect(await refusal({ office: 'nowhere' })).toBe('UNKNOWN_OFFICE');
  expect(dutiesOf(await offer([drill], { from: 'yi-1', to: 'yi-2', office: null }), drill)).toEqual([]);
  expect((await stagesOf(drill)).map(({ holder }) => holder).filter(Boolean)).toEqual([]);
}, 240_000);

test('what another body was told of is listed to be known, and nobody is taken anything from', async () => {
  const drill = await startDrill(ground, 'violentAct');
  const offered = await offer([drill], { from: 'leading-1', to: 'leading-2' });
  const report = dutiesOf(offered, drill).find(({ stage }) => stage === '1.reportLeadingGroup')!;
  expect(report).toMatchObject({ owner: 'judicialOffice', own: false });
  expect(dutiesOf(offered, drill).map(({ stage }) => stage)).not.toContain('1.departure');
  const accepted = (await accept(offered, [drill], 'leading-2')).body as unknown as Handover;
  expect(dutiesOf(accepted, drill).find(({ stage }) => stage === '1.reportLeadingGroup')).toMatchObject({
    takenOver: false,
    skipped: 'ToldOnly',
  });
  expect((await stagesOf(drill)).map(({ holder }) => holder).filter(Boolean)).toEqual([]);
}, 240_000);

test('what has ended or was taken over meanwhile is left and named', async () => {
  const [open, closed] = [await startDrill(ground, 'violentAct'), await startDrill(ground, 'violentAct')];
  const offered = await offer([open, closed]);
  await open.record('policeCall', 'called');
  await open.say(messages.takeOver, { by: 'leading-1', stageId: '1.departure' as never, reason: '测试' });
  await closed.endResponse('falseAlarm');
  await closed.ended();
  const accepted = (await accept(offered, [open])).body as unknown as Handover;
  const left = Object.fromEntries(dutiesOf(accepted, open).map(({ stage, skipped }) => [stage, skipped]));
  expect(left).toMatchObject({
    '1.policeCall': 'StageEnded',
    '1.departure': 'TakenOverMeanwhile',
    '1.reportTownship': null,
  });
  expect(new Set(dutiesOf(accepted, closed).map(({ skipped }) => skipped))).toEqual(
    new Set(['IncidentClosed']),
  );
}, 240_000);

test('an offer is taken back by its giver alone, and cannot be accepted then; an accepted one stays', async () => {
  const drill = await startDrill(ground, 'violentAct');
  const offered = await offer([drill]);
  const withdraw = async ({ id }: Handover, by: string) =>
    api.post(`/api/handovers/${id}/withdraw`, { by }, [drill]);
  expect((await withdraw(offered, 'jia-2')).body.code).toBe('NOT_THE_GIVER');
  expect((await withdraw(offered, 'jia-1')).body).toMatchObject({ status: 'withdrawn', acceptedAt: null });
  expect((await withdraw(offered, 'jia-1')).body).toMatchObject({ status: 'withdrawn' });
  expect((await accept(offered, [drill])).body.code).toBe('HANDOVER_WITHDRAWN');
  expect((await api.get('/api/handovers?status=offered')).text).not.toContain(offered.id);
  expect((await api.get('/api/handovers?status=withdrawn')).text).toContain(offered.id);
  expect((await stagesOf(drill)).map(({ holder }) => holder).filter(Boolean)).toEqual([]);

  const next = await offer([drill]);
  await accept(next, [drill]);
  expect((await withdraw(next, 'jia-1')).body.code).toBe('HANDOVER_ACCEPTED');
}, 240_000);

test('the note lies sealed', async () => {
  const offered = await offer([]);
  const rows = await ground.register.db.select().from(handover);
  const row = rows.find(({ id }) => id === offered.id)!;
  expect(row.note!.toString('utf8')).not.toContain('夜班');
  expect(offered.note).toBe(OFFER.note);
});
