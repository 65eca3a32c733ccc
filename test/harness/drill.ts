import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import type { Channels } from '../../src/activities/compose.ts';
import { createEmail, type Email } from '../../src/channels/email.ts';
import { generateKey, parseKeyring, type Keyring } from '../../src/crypto/keyring.ts';
import { incidentWorkflowId, stageId, type IncidentId, type MessageKey } from '../../src/incident/ids.ts';
import type { Instant } from '../../src/incident/instant.ts';
import type { Position, Report } from '../../src/incident/state.ts';
import { loadOrganisation, type Organisation } from '../../src/people/organisation.ts';
import { loadPlan, type Plan } from '../../src/plan/load.ts';
import { planPart } from '../../src/plan/part-of.ts';
import { incidentDetail, type IncidentDetail } from '../../src/store/incidents.ts';
import type { Register } from '../../src/store/open.ts';
import { entry } from '../../src/store/tables.ts';
import { openTestRegister } from '../../src/store/testing.ts';
import { createWorkers } from '../../src/temporal/create-worker.ts';
import { createDataConverter } from '../../src/temporal/data-converter.ts';
import { installLogger } from '../../src/temporal/logger.ts';
import { TASK_QUEUE } from '../../src/temporal/task-queues.ts';
import { bundleWorkflows } from '../../src/temporal/workflow-bundle.ts';
import * as messages from '../../src/workflows/messages.ts';
import { passMinutes, quiet } from './leaping-clock.ts';
import { startSmtp, type Smtp } from './smtp.ts';
import { createTimeSkippingEnvironment } from './test-server.ts';

/** The ground all drills of a file stand on: Temporal with a clock that leaps, a real register, a real mail server. */
export interface DrillGround {
  env: TestWorkflowEnvironment;
  client: Client;
  register: Register;
  smtp: Smtp;
  /** Its clock leaps; a real server's does not, and has none of the traps. */
  leaps: boolean;
  /** Lets time pass, and everything that falls due in it happen. */
  pass(minutes: number): Promise<void>;
  plan: Plan;
  keyring: Keyring;
  organisation: Organisation;
  /** Ends what the last drill left open, so that its deadlines do not fall due in the next one. */
  clear(): Promise<void>;
  leave(): Promise<void>;
}

/** An incident in a drill, and what can be done and seen in it. */
export interface Drill {
  id: IncidentId;
  handle: WorkflowHandle;
  /** Lets time pass, and everything that falls due in it happen. */
  pass(minutes: number): Promise<void>;
  /** What is told from now on until `work` is done, as {@link told} has it. */
  toldDuring(work: () => Promise<unknown>): Promise<string[]>;
  /** The stages that are open, without their entry. */
  open(): Promise<string[]>;
  say<R, A>(update: UpdateDefinition<R, [A]>, argument: A): Promise<R>;
  /** Ends a stage of the present branch. */
  record(stage: string, outcome: string, by?: string): Promise<unknown>;
  /** A person of a party confirms the last message of that stage's line. */
  confirm(stage: string, line: string, person: string): Promise<unknown>;
  switchTo(branch: string): Promise<unknown>;
  /** Two people end the response: the incident goes on in the aftermath where the plan has one, else it is closed. */
  endResponse(as?: 'responseEnded' | 'falseAlarm'): Promise<{ closed: boolean; branch: string }>;
  position(): Promise<Position>;
  /** The register's record, once it has caught up with the workflow. */
  written(): Promise<IncidentDetail>;
  /** Resolves once the incident is closed and its workflow has ended. Does not let time leap, as awaiting a result does. */
  ended(): Promise<void>;
  /** Everybody told, as `stage line → party rung.repeat`, in order, from the register. */
  told(): Promise<string[]>;
}

/** How long the record may take to catch up before something is wrong. */
const PATIENCE_MS = 60_000;

/** The plan drills run on unless they say otherwise: the Wushen plan with the sample bureau's own limits. */
const PLAN = 'plans/wushen-2025.yaml';

const drills = new WeakMap<DrillGround, Drill[]>();

export interface GroundOptions {
  planPath?: string;
  organisationPath?: string;
  /** A server whose clock leaps, unless told otherwise. */
  createEnvironment?: typeof createTimeSkippingEnvironment;
  keyring?: Keyring;
  /** Another organisation than the file's. */
  organisation?: Organisation;
  /** Channels beside mail. */
  channels?: Channels;
  /** The instant at which people are on duty; activities see the wall clock. */
  now?: () => Instant;
}

export async function layGround({
  planPath = PLAN,
  organisationPath = 'plans/organisation.sample.yaml',
  createEnvironment = createTimeSkippingEnvironment,
  keyring = parseKeyring(generateKey()),
  organisation = loadOrganisation(organisationPath),
  channels = {},
  now,
}: GroundOptions = {}): Promise<DrillGround> {
  installLogger(pino({ enabled: false }));
  const dataConverter = createDataConverter(keyring);
  const env = await createEnvironment({ client: { dataConverter } });
  const [register, smtp, workflowBundle] = await Promise.all([
    openTestRegister(),
    startSmtp(),
    bundleWorkflows(),
  ]);
  const email: Email = createEmail({ smtpUrl: smtp.url, from: 'fenghuo@example.invalid' });
  const plan = loadPlan(planPath);
  const workers = await createWorkers({
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    dataConverter,
    workflowBundle,
    register,
    client: env.client,
    email,
    channels: { email, ...channels },
    keyring,
    organisation,
    ...(now ? { now } : {}),
    plan,
    publicUrl: 'http://drill.invalid',
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  const ground: DrillGround = {
    env,
    client: env.client,
    register,
    smtp,
    leaps: createEnvironment === createTimeSkippingEnvironment,
    keyring,
    organisation,
    plan,
    async pass(minutes) {
      await (ground.leaps ? passMinutes(env, minutes) : env.sleep(minutes * 60_000));
      await settled(ground);
    },
    async clear() {
      await settled(ground);
      // Those that have ended by themselves refuse it.
      await Promise.allSettled((drills.get(ground) ?? []).map(({ handle }) => handle.terminate()));
      drills.set(ground, []);
    },
    async leave() {
      for (const worker of workers) worker.shutdown();
      await running;
      await email.close();
      await smtp.close();
      await register.close();
      // Left open: a call that somebody stopped waiting for is tried again for a while, and on a closed channel that throws out of a timer.
      env.connection.close = async () => undefined;
      await env.teardown();
    },
  };
  drills.set(ground, []);
  return ground;
}

/**
 * Waits until no incident of the ground has a message or a record under way, sub-cases included. An activity under way when its
 * workflow is ended keeps this server's clock from ever leaping again.
 */
async function settled(ground: DrillGround): Promise<void> {
  for (const drill of drills.get(ground) ?? []) {
    const { subCases } = await caughtUp(ground, drill.id);
    for (const child of subCases) await caughtUp(ground, child);
  }
}

/** Waits until the register has caught up with an incident's workflow, and gives where that is. */
async function caughtUp(ground: DrillGround, id: IncidentId): Promise<Position> {
  const { register } = ground;
  for (const since = Date.now(); ;) {
    const position = await positionOf(ground, id);
    const { unsent, unwritten, anchor } = position;
    const written = await register.db.$count(entry, eq(entry.incidentId, id));
    if (unsent.length === 0 && unwritten === 0 && written === anchor.seq && written > 0) return position;
    if (Date.now() - since > PATIENCE_MS)
      throw new Error(
        `the record does not catch up: ${JSON.stringify({ unsent, unwritten, anchor, written })}`,
      );
    await pause(20);
  }
}

async function positionOf({ client, env, leaps }: DrillGround, id: IncidentId): Promise<Position> {
  if (leaps) await quiet(env);
  const handle = client.workflow.getHandle(incidentWorkflowId(id));
  return client.withDeadline(Date.now() + PATIENCE_MS, () => handle.query<Position>(messages.position));
}

/** With which code the incident refused what was said; `accepted` when it did not. */
export const refusalOf = (said: Promise<unknown>): Promise<string | undefined> =>
  said.then(
    () => 'accepted',
    (error: { cause?: { type?: string } }) => error.cause?.type,
  );

export const REPORT: Omit<Report, 'incidentId'> = {
  drill: false,
  eventType: null,
  office: 'jia',
  occurredAt: null,
  discoveredAt: null,
  receivedAt: '2026-03-06T18:13:00.000Z',
  subjects: 1,
  parent: null,
  missing: [],
  marks: [],
  bodyHash: 'k1:0',
  apiKeyId: 'drill',
  numberSeries: { prefix: 'YS', year: 2026, drill: false },
  personal: { situation: '测试情况', 'subject.1.name': '测试人' },
};

export async function startDrill(
  ground: DrillGround,
  branch: string,
  report: Partial<Report> = {},
): Promise<Drill> {
  const { client, plan } = ground;
  const id = randomUUID() as IncidentId;
  const workflowId = incidentWorkflowId(id);
  const input = { plan: planPart(plan, branch), report: { ...REPORT, ...report, incidentId: id } };
  await client.workflow.start(input.plan.branch.workflow, {
    workflowId,
    taskQueue: TASK_QUEUE,
    args: [input],
  });
  // Without a run id: an incident is the same over all its runs.
  const handle = client.workflow.getHandle(workflowId);
  const position = () => positionOf(ground, id);
  const written = async (): Promise<IncidentDetail> => {
    await caughtUp(ground, id);
    return (await incidentDetail(ground.register, id))!;
  };
  const say: Drill['say'] = async (update, argument) => {
    // This server, unlike a real one, fails a workflow task that withdraws a message accepted a moment before.
    await caughtUp(ground, id);
    return handle.executeUpdate(update, { args: [argument] });
  };
  /** The stage of the present branch, or one that is open from before it. */
  const stageNow = (stage: string, { entry, openStages }: Position) => {
    const ids = openStages.filter((id) => id.endsWith(`.${stage}`));
    return ids.at(-1) ?? stageId(entry, stage);
  };
  const leadsTo = (stage: string, outcome: string, { branch }: Position) => {
    const rules = planPart(plan, branch).branch.stages[stage.replace(/_\d+$/, '')];
    const next = rules?.outcomes[outcome]?.leadsTo;
    return next ? planPart(plan, next) : null;
  };
  const told = async (): Promise<string[]> =>
    (await written()).timeline
      .filter(({ kind }) => kind === 'messageSent')
      .map(({ data }) => `${data.stageId} ${data.line} → ${data.party} ${data.rung}.${data.repeat}`);
  const drill: Drill = {
    id,
    handle,
    position,
    written,
    say,
    pass: (minutes) => ground.pass(minutes),
    record: async (stage, outcome, by = 'jia-1') => {
      const now = await position();
      return say(messages.resolveStage, {
        stageId: stageNow(stage, now),
        outcome,
        by,
        evidence: '测试证据',
        next: leadsTo(stage, outcome, now),
      });
    },
    endResponse: async (as = 'responseEnded') => {
      await say(messages.proposeClosing, { by: 'jia-1', as, evidence: '测试证据' });
      const aftermath = plan.branches.aftermath ? planPart(plan, 'aftermath') : null;
      return say(messages.decideClosing, {
        by: 'leading-1',
        approve: true,
        reason: '测试理由',
        proposedAt: null,
        aftermath,
      });
    },
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
    async ended() {
      while ((await handle.describe()).status.name === 'RUNNING') await pause(20);
    },
    told,
    toldDuring: async (work) => {
      const before = (await told()).length;
      await work();
      return (await told()).slice(before);
    },
    open: async () => (await position()).openStages.map((id) => id.replace(/^\d+\./, '')),
  };
  drills.get(ground)?.push(drill);
  // One incident after the other: this server loses a workflow whose timer fires while it is being withdrawn.
  if (ground.leaps) await caughtUp(ground, id);
  return drill;
}
