import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { renderDocx } from '../documents/docx.ts';
import { PREVIEW_HEADERS, renderHtml } from '../documents/html.ts';
import { PdfError } from '../documents/pdf.ts';
import type { IncidentId } from '../incident/ids.ts';
import { addScan, openScan, scansOf } from '../store/document-scans.ts';
import type { DocumentRow } from '../store/documents.ts';
import { incidentById } from '../store/incidents.ts';
import { logIdentityRead } from '../store/personal.ts';
import type { Acting } from './acting.ts';
import { asDownload } from './as-download.ts';
import type { ApiDeps } from './deps.ts';
import { createDesk, documentDeps } from './document-desk.ts';
import { noteOutstanding } from './document-notes.ts';
import * as problems from './document-problems.ts';
import { drained } from './drained.ts';
import { mustBeReader } from './identity-reading.ts';
import { PROBLEMS } from './schemas.ts';
import { documentParams, scanParams, scanQuery } from './schemas-documents.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const PDF = 'application/pdf';
const SCANS: Record<string, number[]> = {
  [PDF]: [0x25, 0x50, 0x44, 0x46],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47],
};
/** Bytes. */
const MAX_SCAN = 20 * 1024 * 1024;
/** Of one document: pages photographed one by one, and receipts. */
const MAX_SCANS = 50;

/** Documents as files: each holds identities, so each opening is a logged reading. */
export const documentFileRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register } = deps;
    const made = documentDeps(deps);
    const desk = createDesk(deps, acting, made);
    const tags = ['documents'];
    const file = { 200: z.any().describe('The file'), ...PROBLEMS };

    app.addContentTypeParser(
      Object.keys(SCANS),
      { parseAs: 'buffer', bodyLimit: MAX_SCAN },
      (_request, body, done) => done(null, body),
    );

    app.setErrorHandler(async (error: FastifyError, { raw }) => {
      if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw error;
      await drained(raw);
      throw problems.scanTooLarge();
    });

    /** The paper for this reader, who is logged. */
    async function opened(request: FastifyRequest, id: IncidentId, document: string, as: string) {
      const reader = await mustBeReader(register, request);
      const row = await desk.rowOf(id, document);
      desk.mustStayInCounty(request, row);
      await desk.mustBeConcluded(request, row);
      const { paper } = await desk.contentOf(row);
      await logIdentityRead(register, {
        incidentId: id,
        ...reader,
        route: `GET /api/incidents/{id}/documents/{document}/${as}`,
      });
      return { row, paper, issue: desk.issueOf(row, made.templates.templates.get(row.template)) };
    }

    app.get(
      '/api/incidents/:id/documents/:document/preview',
      {
        schema: {
          tags,
          summary: 'A document as a page, near to what is printed',
          produces: ['text/html'],
          params: documentParams,
          response: file,
        },
      },
      async (request, reply) => {
        const { id, document } = request.params;
        const { paper, issue } = await opened(request, id as IncidentId, document, 'preview');
        return reply.headers(PREVIEW_HEADERS).send(renderHtml(paper, issue));
      },
    );

    app.get(
      '/api/incidents/:id/documents/:document/docx',
      {
        schema: {
          tags,
          summary: 'A document as .docx',
          produces: [DOCX],
          params: documentParams,
          response: file,
        },
      },
      async (request, reply) => {
        const { id, document } = request.params;
        const { row, paper, issue } = await opened(request, id as IncidentId, document, 'docx');
        return attached(reply, row, 'docx', DOCX).send(await renderDocx(paper, issue));
      },
    );

    app.get(
      '/api/incidents/:id/documents/:document/pdf',
      {
        schema: {
          tags,
          summary:
            'A document as PDF, where LibreOffice is installed. x-fonts-missing names official fonts that this machine lacks, x-fonts-used what stands in the file, both percent-encoded',
          produces: ['application/pdf'],
          params: documentParams,
          response: file,
        },
      },
      async (request, reply) => {
        const { id, document } = request.params;
        const { row, paper, issue } = await opened(request, id as IncidentId, document, 'pdf');
        const docx = await renderDocx(paper, issue);
        const { bytes, missing, used } = await made.makePdf(docx).catch((error: unknown) => {
          throw error instanceof PdfError ? problems.pdfProblem(error) : error;
        });
        return attached(reply, row, 'pdf', PDF)
          .headers({ 'x-fonts-missing': listed(missing), 'x-fonts-used': listed(used) })
          .send(bytes);
      },
    );

    app.post(
      '/api/incidents/:id/documents/:document/scans',
      {
        schema: {
          tags,
          summary:
            'Attach the scan of what was signed and sealed, or of its receipt (PDF, JPEG or PNG, the file itself as the body). Kept with its SHA-256',
          params: documentParams,
          querystring: scanQuery,
          consumes: Object.keys(SCANS),
          response: { 200: z.object({ sha256: z.string(), size: z.number().int() }), ...PROBLEMS },
        },
      },
      async ({ params, query, body, actor }) => {
        const id = params.id as IncidentId;
        const row = await desk.rowOf(id, params.document);
        const by = (actor?.kind === 'account' ? actor.account.person : query.by) ?? '';
        acting.mustBeOneOfOurs(by, await incidentById(register, id));
        if (row.signedAt === null) throw problems.notSigned();
        const scan = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
        const type = Object.keys(SCANS).find((each) =>
          scan.subarray(0, SCANS[each]!.length).equals(Buffer.from(SCANS[each]!)),
        );
        if (!type) throw problems.badScan();
        const given = { incidentId: id, documentId: row.id, type, by, file: scan };
        const kept = await addScan(register, given, MAX_SCANS);
        if (!kept) throw problems.tooManyScans();
        await noteOutstanding(deps, id);
        return { sha256: kept.sha256, size: kept.size };
      },
    );

    app.get(
      '/api/incidents/:id/documents/:document/scans/:sha256',
      {
        schema: {
          tags,
          summary: 'A scan as it was attached',
          produces: Object.keys(SCANS),
          params: scanParams,
          response: file,
        },
      },
      async (request, reply) => {
        const { id, document, sha256 } = request.params;
        const reader = await mustBeReader(register, request);
        const row = await desk.rowOf(id as IncidentId, document);
        await logIdentityRead(register, {
          incidentId: row.incidentId,
          ...reader,
          route: 'GET /api/incidents/{id}/documents/{document}/scans/{sha256}',
        });
        const isIts = (await scansOf(register, row.incidentId)).some(
          (scan) => scan.documentId === row.id && scan.sha256 === sha256,
        );
        const found = isIts ? await openScan(register, row.id, sha256) : null;
        if (!found) throw problems.unknownScan();
        return asDownload(reply, found, `scan-${sha256.slice(0, 8)}`);
      },
    );
  };

const listed = (names: string[]): string => names.map(encodeURIComponent).join(',');

/** The file's name says what and which, and nobody. */
const attached = (reply: FastifyReply, { template, id }: DocumentRow, extension: string, type: string) =>
  reply
    .type(type)
    .header('content-disposition', `attachment; filename="${template}-${id.slice(0, 8)}.${extension}"`);
