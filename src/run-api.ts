import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { servedBy } from './activities/compose.ts';
import { buildApp } from './api/app.ts';
import { ConfigError, type Config } from './config.ts';
import { loadTemplates } from './documents/load-templates.ts';
import { createPdfMaker } from './documents/pdf.ts';
import type { Foundation } from './foundation.ts';

/** Starts the API on the configured address. `address` is where this machine reaches it. */
export async function runApi(
  config: Config,
  foundation: Foundation,
  log: Logger,
): Promise<{ address: string; stop(): Promise<void> }> {
  const app = await buildApp({
    ...foundation,
    served: servedBy(foundation.channels),
    temporalUiOrigin: config.TEMPORAL_UI_ORIGIN,
    checkMail: () => foundation.email.verify(),
    log,
    documents: {
      templates: loadTemplates(config.FENGHUO_DOCUMENTS),
      makePdf: createPdfMaker({ soffice: config.FENGHUO_SOFFICE }),
    },
    publicUrl: config.PUBLIC_URL,
    trustedProxies: config.TRUSTED_PROXIES,
    oidc: oidcOf(config),
    reportsSecret: config.DELIVERY_REPORTS_SECRET,
  });
  await app.listen({ host: config.HOST, port: config.PORT }).catch((error: NodeJS.ErrnoException) => {
    throw cannotListen(config, error);
  });
  const { port } = app.server.address() as AddressInfo;
  const host = config.HOST === '0.0.0.0' || config.HOST === '::' ? '127.0.0.1' : config.HOST;
  return { address: `http://${host}:${port}`, stop: () => app.close() };
}

// `readConfig` has seen to it that all is given or nothing.
const oidcOf = ({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }: Config) =>
  issuer ? { issuer, clientId: OIDC_CLIENT_ID!, clientSecret: OIDC_CLIENT_SECRET! } : undefined;

/** The system's own words name neither the setting nor what to do. */
function cannotListen({ HOST, PORT }: Config, error: NodeJS.ErrnoException): Error {
  const code = error.code ?? '';
  const expected: Record<string, { name: string; expected: string }> = {
    EADDRINUSE: { name: 'PORT', expected: `a free port, ${PORT} is taken by another process` },
    EACCES: { name: 'PORT', expected: `a port this user may listen on, ${PORT} is not` },
    EADDRNOTAVAIL: { name: 'HOST', expected: `an address of this machine, ${HOST} is none` },
    ENOTFOUND: { name: 'HOST', expected: `an address of this machine, ${HOST} is none` },
  };
  const problem = expected[code];
  return problem ? new ConfigError([{ ...problem, expected: `${problem.expected} (${code})` }]) : error;
}
