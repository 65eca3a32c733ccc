import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpuBetween, NOT_OURS, ours, usageOf, type Watched } from './processes.ts';

/** Only Linux has `/proc`, and the bench runs there. */
const onLinux = process.platform === 'linux' ? test : test.skip;

const me: Watched = { name: 'me', pid: () => process.pid, alone: true };

onLinux('a process has memory, and the CPU time it has used since', async () => {
  const before = await usageOf([me]);
  for (let spent = process.cpuUsage().user, end = spent + 200_000; spent < end;)
    spent = process.cpuUsage().user;
  const after = await usageOf([me]);
  expect(after.me!.mib).toBeGreaterThan(10);
  expect(cpuBetween(before, after).me).toBeGreaterThanOrEqual(100);
});

onLinux('what a process has started counts as its own, unless it is watched alone', async () => {
  const child = spawn(process.execPath, ['-e', 'console.log("up"); setInterval(() => {}, 1000)']);
  await once(child.stdout, 'data');
  const whole = { name: 'whole', pid: () => process.pid };
  const { me: alone, whole: both } = await usageOf([me, whole]);
  child.kill();
  await once(child, 'exit');
  expect(both!.mib).toBeGreaterThan(alone!.mib + 5);
});

test('what runs only to measure is not ours', () => {
  expect(ours({ API: 1, [NOT_OURS.bench]: 2, [NOT_OURS.sink]: 4, 'worker 1': 8 })).toEqual([1, 8]);
});
