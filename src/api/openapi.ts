import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import { rightOf } from '../accounts/rights.ts';
import { SESSION_COOKIE } from './known-sessions.ts';

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;
const PROBLEM = 'application/problem+json';

/** The OpenAPI document: what the routes declare, and what holds for all of them, who may come and what an error is. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Fenghuo 烽火',
        version: '0.1.0',
        description:
          "Incidents under a justice bureau's emergency plan. Errors are problem+json (RFC 9457) with a stable `code`.",
      },
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
        },
      },
      security: [{ apiKey: [] }, { session: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: (made) => {
      if (!('openapiObject' in made)) return made.swaggerObject;
      const document = made.openapiObject as OpenAPIV3_1.Document;
      for (const [path, operations] of Object.entries(document.paths ?? {})) {
        for (const method of METHODS) {
          const operation = operations?.[method];
          if (operation) complete(operation, isOpen(method, path));
        }
      }
      return made.openapiObject;
    },
  });
}

function complete(operation: OpenAPIV3_1.OperationObject, open: boolean): void {
  if (open) operation.security = [];
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    if ('$ref' in response || !/^[45]/.test(status)) continue;
    const [said] = Object.values(response.content ?? {});
    if (said) response.content = { [PROBLEM]: said };
  }
}

/** Paths stand there as `{id}`, rights as `:id`. */
const isOpen = (method: string, path: string): boolean =>
  rightOf(method.toUpperCase(), path.replace(/\{([^}]+)\}/g, ':$1'))?.needs === 'open';
