import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { loadOrganisation } from '../people/organisation.ts';
import { loadPlan } from '../plan/load.ts';
import type { EntryData, NewEntry } from '../incident/entry.ts';
import { NO_ANCHOR, type IncidentId } from '../incident/ids.ts';
import { plus } from '../incident/instant.ts';
import { append } from '../store/append.ts';
import { saveRunArchive } from '../store/archives.ts';
import { addAttachment, markAttachmentNoted } from '../store/attachments.ts';
import { addScan, markScanNoted } from '../store/document-scans.ts';
import { addDraft, numberOf, signDocument } from '../store/documents.ts';
import { logIdentityRead } from '../store/personal.ts';
import { savePlanEdition } from '../store/plans.ts';
import { sampleIncident, type SampleIncident } from '../store/sample-incident.ts';
import { openTestRegister } from '../store/testing.ts';
import type { Register } from '../store/open.ts';
import { createDataConverter } from '../temporal/data-converter.ts';
import { packHistory } from '../temporal/run-history.ts';
import type { BundleDeps } from './gather.ts';

/** A register with the sample's people, to make bundles of. */
export async function openTestArchive(): Promise<BundleDeps & { close(): Promise<void> }> {
  const register = await openTestRegister();
  return {
    register,
    organisation: loadOrganisation('plans/organisation.sample.yaml'),
    dataConverter: createDataConverter(register.keyring),
    close: () => register.close(),
  };
}

const PHOTO = Buffer.from(`\xff\xd8\xff 测试照片 ${'照'.repeat(2_000)}`, 'utf8');

/**
 * A closed incident with everything that a bundle can hold: a signed document with a scan, a photo, a reading, and the histories
 * of its two runs, the last of which ended with the timeline's last entry.
 */
export async function archivedIncident(register: Register): Promise<SampleIncident> {
  const sample = sampleIncident();
  const plan = loadPlan('plans/wushen-2025.yaml');
  await savePlanEdition(register, plan.pin, plan.text);
  const signed = await signedDocument(register, sample.id);
  const photo = await addAttachment(register, {
    incidentId: sample.id,
    stageId: null,
    type: 'image/jpeg',
    by: 'jia-1',
    name: '桥北 <现场>.jpg',
    file: PHOTO,
  });
  await markAttachmentNoted(register, photo.id, photo.at);
  const more: NewEntry[] = [
    ...signed,
    {
      kind: 'attachmentAdded',
      data: {
        attachment: photo.id,
        stageId: null,
        sha256: photo.sha256,
        size: photo.size,
        type: photo.type,
        by: 'jia-1',
      },
    },
  ];
  const closing = sample.entries.splice(-2);
  const at = sample.entries.at(-1)!.at;
  for (const [nr, entry] of [...more, ...closing].entries())
    sample.entries.push({
      ...entry,
      seq: sample.entries.length + 1,
      at: plus(at, (nr + 1) * 1_000),
    } as never);
  const first = sample.entries[0]!.data as EntryData['incidentReported'];
  sample.entries[0]!.data = { ...first, plan: plan.pin };
  const { anchor } = await append(register, sample.batch(1), NO_ANCHOR);
  await logIdentityRead(register, {
    incidentId: sample.id,
    apiKeyId: 'key-1',
    route: 'GET /test',
    reason: '测试理由:核对',
  });
  await archiveRuns(register, sample.id, anchor);
  return sample;
}

async function signedDocument(register: Register, incidentId: IncidentId): Promise<NewEntry[]> {
  const paper = {
    form: 'letter',
    issuer: '演示旗司法局',
    urgency: null,
    title: '测试文书',
    addressee: '测试派出所',
    blocks: [{ kind: 'p', text: '测试正文：测试甲' }],
    annexes: [],
    signature: '演示旗司法局',
    sealed: true,
    copies: [],
    drill: false,
  };
  const at = '2026-03-04T01:45:00.000Z';
  const draft = await addDraft(register, {
    incidentId,
    template: 'police-notice',
    name: '书面通知',
    drill: false,
    series: '演司矫函',
    draftedBy: 'jia-1',
    draftedAt: at,
    verifying: [],
    old: null,
    oldAct: null,
    content: { paper, values: {}, fields: {}, asOf: at },
  });
  await addDraft(register, {
    incidentId,
    template: 'search-record',
    name: '查找记录',
    drill: false,
    series: null,
    draftedBy: 'jia-1',
    draftedAt: at,
    verifying: [],
    old: null,
    oldAct: null,
    content: { paper: { ...paper, title: '草稿:不外传' }, values: {}, fields: {}, asOf: at },
  });
  const { id, digest, template, name } = draft;
  const row = await signDocument(register, { id, by: 'deputy-1', at, digest, year: 2026 });
  if (!row || row === 'oldGone') throw new Error('not signed');
  const file = Buffer.from('%PDF-1.7 测试扫描件');
  const of = { incidentId, documentId: id, type: 'application/pdf', by: 'jia-1' };
  const scan = (await addScan(register, { ...of, file }, 1))!;
  await markScanNoted(register, scan.id, at);
  const said = { document: id, template, name, number: numberOf(row), old: null };
  return [
    { kind: 'documentNoted', data: { ...said, act: 'signed', digest, by: 'deputy-1' } },
    { kind: 'documentNoted', data: { ...said, act: 'scanAttached', digest: scan.sha256, by: 'jia-1' } },
  ];
}

const payload = (value: unknown) => ({
  metadata: { encoding: Buffer.from('json/plain').toString('base64') },
  data: Buffer.from(JSON.stringify(value)).toString('base64'),
});

async function archiveRuns(register: Register, incidentId: IncidentId, anchor: object): Promise<void> {
  const started = (type: string, before: string) => ({
    eventId: '1',
    eventTime: '2026-03-04T01:20:00Z',
    eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
    workflowExecutionStartedEventAttributes: {
      workflowType: { name: type },
      continuedExecutionRunId: before,
      input: { payloads: [payload({ note: '测试历史' })] },
    },
  });
  const ended = {
    eventId: '2',
    eventTime: '2026-03-04T02:20:00Z',
    eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED',
    workflowExecutionCompletedEventAttributes: {
      result: { payloads: [payload({ closedAs: 'responseEnded', anchor })] },
    },
  };
  const runs = [
    { runId: 'run-1', workflowType: 'riskSigns', events: [started('riskSigns', '')] },
    { runId: 'run-2', workflowType: 'violentAct', events: [started('violentAct', 'run-1'), ended] },
  ];
  for (const [nr, { events, ...run }] of runs.entries())
    await saveRunArchive(register, {
      ...run,
      incidentId,
      endedAt: `2026-03-04T0${nr + 1}:20:00.000Z`,
      history: packHistory(historyFromJSON({ events })),
    });
}
