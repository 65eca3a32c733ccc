import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Service } from '../service.ts';
import type { Tools } from './find-tools.ts';

const PATIENCE_MS = 10_000;

/** Whether the service's own health check holds now. Never rejects. */
export function isWell({ health }: Service, tools: Tools): Promise<boolean> {
  if (!health) return Promise.resolve(true);
  if ('http' in health) return answers(health.http);
  if ('port' in health) return takesConnections(health.port);
  const [command, ...args] = health.command;
  return endsWell(join(tools.postgres, command!), args);
}

const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );

const endsWell = (file: string, args: string[]): Promise<boolean> =>
  new Promise((done) => execFile(file, args, { timeout: PATIENCE_MS }, (error) => done(!error)));

const takesConnections = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
      .once('connect', () => {
        socket.destroy();
        done(true);
      })
      .once('error', () => done(false));
  });
