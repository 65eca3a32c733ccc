import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import pLimit from 'p-limit';
import { z } from 'zod';
import { tablesAsXlsx, XLSX_TYPE } from '../sheets/write-tables.ts';
import { logIdentityReads } from '../store/personal.ts';
import { MAX_LINES, registerLines } from '../store/register-lines.ts';
import type { ApiDeps } from './deps.ts';
import { readerOf } from './identity-reading.ts';
import { namesOf } from './names.ts';
import { periodOf } from './period.ts';
import { Problem } from './problem.ts';
import { officesInReach } from './reach.ts';
import { knownOf } from './register-identities.ts';
import { lineView, registerTables } from './register-tables.ts';
import { PROBLEMS } from './schemas.ts';
import { registerPreviewQuery, registerQuery, registerSchema } from './schemas-register.ts';

/** A sheet of more incidents than these is one that nobody reads; with identities each of them is a logged reading. */
const MAX_INCIDENTS = 5_000;
const MAX_WITH_IDENTITIES = 500;

/** One sheet after the other: alarms come between them. */
const oneSheet = pLimit(1);

/** The register 台账: each duty, whom it told, and the times. */
export const registerRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, organisation, plan } = deps;
    const tags = ['register'];
    const linesFor = (request: FastifyRequest, query: z.infer<typeof registerQuery>, limit: number) => {
      const { office, drill } = query;
      const among = officesInReach(request, deps);
      return registerLines(register, { ...periodOf(query), office, drill, among, limit });
    };

    app.get(
      '/api/register',
      {
        schema: {
          tags,
          summary: 'The first lines of the register 台账, the newest incident first; no identities',
          querystring: registerPreviewQuery,
          response: { 200: registerSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const { from, to } = periodOf(request.query);
        const lines = await linesFor(request, request.query, request.query.limit);
        const names = namesOf(organisation, plan);
        return { from, to, lines: lines.map((line) => lineView(line, plan, names)) };
      },
    );

    app.get(
      '/api/register/export',
      {
        schema: {
          tags,
          summary:
            'The register as .xlsx: duties with the four times for each recipient, corrections, incidents. A session that gives a reason (x-reason) and may read identities gets them, logged for each incident; else there are none in it',
          produces: [XLSX_TYPE],
          querystring: registerQuery,
          response: { 200: z.any().describe('The file'), ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const { from, to } = periodOf(request.query);
        // Programs get identities elsewhere, one incident at a time: a key gives no reason.
        const reader = request.actor?.kind === 'account' ? await readerOf(register, request) : null;
        const most = reader ? MAX_WITH_IDENTITIES : MAX_INCIDENTS;
        const lines = await linesFor(request, request.query, most + 1);
        const ids = [...new Set(lines.map(({ id }) => id))];
        if (ids.length > most || lines.length > MAX_LINES) throw tooMany(most);
        const route = 'GET /api/register/export';
        if (reader && ids.length > 0)
          await logIdentityReads(
            register,
            ids.map((incidentId) => ({ incidentId, ...reader, route })),
          );
        const known = reader && (await knownOf(register, ids));
        const tables = registerTables(lines, plan, namesOf(organisation, plan), known);
        return reply
          .type(XLSX_TYPE)
          .header('content-disposition', `attachment; filename="register-${from}-${to}.xlsx"`)
          .send(Buffer.from(await oneSheet(() => tablesAsXlsx(tables))));
      },
    );
  };

const tooMany = (most: number): Problem =>
  new Problem({
    status: 422,
    code: 'PERIOD_TOO_LONG',
    title: `所选期间的事件超过 ${most} 件或 ${MAX_LINES} 行，请缩短期间或选择一个司法所`,
    detail: `One sheet holds ${most} incidents and ${MAX_LINES} lines. Ask for a shorter period, or for one office.`,
  });
