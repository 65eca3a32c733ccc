import type { Client } from '@temporalio/client';
import { drillWorkflowId } from '../../src/drills/ids.ts';
import { loadOrganisation, type Organisation } from '../../src/people/organisation.ts';
import { TASK_QUEUE } from '../../src/temporal/task-queues.ts';
import { openApi } from './drill-api.ts';
import type { DrillGround } from './drill.ts';
import { beginDrill, drillWhen } from './order.ts';
import { until } from './until.ts';

/** Workflows beside incidents, which a new version finds running as well. Each gives its workflow id, once its history says enough. */

/** With a telephone number that is none: the roster's guard has somebody to tell. */
export const withBadNumber = (): Organisation => {
  const sample = loadOrganisation('plans/organisation.sample.yaml');
  const people = sample.people.map((one) => (one.id === 'yi-2' ? { ...one, phone: '1390000' } : one));
  return { ...sample, people };
};

/** An order at three offices: scenes, one that gives way to what really happens, the end, and its papers. */
async function drillOrder(ground: DrillGround): Promise<string> {
  const api = await openApi(ground, ground.keyring);
  const injects = [
    { after: 'PT5M', kind: 'facts', text: '虚构的新情况' },
    { after: 'PT8M', kind: 'secondReport', text: '虚构群众第二次来电' },
  ];
  const { id } = await beginDrill(api, { injects, duration: 'P1D', director: 'bing-1' });
  await drillWhen(api, id, 'all three run', ({ offices }) =>
    offices.every(({ status }) => status === 'running'),
  );
  const alarm = { office: 'jia', eventType: 'actInProgress', situation: '虚构的真实情况' };
  await until('the alarm is taken', async () => (await api.post('/api/incidents', alarm, [])).status === 201);
  await drillWhen(api, id, 'jia gives way, the others have their scenes', ({ offices }) =>
    offices.every(({ office, status, scenes }) =>
      office === 'jia' ? status === 'replaced' : scenes.length === 2,
    ),
  );
  for (const act of ['end', 'score', 'finish']) {
    const by = act === 'end' ? 'bing-1' : 'leading-1';
    const { status, text } = await api.post(`/api/drills/${id}/${act}`, { by }, []);
    if (status !== 200) throw new Error(`${act}: ${text}`);
    if (act === 'end') await drillWhen(api, id, 'it has ended', (drill) => drill.status === 'ended');
  }
  await ground.client.workflow.getHandle(drillWorkflowId(id)).result();
  await api.close();
  return drillWorkflowId(id);
}

/** One of those that look once a day or a month, and end. */
const looks =
  (type: 'rosterGuard' | 'registersGuard' | 'drillReminders', at?: string) =>
  async ({ client }: DrillGround): Promise<string> => {
    const args = at ? [{ at }] : [];
    await client.workflow.execute(type, { taskQueue: TASK_QUEUE, workflowId: type, args });
    return type;
  };
/** In the middle of its run: it ends never. */
async function watchtower({ client }: DrillGround): Promise<string> {
  const args = [{ everyMs: 200 }];
  const handle = await client.workflow.start('watchtower', {
    taskQueue: TASK_QUEUE,
    workflowId: 'watchtower',
    args,
  });
  await until('it has beaten some times', async () => (await timersOf(client, 'watchtower')) >= 3);
  await handle.terminate();
  return 'watchtower';
}

const timersOf = async (client: Client, workflowId: string): Promise<number> => {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).filter(({ timerStartedEventAttributes: timer }) => timer).length;
};

export const standing = {
  drillOrder,
  rosterGuard: looks('rosterGuard'),
  registersGuard: looks('registersGuard'),
  drillReminders: looks('drillReminders', '2027-01-02T01:00:00.000Z'),
  watchtower,
};
