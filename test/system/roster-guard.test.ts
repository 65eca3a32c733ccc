import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { toInstant } from '../../src/incident/instant.ts';
import { dateOf, dayNumber } from '../../src/people/calendar.ts';
import { dateAt } from '../../src/people/roster.ts';
import { REGISTERS_GUARD } from '../../src/temporal/registers-guard-schedule.ts';
import { ROSTER_GUARD } from '../../src/temporal/roster-guard-schedule.ts';
import { startSystem, type System } from '../harness/system.ts';
import { until } from '../harness/until.ts';

/** A roster is imported by a command while everything runs, and the morning's guard reads it. */
jest.setTimeout(240_000);

let folder: string;
let system: System;
let connection: Connection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-rosters-'));
  system = await startSystem();
  connection = await Connection.connect({ address: system.temporal().address });
});
afterAll(async () => {
  await connection?.close();
  await system?.leave();
  await rm(folder, { recursive: true, force: true });
});

/** `fenghuo` as somebody types it where the server runs: what it printed. */
async function fenghuo(...words: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, PORT: new URL(system.url).port, FENGHUO_DATA: system.dataDir };
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...words], { env });
  return run.then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  );
}

const today = dayNumber(dateAt(toInstant(Date.now())));
const dateIn = (days: number): string => dateOf(today + days);

test('a sheet imported by a command is exported again, and its gap is in the mail of the next guard', async () => {
  const sheet = join(folder, '值班表.csv');
  const rows = Array.from(
    { length: 17 },
    (_, i) => `${dateIn(i - 1)},${i - 1 === 11 ? '无' : '测试甲一'},测试甲二`,
  );
  const header = '日期,全天（00:00-00:00）,带班领导（00:00-00:00）';
  await writeFile(sheet, ['甲镇司法所值班表,,', header, ...rows].join('\n'));

  expect(await fenghuo('roster', 'import', sheet, '--body', 'jia')).toMatch(
    /34 个班次，34 处变化[^]*Nothing is imported yet/,
  );
  expect(await fenghuo('roster', 'import', sheet, '--body', 'jia', '--apply')).toMatch(
    /Imported as number 1\. To take it back: fenghuo roster undo --body jia\n$/,
  );
  const exported = join(folder, 'exported.xlsx');
  await fenghuo('roster', 'export', '--body', 'jia', '--from', dateIn(-1), '--to', dateIn(15), exported);
  expect(await fenghuo('roster', 'import', exported, '--body', 'jia')).toContain('34 个班次，0 处变化');

  const { schedule } = new Client({ connection });
  const guard = schedule.getHandle(ROSTER_GUARD);
  const { spec } = await until('the guard is scheduled', () => guard.describe().catch(() => null));
  expect(spec).toMatchObject({ timezone: 'Asia/Shanghai', calendars: [{ hour: [{ start: 8 }] }] });
  await guard.trigger();
  const mail = await system.smtp.nextMessage(
    ({ to, subject }) => to === 'jia-1@example.invalid' && subject.includes('值班表'),
  );
  const [, month, day] = dateIn(11).split('-').map(Number);
  expect(mail.text).toContain(`11 天后：甲镇司法所：${month}月${day}日 00:00至`);

  const registers = schedule.getHandle(REGISTERS_GUARD);
  const daily = await until('the registers are looked at, too', () => registers.describe().catch(() => null));
  expect(daily.spec).toMatchObject({ calendars: [{ hour: [{ start: 8 }], minute: [{ start: 30 }] }] });
  await registers.trigger();
  const looked = new Client({ connection }).workflow;
  await until('the look at the registers', async () => {
    for await (const { workflowId, status } of looked.list({ query: `WorkflowType = 'registersGuard'` }))
      if (workflowId.startsWith(REGISTERS_GUARD) && status.name === 'COMPLETED') return true;
    return false;
  });

  expect(await fenghuo('roster', 'undo', '--body', 'jia')).toBe(
    'Number 1 is undone; the organisation file stands.\n',
  );
  expect(await fenghuo('roster', 'undo', '--body', 'jia')).toContain('ROSTER_NOTHING_TO_UNDO');
});
