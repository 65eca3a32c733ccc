import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { servedBy } from './activities/compose.ts';
import { buildApp } from './api/app.ts';
import { ConfigError, type Config } from './config.ts';
import { loadTemplates } from './documents/load-templates.ts';
import { mustHaveTemplates } from './documents/of-plan.ts';
import { createPdfMaker } from './documents/pdf.ts';
import { loadScenarios } from './drills/load-scenarios.ts';
import type { Foundation } from './foundation.ts';
import { loadPlan } from './plan/load.ts';
import { reconcileAfterRestore } from './reconcile/after-restore.ts';
import { runWatch } from './watchtower/run-watch.ts';
import type { Metrics } from './metrics/metrics.ts';
import { addQueueMetrics } from './metrics/queue-metrics.ts';
import { addRegisterMetrics } from './metrics/register-metrics.ts';

/** Starts the API on the configured address. `address` is where this machine reaches it. */
export async function runApi(
  config: Config,
  foundation: Foundation,
  log: Logger,
  metrics: Metrics | null = null,
): Promise<{ address: string; stop(): Promise<void> }> {
  const documents = loadTemplates(config.FENGHUO_DOCUMENTS);
  mustHaveTemplates(loadPlan(config.FENGHUO_PLAN), documents.templates.keys(), config.FENGHUO_PLAN);
  if (metrics) {
    addRegisterMetrics(metrics, foundation.register);
    addQueueMetrics(metrics, foundation.client, foundation.register);
  }
  const app = await buildApp({
    ...foundation,
    served: servedBy(foundation.channels),
    temporalUiOrigin: config.TEMPORAL_UI_ORIGIN,
    checkMail: () => foundation.email.verify(),
    watchAfterSeconds: config.WATCH_AFTER_SECONDS,
    log,
    metrics: metrics ?? undefined,
    traced: config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    documents: {
      templates: documents,
      makePdf: createPdfMaker({ soffice: config.FENGHUO_SOFFICE }),
    },
    scenarios: loadScenarios(config.FENGHUO_DRILLS),
    publicUrl: config.PUBLIC_URL,
    trustedProxies: config.TRUSTED_PROXIES,
    retention: config.RETENTION_YEARS,
    oidc: oidcOf(config),
    reportsSecret: config.DELIVERY_REPORTS_SECRET,
  });
  await app.listen({ host: config.HOST, port: config.PORT }).catch((error: NodeJS.ErrnoException) => {
    throw cannotListen(config, error);
  });
  const { port } = app.server.address() as AddressInfo;
  const host = config.HOST === '0.0.0.0' || config.HOST === '::' ? '127.0.0.1' : config.HOST;
  const address = `http://${host}:${port}`;
  const watch = runWatch(config, foundation, { system: config.PUBLIC_URL ?? address, log });
  const leaving = new AbortController();
  const compared = reconcileAfterRestore({ ...foundation, log }, leaving.signal);
  return {
    address,
    async stop() {
      leaving.abort();
      await watch.stop();
      await compared;
      await app.close();
    },
  };
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
