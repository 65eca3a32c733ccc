import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/**
 * Strict headers on every answer. Pages that bring a stricter policy of their own (receipts, API documentation) keep it. Style
 * elements are allowed because component libraries write them; scripts come from here alone.
 */
export async function setStrictHeaders(app: FastifyInstance, { https }: { https: boolean }): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    strictTransportSecurity: https,
  });
  app.addHook('onRequest', async ({ routeOptions: { url = '' } }, reply) => {
    if (url.startsWith('/api/') && !url.startsWith('/api/docs'))
      void reply.header('cache-control', 'no-store');
  });
}
