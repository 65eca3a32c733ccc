import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';

/** Where `npm run build` puts the console. */
const CONSOLE = join(import.meta.dirname, '../../console/dist');

const NOT_BUILT = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>烽火</title>
<p>控制台尚未构建。请运行 <code>npm run build</code> 后刷新。API 与通知不受影响。</p>
<p>The console has not been built. Run <code>npm run build</code> and reload. The API and all messages work without it.</p></html>`;

/**
 * The console's files. They hold no data: what is in them anybody may read. A name made from its content never changes and is
 * kept by browsers; any other address is the page itself, which finds its way by the address.
 */
export const consoleRoutes =
  (folder = CONSOLE): FastifyPluginAsyncZod =>
  async (app) => {
    const open = { config: { open: true }, schema: { hide: true } };
    app.get('/', open, (_, reply) => reply.redirect('/console/'));
    app.get('/console', open, (_, reply) => reply.redirect('/console/'));
    await app.register(fastifyStatic, { root: folder, serve: false });
    app.get('/console/*', open, async (request, reply) => {
      const name = (request.params as { '*': string })['*'];
      if (/^(assets\/[\w.-]+|[\w-]+\.(svg|js|webmanifest))$/.test(name) && existsSync(join(folder, name))) {
        const isNamedByContent = name.startsWith('assets/');
        return reply.sendFile(name, isNamedByContent ? { maxAge: '365d', immutable: true } : { maxAge: 0 });
      }
      // An asset of an earlier build: saying so lets the page load itself anew, the page in its place would not.
      if (name.startsWith('assets/')) return reply.callNotFound();
      if (!existsSync(join(folder, 'index.html')))
        return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT);
      return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false });
    });
  };
