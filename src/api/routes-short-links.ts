import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SHORT_CODE, shortCodeHash } from '../receipts/short-link.ts';
import { signReceipt } from '../receipts/token.ts';
import { shortLinkByHash } from '../store/short-links.ts';
import { within } from '../within.ts';
import type { ApiDeps } from './deps.ts';

const PATIENCE_MS = 2_000;

/** Short links of texts lead to the receipt page; a code that nobody was sent leads to the page that says so. */
export const shortLinkRoutes =
  ({ register, keyring }: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/s/:code',
      { config: { open: true }, schema: { hide: true, params: z.object({ code: z.string() }) } },
      async ({ params: { code } }, reply) => {
        const receipt = SHORT_CODE.test(code)
          ? await within(PATIENCE_MS, shortLinkByHash(register, shortCodeHash(code)))
          : null;
        // Where a provider's template holds the address, a long link that stood in for a short one comes here, too.
        const token = receipt ? await signReceipt(keyring, receipt) : code;
        return reply.header('cache-control', 'no-store').redirect(`/r/${token}`, 303);
      },
    );
  };
