import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { parseKeyring } from '../../src/crypto/keyring.ts';
import { createDataConverter } from '../../src/temporal/data-converter.ts';
import { installLogger } from '../../src/temporal/logger.ts';
import { bundleWorkflows } from '../../src/temporal/workflow-bundle.ts';
import { attributeOf, startCollector, type CollectedSpan, type Collector } from '../harness/collector.ts';
import { allSettled, report, type LiveIncident } from '../harness/incident.ts';
import { addressOf, noticeIn, receiptLink } from '../harness/mail.ts';
import { LONG_PLAN, startSystem, type System } from '../harness/system.ts';
import { tracesOf } from '../harness/traces.ts';

/** From the report to the mail: what a collector is told, and what it is never told. */
jest.setTimeout(240_000);

const SECRETS = {
  name: '测试䶮𠮷甲',
  situation: '情况记号䶮壹',
  type: '种类记号䶮捌',
  note: '说明记号䶮拾壹',
};

let collector: Collector;
let system: System;
let incident: LiveIncident;
/** The first mail to this one is put off: a try that failed is a span, too. */
const answers = [451];
beforeAll(async () => {
  installLogger(pino({ enabled: false }));
  collector = await startCollector();
  system = await startSystem({
    plan: LONG_PLAN,
    settings: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '200' },
    onRcpt: (address) => (address === addressOf('jia-1') ? answers.shift() : undefined),
  });
});
afterAll(async () => {
  await system?.leave();
  await collector?.close();
});

test('one trace goes from the report through the workflow to the mail', async () => {
  incident = await report(system, { situation: SECRETS.situation, subjects: [{ name: SECRETS.name }] });
  await incident.when('everybody is told', allSettled);
  const mail = await incident.mail({ person: 'jia-1' });
  const { key } = noticeIn(mail);
  const isOf = (name: string) => (span: CollectedSpan) =>
    span.name === name && attributeOf(span, 'fenghuo.message') === key && !span.status?.code;
  const sent = await collector.span('the send', isOf('send email'));
  const request = await collector.span('the request', ({ name }) => name === 'POST /api/incidents');

  const inTrace = collector.spans.filter(({ traceId }) => traceId === request.traceId);
  const byId = new Map(inTrace.map((span) => [span.spanId, span]));
  const above = (span: CollectedSpan): string[] => {
    const parent = byId.get(span.parentSpanId ?? '');
    return parent ? [parent.name, ...above(parent)] : [];
  };
  expect(sent.traceId).toBe(request.traceId);
  expect(above(sent)).toEqual([
    'RunActivity:send',
    'RunWorkflow:riskSigns',
    'StartWorkflow:riskSigns',
    'POST /api/incidents',
  ]);
  const start = inTrace.find(({ name }) => name.startsWith('StartWorkflow:'))!;
  expect(attributeOf(start, 'temporalWorkflowId')).toBe(`incident-${incident.id}`);
});

test('a try that failed says its code, and neither to whom nor why', async () => {
  const failed = await collector.span(
    'the try that was put off',
    ({ name, status }) => name === 'send email' && status?.code === 2,
  );
  expect(attributeOf(failed, 'error.type')).toBe('SMTP_451');
  expect(failed.status).toEqual({ code: 2 });
  expect(failed.events ?? []).toEqual([]);
});

test('nothing personal reaches the collector', async () => {
  await report(system, { eventType: SECRETS.type, drill: true });
  const body = new URLSearchParams({ note: SECRETS.note });
  await fetch(receiptLink(await incident.mail({ person: 'leading-1' })), { method: 'POST', body });
  await collector.span(
    'the receipt',
    ({ name }) => name.startsWith('StartUpdate:') || name.includes('pdate'),
  );
  await system.stop();

  const bytes = collector.received();
  expect(tracesOf(incident.id, bytes)).toContain('utf8'); // the search finds what is there
  for (const [name, secret] of Object.entries({
    ...SECRETS,
    address: '@example.invalid',
    link: '/r/ey',
  }))
    expect({ [name]: tracesOf(secret, bytes) }).toEqual({ [name]: [] });
});

test('a history that was traced goes on without traces', async () => {
  await system.restart();
  const read = (name: string) => readFile(join(system.dataDir, name), 'utf8');
  const { port } = JSON.parse(await read('temporal.json')) as { port: number };
  const connection = await Connection.connect({ address: `127.0.0.1:${port}` });
  try {
    const handle = new Client({ connection }).workflow.getHandle(`incident-${incident.id}`);
    const dataConverter = createDataConverter(parseKeyring((await read('keys')).trim()));
    const history = await handle.fetchHistory();
    expect(JSON.stringify(history)).toContain('_tracer-data');
    await Worker.runReplayHistory({ workflowBundle: await bundleWorkflows(), dataConverter }, history);
  } finally {
    await connection.close();
  }
});
