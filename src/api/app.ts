import cookie from '@fastify/cookie';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { LogController, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { timeRequests } from '../metrics/http-metrics.ts';
import { traceRequests } from '../tracing/trace-requests.ts';
import { askWhoItIs, type Gate } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { declareRights } from './declare-rights.ts';
import { answerErrors } from './errors.ts';
import { createActing } from './acting.ts';
import { describeApi } from './openapi.ts';
import { logRequests } from './log-requests.ts';
import { actRoutes } from './routes-acts.ts';
import { accountRoutes } from './routes-accounts.ts';
import { apiKeyRoutes } from './routes-api-keys.ts';
import { archiveRoutes } from './routes-archive.ts';
import { attachmentRoutes } from './routes-attachments.ts';
import { auditRoutes } from './routes-audit.ts';
import { changeRoutes } from './routes-changes.ts';
import { boardRoutes } from './routes-board.ts';
import { bodyRoutes } from './routes-bodies.ts';
import { branchRoutes } from './routes-branch.ts';
import { callRoutes } from './routes-calls.ts';
import { closingRoutes } from './routes-closing.ts';
import { codecRoutes } from './routes-codec.ts';
import { consoleRoutes } from './routes-console.ts';
import { deliveryReportRoutes } from './routes-delivery-reports.ts';
import { documentFileRoutes } from './routes-document-files.ts';
import { documentFormRoutes } from './routes-document-forms.ts';
import { documentRoutes } from './routes-documents.ts';
import { duplicateRoutes } from './routes-duplicates.ts';
import { courseRoutes } from './routes-course.ts';
import { dutyRoutes } from './routes-duties.ts';
import { erasureRoutes } from './routes-erasure.ts';
import { drillActRoutes } from './routes-drill-acts.ts';
import { drillConsentRoutes } from './routes-drill-consents.ts';
import { drillRoutes } from './routes-drills.ts';
import { drillScoreRoutes } from './routes-drill-scores.ts';
import { eventRoutes } from './routes-events.ts';
import { onDutyRoutes } from './routes-on-duty.ts';
import { factRoutes } from './routes-facts.ts';
import { handoverRoutes } from './routes-handover.ts';
import { inboxRoutes } from './routes-inbox.ts';
import { createFloodGates } from './floods.ts';
import { setStrictHeaders } from './headers.ts';
import { createKnownDevices, withKnownDevices } from './known-devices.ts';
import { createKnownKeys } from './known-keys.ts';
import { createKnownSessions } from './known-sessions.ts';
import { healthRoutes } from './routes-health.ts';
import { identityGrantRoutes } from './routes-identity-grants.ts';
import { identityReadRoutes } from './routes-identity-reads.ts';
import { incidentRoutes } from './routes-incidents.ts';
import { intakeRoutes } from './routes-intake.ts';
import { numberRoutes } from './routes-numbers.ts';
import { oidcRoutes } from './routes-oidc.ts';
import { measureRoutes } from './routes-measures.ts';
import { mergeRoutes } from './routes-merge.ts';
import { providerReportRoutes } from './routes-provider-reports.ts';
import { operationRoutes } from './routes-operations.ts';
import { planProposalRoutes } from './routes-plan-proposals.ts';
import { planTrialRoutes } from './routes-plan-trials.ts';
import { planRoutes } from './routes-plans.ts';
import { receiptRoutes } from './routes-receipts.ts';
import { shortLinkRoutes } from './routes-short-links.ts';
import { reconcileRoutes } from './routes-reconcile.ts';
import { registeredReceiptRoutes } from './routes-registered.ts';
import { registerRoutes } from './routes-register.ts';
import { reportFormRoutes } from './routes-report-form.ts';
import { instructionRoutes } from './routes-instructions.ts';
import { reportRoutes } from './routes-reports.ts';
import { rosterRoutes } from './routes-rosters.ts';
import { revisionRoutes } from './routes-revision.ts';
import { screeningRoutes } from './routes-screening.ts';
import { sessionRoutes } from './routes-session.ts';
import { stageRoutes } from './routes-stages.ts';
import { studyRoutes } from './routes-study.ts';
import { subCaseRoutes } from './routes-sub-cases.ts';
import { subjectRoutes } from './routes-subjects.ts';
import { timeDifferenceRoutes } from './routes-time-differences.ts';
import { timeRoutes } from './routes-times.ts';
import { watchRoutes } from './routes-watch.ts';

const ROUTES = [
  healthRoutes,
  watchRoutes,
  () => consoleRoutes(),
  intakeRoutes,
  reportFormRoutes,
  incidentRoutes,
  boardRoutes,
  duplicateRoutes,
  auditRoutes,
  reconcileRoutes,
  identityReadRoutes,
  receiptRoutes,
  shortLinkRoutes,
  inboxRoutes,
  deliveryReportRoutes,
  providerReportRoutes,
  changeRoutes,
  codecRoutes,
  bodyRoutes,
  rosterRoutes,
  onDutyRoutes,
  planRoutes,
  planTrialRoutes,
  operationRoutes,
  numberRoutes,
  registerRoutes,
  archiveRoutes,
];

/** Who signs in, what other systems report with, and what goes on for as long as they may. */
const ACCOUNT_ROUTES = [
  sessionRoutes,
  oidcRoutes,
  accountRoutes,
  apiKeyRoutes,
  identityGrantRoutes,
  eventRoutes,
];

/** What people do in an incident. Each act is an update of its workflow, by a person of the organisation. */
const ACT_ROUTES = [
  stageRoutes,
  branchRoutes,
  factRoutes,
  subjectRoutes,
  subCaseRoutes,
  mergeRoutes,
  closingRoutes,
  measureRoutes,
  registeredReceiptRoutes,
  callRoutes,
  handoverRoutes,
  planProposalRoutes,
  actRoutes,
  dutyRoutes,
  courseRoutes,
  documentRoutes,
  documentFileRoutes,
  documentFormRoutes,
  attachmentRoutes,
  studyRoutes,
  screeningRoutes,
  revisionRoutes,
  timeRoutes,
  timeDifferenceRoutes,
  erasureRoutes,
  drillRoutes,
  drillActRoutes,
  drillScoreRoutes,
  drillConsentRoutes,
  reportRoutes,
  instructionRoutes,
];

const MEBIBYTE = 1024 * 1024;

/** The HTTP API on its dependencies; listens nowhere yet. */
export async function buildApp(deps: ApiDeps): Promise<FastifyInstance> {
  // Fastify's own line a request would carry its address, and receipt links are keys: ours does not.
  const app = Fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MEBIBYTE,
    ...(deps.trustedProxies ? { trustProxy: deps.trustedProxies } : {}),
    routerOptions: { maxParamLength: 2_048 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  logRequests(app);
  if (deps.metrics) timeRequests(app, deps.metrics);
  if (deps.traced) traceRequests(app);
  declareRights(app);
  const https = deps.publicUrl?.startsWith('https:') ?? false;
  await app.register(cookie);
  await setStrictHeaders(app, { https });
  const gate: Gate = {
    keys: createKnownKeys(deps.register),
    sessions: withKnownDevices(
      createKnownSessions(deps.register, { secure: https }),
      createKnownDevices(deps.register, { secure: https }),
    ),
    refuseFlood: await createFloodGates(app, deps.floods),
  };
  askWhoItIs(app, deps, gate);
  await describeApi(app);
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    uiConfig: { persistAuthorization: true },
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  for (const routes of ROUTES) await app.register(routes(deps));
  for (const routes of ACCOUNT_ROUTES) await app.register(routes(deps, gate));
  const acting = createActing(deps);
  for (const routes of ACT_ROUTES) await app.register(routes(deps, acting));
  return app;
}
