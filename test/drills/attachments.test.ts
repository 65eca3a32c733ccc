import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { Document, Packer } from 'docx';
import { generateKey, parseKeyring } from '../../src/crypto/keyring.ts';
import { addAttachment, attachmentsOf, sweepAttachments } from '../../src/store/attachments.ts';
import { erasePersonal, identityReads } from '../../src/store/personal.ts';
import { rowsOf } from '../../src/store/open.ts';
import { savePlanEdition } from '../../src/store/plans.ts';
import { openApi, type DrillApi } from '../harness/drill-api.ts';
import { layGround, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';

/** Photos and files as evidence: what is taken, what is refused, and how they lie. Over real HTTP. */
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

/** One grey pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF');
const NAME = '测试人甲在车站.png';

const pathOf = ({ id }: Drill): string => `/api/incidents/${id}/attachments`;

async function attach(drill: Drill, file: Buffer, query = '?by=jia-1', type = 'image/png', name = NAME) {
  await drill.written();
  return api.send(`${pathOf(drill)}${query}`, file, {
    'content-type': type,
    'x-file-name': encodeURIComponent(name),
  });
}
const entries = async (drill: Drill) =>
  (await drill.written()).timeline.filter(({ kind }) => kind === 'attachmentAdded').map(({ data }) => data);

test('a photo is kept sealed, stands in the timeline by its hash once, and comes back as it was, as a download', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  const sha256 = createHash('sha256').update(PNG).digest('hex');
  const kept = await attach(drill, PNG, '?by=jia-1&stage=1.search');
  expect(kept).toMatchObject({
    status: 200,
    body: { sha256, size: PNG.length, type: 'image/png', stageId: '1.search', by: 'jia-1' },
  });
  await attach(drill, PNG, '?by=jia-1&stage=1.search', 'application/octet-stream'); // sent twice
  expect(await entries(drill)).toEqual([
    {
      attachment: kept.body.id,
      stageId: '1.search',
      by: 'jia-1',
      sha256,
      size: PNG.length,
      type: 'image/png',
    },
  ]);
  expect((await drill.position()).openStages).toContain('1.search'); // evidence; a person says what came of it

  const [row] = await rowsOf<{ file: Uint8Array; name: Uint8Array }>(
    ground.register.db,
    sql`select file, name from attachment where incident_id = ${drill.id}::uuid`,
  );
  expect(Buffer.from(row!.file).includes(PNG.subarray(0, 16))).toBe(false);
  expect(Buffer.from(row!.name).includes(Buffer.from('测试人甲'))).toBe(false);

  const listed = JSON.parse((await api.get(pathOf(drill))).text) as unknown;
  expect(listed).toMatchObject([{ id: kept.body.id, name: NAME, erased: false }]);
  const back = await api.fetch(`${pathOf(drill)}/${String(kept.body.id)}`);
  expect(back.bytes.equals(PNG)).toBe(true);
  expect(back.headers).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': expect.stringMatching(/^attachment; filename="attachment-[0-9a-f]{8}\.png"$/),
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringMatching(/^sandbox;/),
    'cache-control': 'no-store',
  });
  const reads = (await identityReads(ground.register, drill.id)).map(({ route }) => route);
  expect(reads).toContain('GET /api/incidents/{id}/attachments/{attachment}');
  const history = await api.get(`/api/incidents/${drill.id}/history`);
  expect(history.text).toContain('jia-1 添加附件');
}, 240_000);

test('a file is what its content says: a PDF, a .docx; a script called .png, a torn image and no file at all are refused', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  expect(await attach(drill, PDF)).toMatchObject({ status: 200, body: { type: 'application/pdf' } });
  const docx = await Packer.toBuffer(new Document({ sections: [] }));
  expect(await attach(drill, docx)).toMatchObject({
    body: { type: expect.stringContaining('wordprocessingml') },
  });
  const unusable = { status: 422, body: { code: 'ATTACHMENT_UNUSABLE' } };
  const script = Buffer.from('#!/bin/sh\nrm -rf /\n');
  const page = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  for (const file of [script, page, PNG.subarray(0, 8), Buffer.from('MZ...'), Buffer.alloc(0)])
    expect([file.length, await attach(drill, file)]).toEqual([
      file.length,
      expect.objectContaining({ ...unusable, body: expect.objectContaining(unusable.body) }),
    ]);
  expect(await attach(drill, Buffer.from('{}'), '?by=jia-1', 'application/json')).toMatchObject(unusable);
  expect(await attach(drill, PNG, '?by=nobody')).toMatchObject({ body: { code: 'UNKNOWN_PERSON' } });
  expect(await entries(drill)).toHaveLength(2);
}, 240_000);

test('twenty mebibytes and a byte are refused as too large; twenty pass', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  const limit = 20 * 1024 * 1024;
  const large = Buffer.concat([PNG, Buffer.alloc(limit - PNG.length)]);
  expect(await attach(drill, large)).toMatchObject({ status: 200, body: { size: limit } });
  expect(await attach(drill, Buffer.concat([large, Buffer.from('1')]))).toMatchObject({
    status: 413,
    body: { code: 'ATTACHMENT_TOO_LARGE' },
  });
}, 240_000);

test('a file that its incident does not take is not kept, and one that nobody heard of is swept', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  const held = () =>
    rowsOf(ground.register.db, sql`select 1 from attachment where incident_id = ${drill.id}::uuid`);
  expect(await attach(drill, PNG, '?by=jia-1&stage=7.nothing')).toMatchObject({
    status: 404,
    body: { code: 'UnknownStage' },
  });
  expect(await held()).toEqual([]);

  const one = { incidentId: drill.id, stageId: null, by: 'jia-1', name: '', type: 'image/png' };
  await addAttachment(ground.register, { ...one, file: Buffer.from('unheard of') });
  const { body } = await attach(drill, PNG);
  await drill.written();
  await ground.register.db.execute(sql`update attachment set noted_at = null`); // its mark was lost
  expect(await sweepAttachments(ground.register, '2100-01-01T00:00:00.000Z')).toBe(1);
  expect(await attachmentsOf(ground.register, drill.id, true)).toMatchObject([{ id: body.id, name: NAME }]);
}, 240_000);

test('what is erased with the incident’s identities is answered as erased, and a closed incident takes no more', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  const { body } = await attach(drill, PNG);
  await drill.endResponse('falseAlarm');
  await drill.ended();
  expect(await attach(drill, PDF)).toMatchObject({ status: 409, body: { code: 'IncidentClosed' } });
  await erasePersonal(ground.register, drill.id);
  const gone = await api.get(`${pathOf(drill)}/${String(body.id)}`);
  expect(gone).toMatchObject({ status: 410, body: { code: 'ATTACHMENT_ERASED' } });
  expect(JSON.parse((await api.get(pathOf(drill))).text)).toMatchObject([{ erased: true, name: null }]);
}, 240_000);
