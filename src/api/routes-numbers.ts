import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CSV_TYPE, tablesAsCsv, tablesAsXlsx, XLSX_TYPE } from '../sheets/write-tables.ts';
import { overdueIn, timesIn } from '../store/numbers.ts';
import type { ApiDeps } from './deps.ts';
import { namesOf } from './names.ts';
import { numberTables, partOf } from './numbers-view.ts';
import { periodOf, periodQuery } from './period.ts';
import { officesInReach } from './reach.ts';
import { PROBLEMS } from './schemas.ts';
import { numbersExportQuery, numbersSchema, type NumbersBody } from './schemas-numbers.ts';

/** How long things took and what was overdue, within reach. Nobody is named in it. */
export const numberRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, organisation, plan } = deps;
    const tags = ['console'];

    async function numbers(
      request: FastifyRequest,
      query: z.infer<typeof periodQuery>,
    ): Promise<NumbersBody> {
      const { from, to, ...period } = periodOf(query);
      const { office } = query;
      const counted = { ...period, office, among: officesInReach(request, deps) };
      const rows = { times: await timesIn(register, counted), overdue: await overdueIn(register, counted) };
      const names = namesOf(organisation, plan);
      return {
        from,
        to,
        office: office ?? null,
        real: partOf(rows, false, names),
        drills: partOf(rows, true, names),
      };
    }

    app.get(
      '/api/numbers',
      {
        schema: {
          tags,
          summary:
            'From report to first receipt, arrival, end of response and close (count, median, 90 %), and overdue duties by stage and office; drills apart, sub-cases not counted',
          querystring: periodQuery,
          response: { 200: numbersSchema, ...PROBLEMS },
        },
      },
      async (request) => numbers(request, request.query),
    );

    app.get(
      '/api/numbers/export',
      {
        schema: {
          tags,
          summary: 'The same as .xlsx or .csv',
          produces: [XLSX_TYPE, CSV_TYPE],
          querystring: numbersExportQuery,
          response: { 200: z.any().describe('The file'), ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const { format } = request.query;
        const found = await numbers(request, request.query);
        const tables = numberTables(found);
        const bytes = format === 'csv' ? tablesAsCsv(tables) : await tablesAsXlsx(tables);
        return reply
          .type(format === 'csv' ? CSV_TYPE : XLSX_TYPE)
          .header('content-disposition', `attachment; filename="numbers-${found.from}-${found.to}.${format}"`)
          .send(Buffer.from(bytes));
      },
    );
  };
