import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createEmail, type Email } from '../../src/channels/email.ts';
import { generateKey, parseKeyring } from '../../src/crypto/keyring.ts';
import { incidentWorkflowId, stageId, type IncidentId, type MessageKey } from '../../src/incident/ids.ts';
import type { Position, Report } from '../../src/incident/state.ts';
import { loadOrganisation } from '../../src/people/organisation.ts';
import { loadPlan, type Plan } from '../../src/plan/load.ts';
import type { BranchKey } from '../../src/plan/part.ts';
import { planPart } from '../../src/plan/part-of.ts';
import { incidentDetail, type IncidentDetail } from '../../src/store/incidents.ts';
import type { Register } from '../../src/store/open.ts';
import { openTestRegister } from '../../src/store/testing.ts';
import { createWorkers } from '../../src/temporal/create-worker.ts';
import { createDataConverter } from '../../src/temporal/data-converter.ts';
import { TASK_QUEUE } from '../../src/temporal/task-queues.ts';
import { bundleWorkflows } from '../../src/temporal/workflow-bundle.ts';
import * as messages from '../../src/workflows/messages.ts';
import { startSmtp, type Smtp } from './smtp.ts';
import { createTimeSkippingEnvironment } from './test-server.ts';

/** The ground all drills of a file stand on: Temporal with a clock that leaps, a real register, a real mail server. */
export interface DrillGround {
  env: TestWorkflowEnvironment;
  client: Client;
  register: Register;
  smtp: Smtp;
  plan: Plan;
  leave(): Promise<void>;
}

/** An incident in a drill, and what can be done and seen in it. */
export interface Drill {
  id: IncidentId;
  handle: WorkflowHandle;
  /** Lets time pass, e.g. `pass('10m')`, and everything that falls due in it happen. */
  pass(duration: string): Promise<void>;
  say<R, A>(update: UpdateDefinition<R, [A]>, argument: A): Promise<R>;
  /** Ends a stage of the present branch. */
  record(stage: string, outcome: string, by?: string): Promise<unknown>;
  /** A person of a party confirms the last message of that stage's line. */
  confirm(stage: string, line: string, person: string): Promise<unknown>;
  switchTo(branch: BranchKey): Promise<unknown>;
  position(): Promise<Position>;
  /** The register's record, once it has caught up with the workflow. */
  written(): Promise<IncidentDetail>;
  /** Everybody told, as `stage line → party rung.repeat`, in order, from the register. */
  told(): Promise<string[]>;
}

/** The plan drills run on unless they say otherwise: the Wushen plan with the sample bureau's own limits. */
const PLAN = 'plans/wushen-2025.yaml';

export async function layGround(planPath = PLAN): Promise<DrillGround> {
  const keyring = parseKeyring(generateKey());
  const dataConverter = createDataConverter(keyring);
  const env = await createTimeSkippingEnvironment({ client: { dataConverter } });
  const [register, smtp, workflowBundle] = await Promise.all([
    openTestRegister(),
    startSmtp(),
    bundleWorkflows(),
  ]);
  const email: Email = createEmail({ smtpUrl: smtp.url, from: 'fenghuo@example.invalid' });
  const workers = await createWorkers({
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    dataConverter,
    workflowBundle,
    register,
    client: env.client,
    email,
    keyring,
    organisation: loadOrganisation('plans/organisation.sample.yaml'),
    publicUrl: 'http://drill.invalid',
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  return {
    env,
    client: env.client,
    register,
    smtp,
    plan: loadPlan(planPath),
    async leave() {
      for (const worker of workers) worker.shutdown();
      await running;
      await email.close();
      await smtp.close();
      await register.close();
      await env.teardown();
    },
  };
}

const REPORT: Omit<Report, 'incidentId'> = {
  drill: false,
  eventType: null,
  office: 'jia',
  occurredAt: null,
  discoveredAt: null,
  receivedAt: '2026-03-06T18:13:00.000Z',
  subjects: 1,
  missing: [],
  marks: [],
  bodyHash: 'k1:0',
  apiKeyId: 'drill',
  numberSeries: { prefix: 'YS', year: 2026, drill: false },
  personal: { situation: '测试情况', 'subject.1.name': '测试人' },
};

export async function startDrill(
  ground: DrillGround,
  branch: BranchKey,
  report: Partial<Report> = {},
): Promise<Drill> {
  const { env, client, register, plan } = ground;
  const id = randomUUID() as IncidentId;
  const workflowId = incidentWorkflowId(id);
  const input = { plan: planPart(plan, branch), report: { ...REPORT, ...report, incidentId: id } };
  await client.workflow.start(branch, { workflowId, taskQueue: TASK_QUEUE, args: [input] });
  // Without a run id: an incident is the same over all its runs.
  const handle = client.workflow.getHandle(workflowId);
  const position = (): Promise<Position> => handle.query(messages.position);
  const written = async (): Promise<IncidentDetail> => {
    for (;;) {
      const detail = await incidentDetail(register, id);
      const now = await position();
      if (
        detail &&
        now.unsent.length === 0 &&
        detail.timeline.length === now.anchor.seq &&
        now.unwritten === 0
      )
        return detail;
      await turn();
    }
  };
  const say: Drill['say'] = (update, argument) => handle.executeUpdate(update, { args: [argument] });
  const stageNow = async (stage: string) => stageId((await position()).entry, stage);
  return {
    id,
    handle,
    position,
    written,
    say,
    pass: async (duration) => {
      await env.sleep(duration as `${number}m`);
      await written();
    },
    record: async (stage, outcome, by = 'jia-1') =>
      say(messages.resolveStage, { stageId: await stageNow(stage), outcome, by, evidence: '测试证据' }),
    confirm: async (stage, line, person) => {
      const [sent] = (await written()).timeline
        .filter(
          ({ kind, data }) =>
            kind === 'messageSent' && data.line === line && String(data.stageId).endsWith(`.${stage}`),
        )
        .slice(-1);
      return say(messages.acknowledge, { key: sent!.data.key as MessageKey, person });
    },
    switchTo: (to) =>
      say(messages.switchBranch, { plan: planPart(plan, to), by: 'jia-1', reason: '测试理由' }),
    told: async () =>
      (await written()).timeline
        .filter(({ kind }) => kind === 'messageSent')
        .map(({ data }) => `${data.stageId} ${data.line} → ${data.party} ${data.rung}.${data.repeat}`),
  };
}
