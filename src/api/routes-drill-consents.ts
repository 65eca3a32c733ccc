import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { addConsent } from '../store/drill-consents.ts';
import type { Acting } from './acting.ts';
import { attachmentType } from './attachment-types.ts';
import type { ApiDeps } from './deps.ts';
import { createDrillDesk } from './drill-desk.ts';
import { consentUnusable, noDraft, notNamed } from './drill-problems.ts';
import { onRecord } from './on-record.ts';
import { PROBLEMS } from './schemas.ts';
import { consentQuery, consentSchema, drillParams } from './schemas-drills.ts';

const MAX_FILE = 20 * 1024 * 1024;

/** Written consents of outside parties (rules of care, 7): without its consent nobody from outside is told of a drill. */
export const drillConsentRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register } = deps;
    const desk = createDrillDesk(deps);
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_FILE }, (_request, body, done) =>
      done(null, body),
    );

    app.post(
      '/api/drills/:id/consents',
      {
        schema: {
          tags: ['drills'],
          summary:
            'Attach an outside party’s written consent to a draft: the file itself as the body, kept with its SHA-256',
          params: drillParams,
          querystring: consentQuery,
          response: { 200: consentSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const { params, query, body, actor } = request;
        const drill = await desk.known(request, params.id);
        const by = (actor?.kind === 'account' ? actor.account.person : query.by) ?? '';
        acting.mustBeOneOfOurs(by, null);
        if (drill.status !== 'draft') throw noDraft();
        const { office, party } = query;
        if (!drill.order.outside.some((each) => each.office === office && each.party === party))
          throw notNamed();
        const file = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
        const type = await attachmentType(file);
        if (!type) throw consentUnusable();
        const sha256 = await addConsent(register, { drillId: drill.id, office, party, type, by, file });
        await onRecord(register, request, {
          area: 'drills',
          subject: `drill ${drill.id}`,
          from: null,
          to: { consent: sha256, office, party },
        });
        return { sha256 };
      },
    );
  };
