import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { KeptLooking } from '../keep-looking.ts';
import { keepRostersLive } from '../live-rosters.ts';
import { liveOrganisation } from '../people/live-organisation.ts';
import { contactFor } from '../people/organisation.ts';
import { at, GOOD, MERGES, organisation as file, workbook } from '../rosters/testing.ts';
import type { Register } from '../store/open.ts';
import { listChanges } from '../store/changes.ts';
import { openTestRegister } from '../store/testing.ts';
import { answerErrors } from './errors.ts';
import { rosterRoutes } from './routes-rosters.ts';

/** Sheets sent to the routes on a real register; what is live is what a message would be sent by. */
let register: Register;
let app: FastifyInstance;
let rosters: KeptLooking;
const live = liveOrganisation(file);

beforeAll(async () => {
  register = await openTestRegister();
  rosters = keepRostersLive(register, live);
  app = Fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  app.decorateRequest('apiKeyId', 'key-test');
  await app.register(
    rosterRoutes({ register, organisation: live.organisation, refreshRosters: rosters.refresh }),
  );
});
afterAll(async () => {
  rosters.stop();
  await app.close();
  await register.close();
});

async function ask(method: 'GET' | 'POST', path: string, sheet?: Uint8Array) {
  const headers = {
    ...(sheet ? { 'content-type': 'application/octet-stream' } : {}),
  };
  const payload = sheet ? { payload: Buffer.from(sheet) } : {};
  return app.inject({ method, url: `/api/rosters/${path}`, headers, ...payload });
}
const preview = async (sheet: Uint8Array) => (await ask('POST', 'office/preview', sheet)).json();
const apply = async (sheet: Uint8Array, hash: string) =>
  (await ask('POST', `office?preview=${hash}`, sheet)).json();
const onDuty = (time: string) =>
  contactFor(live.organisation, { party: 'judicialOffice', office: 'office', contact: 1 }, at(time))?.id;

test('a sheet is previewed, imported as it was previewed, live at once, and undone', async () => {
  const sheet = await workbook({ rows: GOOD, merges: MERGES });
  const shown = await preview(sheet);
  expect(shown).toMatchObject({ from: '2026-01-01', to: '2026-01-05', turns: 15, problems: [] });
  expect(shown.changes).toHaveLength(15);
  expect(shown.changes[0]).toEqual({
    date: '2026-01-01',
    as: 'officer',
    shift: '白班',
    before: null,
    after: ['虚构zhao', '虚构qian'],
  });
  expect(onDuty('2026-01-02 23:00')).toBe('zhao'); // nothing is imported: the first contact

  expect(await apply(sheet, 'f'.repeat(64))).toMatchObject({ code: 'ROSTER_PREVIEW_OUTDATED' });
  expect(await apply(sheet, shown.preview)).toEqual({ body: 'office', nr: 1, changes: 15 });
  expect(onDuty('2026-01-02 23:00')).toBe('wu');
  expect(await apply(sheet, shown.preview)).toMatchObject({ status: 409, code: 'ROSTER_PREVIEW_OUTDATED' });

  const february = await workbook({ rows: [['2026年2月1日', null, '虚构wu', '虚构sun', '虚构li']] });
  const next = await preview(february);
  expect(next.changes).toHaveLength(3);
  expect(await apply(february, next.preview)).toMatchObject({ nr: 2 });
  expect([onDuty('2026-01-02 23:00'), onDuty('2026-02-01 23:00')]).toEqual(['wu', 'sun']);

  expect((await ask('POST', 'office/undo')).json()).toEqual({ body: 'office', undone: 2, standing: 1 });
  expect([onDuty('2026-01-02 23:00'), onDuty('2026-02-01 23:00')]).toEqual(['wu', 'zhao']);
  expect((await ask('POST', 'office/undo')).json()).toMatchObject({ undone: 1, standing: null });
  expect((await ask('POST', 'office/undo')).json()).toMatchObject({ code: 'ROSTER_NOTHING_TO_UNDO' });
  expect(onDuty('2026-01-02 23:00')).toBe('zhao');
});

test.each(['xlsx', 'csv'])(
  'what is exported as %s can be imported again and changes nothing',
  async (format) => {
    const sheet = await workbook({ rows: GOOD, merges: MERGES });
    await apply(sheet, (await preview(sheet)).preview);
    const window = 'from=2025-12-31&to=2026-01-06';
    const answer = await ask('GET', `office/export?${window}&format=${format}`);
    expect(answer.headers['content-disposition']).toMatch(`office-2025-12-31-2026-01-06.${format}`);
    expect(await preview(new Uint8Array(answer.rawPayload))).toMatchObject({
      problems: [],
      changes: [],
      turns: 15,
    });
    const { rows, days, gaps, editions } = (await ask('GET', `office?${window}`)).json();
    expect(days[1]).toEqual({ date: '2026-01-01', kind: 'holiday', name: '元旦' });
    expect(days[4]).toEqual({ date: '2026-01-04', kind: 'shiftedWorkday', name: '元旦' });
    expect(gaps.filter(({ as }: { as: string }) => as === 'officer')).toEqual([
      { as: 'officer', from: '2025-12-30T16:00:00.000Z', to: '2026-01-01T00:30:00.000Z' },
      { as: 'officer', from: '2026-01-05T09:30:00.000Z', to: '2026-01-06T16:00:00.000Z' },
    ]);
    expect(rows[1]).toEqual(['2026-01-01', '星期四', '虚构zhao、虚构qian', '虚构sun', '虚构li', '元旦']);
    expect(editions[0]).toMatchObject({ by: expect.stringMatching(/^key-/), undoneAt: null });
    await ask('POST', 'office/undo');
  },
);

test('one bad row and nothing is imported; a file that is none and a body that is none are refused', async () => {
  const bad = await workbook({
    rows: [...GOOD, ['2月30日', null, '虚构wu', '虚构sun', '虚构li']],
    merges: MERGES,
  });
  const shown = await preview(bad);
  expect(shown).toMatchObject({ changes: [], problems: [{ row: 9, column: 'A', code: 'NO_SUCH_DATE' }] });
  expect(await apply(bad, shown.preview)).toMatchObject({
    status: 422,
    code: 'ROSTER_HAS_MISTAKES',
    problems: [{}],
  });
  expect(onDuty('2026-01-02 23:00')).toBe('zhao');
  const macros = await workbook({ rows: GOOD, vbaProject: new Uint8Array([1]) });
  expect(await preview(macros)).toMatchObject({ status: 422, code: 'ROSTER_MACROS', title: '文件含有宏' });
  expect(await preview(new Uint8Array(3 * 1024 * 1024))).toMatchObject({
    status: 413,
    code: 'ROSTER_FILE_TOO_LARGE',
  });
  expect((await ask('POST', 'nowhere/preview', macros)).json()).toMatchObject({
    status: 404,
    code: 'UNKNOWN_BODY',
  });
});

test('while the register is away what was read last stands, and sending does not notice', async () => {
  const away = await openTestRegister();
  const own = liveOrganisation(file);
  const kept = keepRostersLive(away, own);
  await kept.refresh();
  own.show(
    new Map([
      [
        'office',
        {
          shifts: {},
          dated: [{ date: '2026-01-02', as: 'officer', shift: 'night', people: ['sun', 'gone'] }],
        },
      ],
    ]),
  );
  await away.close();
  await kept.refresh();
  const notice = { party: 'judicialOffice', office: 'office', contact: 1 };
  expect(contactFor(own.organisation, notice, at('2026-01-02 23:00'))?.id).toBe('sun');
  kept.stop();
});

test('an import and its entry of the change record are one: while that is broken nothing is imported or undone', async () => {
  const sheet = await workbook({ rows: GOOD, merges: MERGES });
  const editions = async () => (await ask('GET', 'office')).json().editions;
  const standing = await editions();
  const { preview: hash } = await preview(sheet);
  await register.db.execute(sql`update change_head set mac = reverse(mac)`);
  const broken = { status: 503, code: 'CHANGE_RECORD_BROKEN' };
  expect(await apply(sheet, hash)).toMatchObject(broken);
  expect(await editions()).toEqual(standing);
  await register.db.execute(sql`update change_head set mac = reverse(mac)`);
  const { nr } = await apply(sheet, hash);
  const [entry] = await listChanges(register, { area: 'roster', limit: 1 });
  expect(entry).toMatchObject({ subject: 'roster office', to: { edition: nr } });
  await register.db.execute(sql`update change_head set mac = reverse(mac)`);
  expect((await ask('POST', 'office/undo')).json()).toMatchObject(broken);
  expect((await editions())[0]).toMatchObject({ nr, undoneAt: null });
  await register.db.execute(sql`update change_head set mac = reverse(mac)`);
  expect((await ask('POST', 'office/undo')).json()).toMatchObject({ undone: nr });
});
