import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { buildApp } from './api/app.ts';
import type { Config } from './config.ts';
import type { Foundation } from './foundation.ts';

/** Starts the API on the configured address. `address` is where this machine reaches it. */
export async function runApi(
  config: Config,
  foundation: Foundation,
  log: Logger,
): Promise<{ address: string; stop(): Promise<void> }> {
  const app = await buildApp({ ...foundation, checkMail: () => foundation.email.verify(), log });
  await app.listen({ host: config.HOST, port: config.PORT });
  const { port } = app.server.address() as AddressInfo;
  const host = config.HOST === '0.0.0.0' || config.HOST === '::' ? '127.0.0.1' : config.HOST;
  return { address: `http://${host}:${port}`, stop: () => app.close() };
}

/** What links to the API begin with. */
export const publicUrlOf = (config: Config, port = config.PORT): string =>
  (config.PUBLIC_URL ?? `http://127.0.0.1:${port}`).replace(/\/+$/, '');
