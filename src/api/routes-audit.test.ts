import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { HISTORIES_KEYRING, keptHistories } from '../../test/harness/kept-histories.ts';
import { NO_ANCHOR } from '../incident/ids.ts';
import { append } from '../store/append.ts';
import { saveRunArchive } from '../store/archives.ts';
import type { Register } from '../store/open.ts';
import { erasePersonal } from '../store/personal.ts';
import { sampleIncident } from '../store/sample-incident.ts';
import { openTestRegister } from '../store/testing.ts';
import { createDataConverter } from '../temporal/data-converter.ts';
import { packHistory } from '../temporal/run-history.ts';
import { auditRoutes } from './routes-audit.ts';

let register: Register;
let connection: Connection;
let app: FastifyInstance;

/** A Temporal that is not there: no workflow can say where its timeline ends. */
beforeAll(async () => {
  register = await openTestRegister(HISTORIES_KEYRING);
  connection = Connection.lazy({ address: '127.0.0.1:1' });
  const client = new Client({ connection, dataConverter: createDataConverter(HISTORIES_KEYRING) });
  app = Fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(auditRoutes({ register, client }));
});
afterAll(async () => {
  await app.close();
  await connection.close();
  await register.close();
});

const audit = async (): Promise<unknown> => (await app.inject({ method: 'POST', url: '/api/audit' })).json();

test('an incident counts as not compared while Temporal is away, and once closed its archived end stands in', async () => {
  const incident = sampleIncident();
  await append(register, incident.batch(1), NO_ANCHOR);
  await erasePersonal(register, incident.id, ['evidence']);
  const archive = (name: string, endedAt: string) =>
    saveRunArchive(register, {
      incidentId: incident.id,
      runId: name,
      workflowType: 'riskSigns',
      endedAt,
      history: packHistory(
        historyFromJSON(keptHistories().find((kept) => kept.name.includes(name))!.history),
      ),
    });
  await archive('case6-1', '2026-03-04T02:00:00.000Z'); // a run that handed on to the next, and knows no end
  expect(await audit()).toEqual({
    incidents: 1,
    entries: incident.entries.length,
    erased: 2,
    unanchored: 1,
    erasures: [],
    problems: [expect.objectContaining({ code: 'ERASED_UNRECORDED' })],
  });

  await archive('case6-3', '2026-03-04T03:00:00.000Z'); // the end of a longer timeline: this one must look cut
  expect(await audit()).toMatchObject({
    unanchored: 0,
    problems: [
      { code: 'ERASED_UNRECORDED' },
      { incidentId: incident.id, seq: incident.entries.length + 1, code: 'CUT_TAIL' },
    ],
  });
}, 240_000);
