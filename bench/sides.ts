import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { messageId } from '../src/channels/email.ts';
import { incidentWorkflowId, messageKey, stageId, type IncidentId } from '../src/incident/ids.ts';
import type { ladder } from './bare/ladder.ts';

/** One of the two that are compared. */
export interface Side {
  name: 'bare' | 'Fenghuo';
  /** Asks for one ladder; resolves when the request has been answered. */
  start(): Promise<Started>;
}

export interface Started {
  workflowId: string;
  /** The Message-IDs of its two mails. */
  first: string;
  second: string;
}

export const BARE_TASK_QUEUE = 'bench-bare';

/** The ladder with nothing around it, started by Temporal's client. */
export const bareSide = (
  client: Client,
  at: { taskQueue: string; waitMs: number; mailDomain: string },
): Side => ({
  name: 'bare',
  async start() {
    const id = randomUUID();
    const workflowId = `ladder-${id}`;
    await client.workflow.start<typeof ladder>('ladder', {
      workflowId,
      taskQueue: at.taskQueue,
      args: [{ id, waitMs: at.waitMs }],
    });
    const mail = (which: string): string => messageId(`${id}/${which}`, at.mailDomain);
    return { workflowId, first: mail('first'), second: mail('second') };
  },
});

/** A report as an office sends it. Everybody in it is invented. */
export const REPORT = {
  office: 'jia',
  situation: '测试情况：当事人情绪激动，扬言报复，家属来电反映，司法所正在核实。',
  eventType: null,
  place: '甲镇测试街道1号',
  occurredAt: '2026-03-06T18:05:00Z',
  discoveredAt: '2026-03-06T18:13:00Z',
  subjects: [{ name: '测试甲', phone: '000-0000-0999' }],
  measuresTaken: '已电话联系家属，安排工作人员前往。',
  source: '家属来电',
  reporter: { name: '演示乙', phone: '000-0000-0998' },
};

/**
 * An incident, reported over HTTP. Its type is open, so that its plan's one stage tells one party. When the answer is that
 * nothing is confirmed, the report is sent again under its key after the time that it says (`Retry-After`), as an office's system
 * would; `again` hears of that.
 */
export const fenghuoSide = (
  at: { address: string; apiKey: string; mailDomain: string },
  again: () => void,
): Side => ({
  name: 'Fenghuo',
  async start() {
    const key = randomUUID();
    let response = await report(at, key);
    for (let tries = 1; response.status === 503 && tries < MAX_TRIES; tries += 1) {
      again();
      await pause(Number(response.headers.get('retry-after')) * 1_000);
      response = await report(at, key);
    }
    if (!response.ok) throw new Error(`the API answered ${response.status}: ${await response.text()}`);
    const { id } = (await response.json()) as { id: IncidentId };
    return mailsOf(id, at.mailDomain);
  },
});

/** The office first; nobody confirms, so the chain's one step after it. */
export function mailsOf(id: IncidentId, mailDomain: string): Started {
  const mail = (rung: number): string => messageId(keyOf(id, rung), mailDomain);
  return { workflowId: incidentWorkflowId(id), first: mail(0), second: mail(1) };
}

/** A try takes three seconds at most, its wait five: an office would go on for longer than any of these bursts takes. */
const MAX_TRIES = 200;

const report = (at: { address: string; apiKey: string }, idempotencyKey: string): Promise<Response> =>
  fetch(`${at.address}/api/incidents`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${at.apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
    },
    body: JSON.stringify(REPORT),
  });

const keyOf = (incidentId: IncidentId, rung: number) =>
  messageKey({
    incidentId,
    stageId: stageId(1, 'chooseBranch'),
    opening: 1,
    line: 'judicialOffice',
    rung,
    repeat: 0,
  });
