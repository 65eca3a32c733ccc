import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { LogController, type FastifyInstance } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { askForApiKey } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { answerErrors } from './errors.ts';
import { actRoutes } from './routes-acts.ts';
import { auditRoutes } from './routes-audit.ts';
import { healthRoutes } from './routes-health.ts';
import { incidentRoutes } from './routes-incidents.ts';
import { intakeRoutes } from './routes-intake.ts';
import { receiptRoutes } from './routes-receipts.ts';

const MEBIBYTE = 1024 * 1024;

/** The HTTP API on its dependencies; listens nowhere yet. */
export async function buildApp(deps: ApiDeps): Promise<FastifyInstance> {
  // One line a request would carry its address, and receipt links are keys: requests are not logged, errors are.
  const app = Fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MEBIBYTE,
    routerOptions: { maxParamLength: 2_048 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  askForApiKey(app, deps.register);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Fenghuo 烽火',
        version: '0.1.0',
        description:
          "Incidents under a justice bureau's emergency plan. Errors are problem+json (RFC 9457) with a stable `code`.",
      },
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
      security: [{ apiKey: [] }],
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    uiConfig: { persistAuthorization: true },
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  for (const routes of [healthRoutes, intakeRoutes, incidentRoutes, actRoutes, auditRoutes, receiptRoutes]) {
    await app.register(routes(deps));
  }
  return app;
}
