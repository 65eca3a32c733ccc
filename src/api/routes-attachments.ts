import type { FastifyError } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { IncidentId } from '../incident/ids.ts';
import { attachmentsOf, openAttachment } from '../store/attachments.ts';
import { incidentById } from '../store/incidents.ts';
import { logIdentityRead } from '../store/personal.ts';
import type { Acting } from './acting.ts';
import { keepAttachment, MAX_ATTACHMENT } from './attaching.ts';
import * as problems from './attachment-problems.ts';
import { asDownload } from './as-download.ts';
import { ATTACHMENT_TYPES } from './attachment-types.ts';
import type { ApiDeps } from './deps.ts';
import { drained } from './drained.ts';
import { mustBeReader, readerOf } from './identity-reading.ts';
import { onceWritten } from './once-written.ts';
import { idParams, PROBLEMS } from './schemas.ts';
import {
  attachmentHeaders,
  attachmentParams,
  attachmentQuery,
  attachmentSchema,
  listedAttachmentSchema,
} from './schemas-attachments.ts';

/** Photos and files as evidence. The body is the file itself; what it is, its content says. */
export const attachmentRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register } = deps;
    const tags = ['attachments'];
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_ATTACHMENT }, (_request, body, done) =>
      done(null, body),
    );
    app.setErrorHandler(async (error: FastifyError, { raw }) => {
      if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw error;
      await drained(raw);
      throw problems.attachmentTooLarge();
    });

    app.post(
      '/api/incidents/:id/attachments',
      {
        schema: {
          tags,
          summary:
            'Attach a photo or file as evidence (JPEG, PNG, WebP, HEIC, PDF or .docx, at most 20 MiB, the file itself as the body). It stands in the timeline by its SHA-256; the same file again counts once',
          params: idParams,
          querystring: attachmentQuery,
          headers: attachmentHeaders,
          consumes: Object.keys(ATTACHMENT_TYPES),
          response: { 200: attachmentSchema, ...PROBLEMS },
        },
      },
      async ({ params, query, headers, body, actor }) => {
        const id = params.id as IncidentId;
        const by = (actor?.kind === 'account' ? actor.account.person : query.by) ?? '';
        acting.mustBeOneOfOurs(by, await acting.openRecord(id));
        const {
          notedAt: _,
          incidentId: __,
          ...kept
        } = await keepAttachment(deps, {
          incidentId: id,
          by,
          stageId: query.stage ?? null,
          body,
          name: headers['x-file-name'] ?? '',
        });
        return kept;
      },
    );

    app.get(
      '/api/incidents/:id/attachments',
      {
        schema: {
          tags,
          summary:
            'What was attached, first to last. File names may name somebody: a session gives its reason (x-reason), which is logged, else they are withheld',
          params: idParams,
          response: { 200: z.array(listedAttachmentSchema), ...PROBLEMS },
        },
      },
      async (request) => {
        const id = request.params.id as IncidentId;
        if (!(await incidentById(register, id))) await onceWritten(deps, id);
        const reader = await readerOf(register, request);
        if (reader) await logIdentityRead(register, { incidentId: id, ...reader, route: ROUTE });
        const all = await attachmentsOf(register, id, reader !== null);
        return all.map(({ notedAt: _, incidentId: __, ...row }) => row);
      },
    );

    app.get(
      '/api/incidents/:id/attachments/:attachment',
      {
        schema: {
          tags,
          summary: 'An attachment as a download, as it was attached. The reading is logged',
          produces: Object.keys(ATTACHMENT_TYPES),
          params: attachmentParams,
          response: { 200: z.any().describe('The file'), ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const { id, attachment } = request.params;
        const reader = await mustBeReader(register, request);
        const found = await openAttachment(register, id as IncidentId, attachment);
        if (!found) throw problems.unknownAttachment();
        if (!found.file) throw problems.erasedAttachment();
        await logIdentityRead(register, {
          incidentId: id as IncidentId,
          ...reader,
          route: `${ROUTE}/{attachment}`,
        });
        const { type, file } = found;
        return asDownload(reply, { type, file }, `attachment-${attachment.slice(0, 8)}`);
      },
    );
  };

const ROUTE = 'GET /api/incidents/{id}/attachments';
