import type { FastifyInstance } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toInstant } from '../incident/instant.ts';
import { dateOf, dayNumber, dayOf } from '../people/calendar.ts';
import type { Body, Organisation } from '../people/organisation.ts';
import { dateAt } from '../people/roster.ts';
import { unmannedTimes } from '../people/roster-guard.ts';
import { instantAt } from '../people/watch.ts';
import { previewRoster, type RosterPreview } from '../rosters/edition.ts';
import { MAX_BYTES } from '../rosters/read-sheet.ts';
import { SheetRefused } from '../rosters/sheet-problem.ts';
import { asCsv, asXlsx, writtenRoster } from '../rosters/write-sheet.ts';
import { addEdition, editionsOf, standingEdition, undoEdition } from '../store/rosters.ts';
import type { ApiDeps } from './deps.ts';
import { mustKnowBody } from './known-body.ts';
import { changeBy } from './on-record.ts';
import { Problem } from './problem.ts';
import { PROBLEMS } from './schemas.ts';
import {
  applyQuery,
  bodyParams,
  exportQuery,
  importedSchema,
  previewSchema,
  rosterSchema,
  undoneSchema,
  windowQuery,
} from './schemas-rosters.ts';

export type RosterDeps = Pick<ApiDeps, 'register' | 'organisation' | 'refreshRosters'>;

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CSV = 'text/csv; charset=utf-8';
const MACRO_XLSX = 'application/vnd.ms-excel.sheet.macroEnabled.12';
const FILES = ['application/octet-stream', XLSX, MACRO_XLSX, 'application/vnd.ms-excel', 'text/csv'];

/** Duty rosters: what stands, sheets in and out, and the way back. */
export const rosterRoutes =
  (deps: RosterDeps): FastifyPluginAsyncZod =>
  async (app) => {
    takeFiles(app);
    const { register, organisation, refreshRosters } = deps;
    const tags = ['rosters'];
    const importing = { tags, params: bodyParams, consumes: FILES };

    app.post(
      '/api/rosters/:body/preview',
      {
        schema: {
          ...importing,
          summary:
            'Read a roster sheet (.xlsx or .csv, the file itself as the body): every bad row, and what would change',
          response: { 200: previewSchema, ...PROBLEMS },
        },
      },
      async ({ params, body }) => ({
        body: params.body,
        ...(await previewOf(deps, params.body, body)).shown,
      }),
    );

    app.post(
      '/api/rosters/:body',
      {
        schema: {
          ...importing,
          summary: 'Import exactly the sheet that was previewed, whole or not at all',
          querystring: applyQuery,
          response: { 200: importedSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const { params, query, body, apiKeyId } = request;
        const { shown, nr: upon } = await previewOf(deps, params.body, body);
        if (!shown.edition) throw hasMistakes(shown);
        const edition = {
          body: params.body,
          json: shown.edition,
          by: apiKeyId,
          sourceHash: shown.sourceHash,
        };
        const changeOf = (to: number) =>
          changeBy(request, {
            area: 'roster' as const,
            subject: `roster ${params.body}`,
            from: upon === null ? null : { edition: upon },
            to: { edition: to, changes: shown.changes.length, source: shown.sourceHash },
          });
        const nr =
          shown.preview === query.preview ? await addEdition(register, edition, upon, changeOf) : null;
        if (nr === null) throw outdated();
        await refreshRosters();
        return { body: params.body, nr, changes: shown.changes.length };
      },
    );

    app.post(
      '/api/rosters/:body/undo',
      {
        schema: {
          tags,
          params: bodyParams,
          summary:
            'Take back the newest import: the one before it stands again, or the organisation file alone',
          response: { 200: undoneSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const { params, apiKeyId } = request;
        const { id } = mustKnowBody(organisation, params.body);
        const done = await undoEdition(register, id, apiKeyId, ({ undone, standing }) =>
          changeBy(request, {
            area: 'roster' as const,
            subject: `roster ${id}`,
            from: { edition: undone },
            to: standing === null ? null : { edition: standing },
          }),
        );
        if (!done) throw nothingToUndo();
        await refreshRosters();
        return { body: id, ...done };
      },
    );

    app.get(
      '/api/rosters/:body',
      {
        schema: {
          tags,
          params: bodyParams,
          summary: 'Who has duty on each date, and the imports',
          querystring: windowQuery,
          response: { 200: rosterSchema, ...PROBLEMS },
        },
      },
      async ({ params, query }) => {
        await refreshRosters();
        const body = mustHaveRoster(organisation, params.body);
        const window = windowOf(query);
        const { header, rows } = writtenRoster(organisation, body, window);
        const editions = await editionsOf(register, body.id);
        const days = rows.map(([date = '']) => dayOf(organisation.calendar, date));
        const gaps = unmannedTimes(organisation, body, inInstants(window));
        return { body: body.id, name: body.name, header, rows, days, gaps, editions };
      },
    );

    app.get(
      '/api/rosters/:body/export',
      {
        schema: {
          tags,
          params: bodyParams,
          summary: 'The same as a sheet, which can be imported again',
          produces: [XLSX, CSV],
          querystring: exportQuery,
          response: { 200: z.any().describe('The file'), ...PROBLEMS },
        },
      },
      async ({ params, query }, reply) => {
        await refreshRosters();
        const body = mustHaveRoster(organisation, params.body);
        const window = windowOf(query);
        const written = writtenRoster(organisation, body, window);
        const bytes = query.format === 'csv' ? asCsv(written) : await asXlsx(written);
        const name = `${body.id}-${window.from}-${window.to}.${query.format}`;
        return reply
          .type(query.format === 'csv' ? CSV : XLSX)
          .header('content-disposition', `attachment; filename="${name}"`)
          .send(Buffer.from(bytes));
      },
    );
  };

/** Only here a body is a file. One byte too many is read, so that the answer can say what to do. */
function takeFiles(app: FastifyInstance): void {
  app.addContentTypeParser(FILES, { parseAs: 'buffer', bodyLimit: 4 * MAX_BYTES }, (_request, body, done) =>
    done(null, body),
  );
}

async function previewOf(
  { register, organisation, refreshRosters }: RosterDeps,
  bodyId: string,
  file: unknown,
): Promise<{ shown: RosterPreview; nr: number }> {
  await refreshRosters();
  mustKnowBody(organisation, bodyId);
  const standing = await standingEdition(register, bodyId);
  const nr = standing?.nr ?? 0;
  const bytes = Buffer.isBuffer(file) ? new Uint8Array(file) : new Uint8Array();
  try {
    const shown = await previewRoster(bytes, organisation, bodyId, { nr, edition: standing?.json ?? null });
    return { shown, nr };
  } catch (error) {
    if (!(error instanceof SheetRefused)) throw error;
    const status = error.code === 'FILE_TOO_LARGE' ? 413 : 422;
    throw new Problem({ status, code: `ROSTER_${error.code}`, title: error.zh, detail: error.todo });
  }
}

const hasMistakes = ({ problems }: RosterPreview): Problem =>
  new Problem({
    status: 422,
    code: 'ROSTER_HAS_MISTAKES',
    title: `值班表有 ${problems.length} 处错误，未导入任何内容`,
    detail: 'Mend every row that is listed, preview the sheet again, and import that.',
    more: { problems },
  });

const outdated = (): Problem =>
  new Problem({
    status: 409,
    code: 'ROSTER_PREVIEW_OUTDATED',
    title: '预览之后文件或值班表有变化，未导入任何内容',
    detail: 'Preview the sheet again, and import what that shows.',
  });

const nothingToUndo = (): Problem =>
  new Problem({
    status: 409,
    code: 'ROSTER_NOTHING_TO_UNDO',
    title: '没有可撤销的导入',
    detail: 'What stands now comes from the organisation file: change it there, or import a sheet.',
  });

function mustHaveRoster(organisation: Organisation, id: string): Body {
  const body = mustKnowBody(organisation, id);
  if (body.roster) return body;
  throw new Problem({
    status: 404,
    code: 'NO_ROSTER',
    title: '此单位没有值班表，任何时候都通知其联系人',
    detail: 'Import a sheet, or give the body a roster in the organisation file.',
  });
}

/** From the first date's 00:00 to the last one's 24:00. */
const inInstants = ({ from, to }: { from: string; to: string }) => ({
  from: instantAt(`${from} 00:00`),
  to: instantAt(`${dateOf(dayNumber(to) + 1)} 00:00`),
});

const MAX_DAYS = 366;

function windowOf({ from = dateAt(toInstant(Date.now())), to }: z.infer<typeof windowQuery>) {
  const last = to ?? dateOf(dayNumber(from) + 30);
  const days = dayNumber(last) - dayNumber(from) + 1;
  if (days >= 1 && days <= MAX_DAYS) return { from, to: last };
  throw new Problem({
    status: 422,
    code: 'ROSTER_WINDOW_UNUSABLE',
    title: '起止日期有误',
    detail: `\`to\` is not before \`from\`, and at most ${MAX_DAYS} days are shown.`,
  });
}
