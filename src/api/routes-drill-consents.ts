import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { addConsent, openConsent } from '../store/drill-consents.ts';
import type { Acting } from './acting.ts';
import { asDownload } from './as-download.ts';
import { ATTACHMENT_TYPES, attachmentType } from './attachment-types.ts';
import type { ApiDeps } from './deps.ts';
import { createDrillDesk } from './drill-desk.ts';
import { consentUnusable, noDraft, notNamed, unknownConsent } from './drill-problems.ts';
import { onRecord } from './on-record.ts';
import { PROBLEMS } from './schemas.ts';
import { consentParams, consentQuery, consentSchema, drillParams } from './schemas-drills.ts';

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

    app.get(
      '/api/drills/:id/consents/:sha256',
      {
        schema: {
          tags: ['drills'],
          summary: 'A written consent as it was attached, as a download: whoever approves the order reads it',
          produces: Object.keys(ATTACHMENT_TYPES),
          params: consentParams,
          response: { 200: z.any().describe('The file'), ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const drill = await desk.known(request, request.params.id);
        const { sha256 } = request.params;
        const found = await openConsent(register, drill.id, sha256);
        if (!found) throw unknownConsent();
        return asDownload(reply, found, `consent-${sha256.slice(0, 8)}`);
      },
    );
  };
