import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readTime } from '../incident/facts.ts';
import type { IncidentId, StageId } from '../incident/ids.ts';
import { documentById, type DocumentRow } from '../store/documents.ts';
import { incidentDetail, logIdentityRead, openPersonal } from '../store/incidents.ts';
import type { IncidentDetail } from '../store/incident-detail.ts';
import * as messages from '../workflows/messages-report-chain.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { unknownDocument } from './document-problems.ts';
import { mustBeReader, readerOf } from './identity-reading.ts';
import { actIdOf } from './intake.ts';
import { onceWritten } from './once-written.ts';
import { createReportDesk } from './report-desk.ts';
import * as problems from './report-problems.ts';
import { say } from './say.ts';
import { idempotencySchema, idParams, PROBLEMS } from './schemas.ts';
import {
  chainSchema, draftQuery, handedOnBody, phonedBody, phonedSchema, reportDraftSchema, sendingBody, sendingSchema,
} from './schemas-reports.ts'; // prettier-ignore

/** The report chain: 首报, 续报一 …, 终报, 补报, each made by phone or sent in writing, with who has received it. */
export const reportRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, keyring } = deps;
    const desk = createReportDesk(deps, acting);
    const tags = ['reports'];

    const detailOf = async (id: IncidentId): Promise<IncidentDetail> =>
      (await incidentDetail(register, id)) ?? (await onceWritten(deps, id));

    /** A paper of the chain that nothing has taken the place of, and the report it is of. */
    async function paperOf(id: IncidentId, document: string) {
      const row = await documentById(register, id, document);
      if (!row) throw unknownDocument();
      const papers = await desk.papersOf(id, false);
      const report = [...papers].find(([, rows]) => rows.some((each) => each.id === row.id))?.[0];
      if (report === undefined) throw problems.notAReport();
      if (row.status !== 'draft' && row.status !== 'signed')
        throw problems.replaced({ status: row.status, replacedBy: row.replacedBy });
      return { row, report };
    }

    async function named(detail: IncidentDetail, report: number): Promise<string> {
      const name = await desk.nameOf(detail, report);
      if (name === null) throw problems.unknownReport();
      return name;
    }

    app.get(
      '/api/incidents/:id/reports',
      {
        schema: {
          tags,
          summary:
            'The report chain: each report with its six elements, time of receipt and source, its papers, whom it was sent to and who has received it; instructions of leaders. A session gives its reason (x-reason), else what is personal is withheld',
          params: idParams,
          response: { 200: chainSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const id = request.params.id as IncidentId;
        const detail = await detailOf(id);
        const reader = await readerOf(register, request);
        if (!reader) return desk.chain(request, detail, null);
        await logIdentityRead(register, {
          incidentId: id,
          ...reader,
          route: 'GET /api/incidents/{id}/reports',
        });
        return desk.chain(request, detail, await openPersonal(register, id));
      },
    );

    app.get(
      '/api/incidents/:id/reports/draft',
      {
        schema: {
          tags,
          summary:
            'The next report filled in from the timeline: of a follow-up only what is new since the last report, of a final report all six elements and which are missing. The reading is logged',
          params: idParams,
          querystring: draftQuery,
          response: { 200: reportDraftSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const id = request.params.id as IncidentId;
        const reader = await mustBeReader(register, request);
        const detail = await detailOf(id);
        await logIdentityRead(register, {
          incidentId: id,
          ...reader,
          route: 'GET /api/incidents/{id}/reports/draft',
        });
        return desk.draft(detail, request.query.kind);
      },
    );

    app.post(
      '/api/incidents/:id/reports/phone',
      {
        schema: {
          tags,
          summary:
            'Log a report made by phone. Answered, it ends the duties that ask to report to this party; the written report is owed from then on, with a clock of its own',
          params: idParams,
          headers: idempotencySchema,
          body: phonedBody,
          response: { 200: phonedSchema, ...PROBLEMS },
        },
      },
      async ({ params, body, headers, apiKeyId }) => {
        const id = params.id as IncidentId;
        acting.mustBeOneOfOurs(body.by, await acting.openRecord(id));
        const detail = await detailOf(id);
        const { by, report, to: party, number, answered, said, stage } = body;
        const { parties } = await acting.editionOf(detail.incident);
        const known = Object.keys(parties).filter((key) => !parties[key]!.outside);
        if (!known.includes(party)) throw problems.notARecipient({ parties: known });
        return say(
          deps,
          id,
          messages.phoneReport,
          {
            by,
            report,
            name: await named(detail, report),
            party,
            number,
            answered,
            calledAt: readTime(body.at).instant!,
            said: said || null,
            stageId: (stage ?? null) as StageId | null,
          },
          {
            again: 'counts',
            updateId: actIdOf(keyring, apiKeyId, headers['idempotency-key'], { kind: 'phone', body }),
          },
        );
      },
    );

    app.post(
      '/api/incidents/:id/reports/sendings',
      {
        schema: {
          tags,
          summary:
            'Send a paper of the chain to all recipients in the county: each is told without its contents, and confirms for itself. A draft goes ahead as 未签发·先行告知. Repeating it is harmless',
          params: idParams,
          body: sendingBody,
          response: { 200: sendingSchema, ...PROBLEMS },
        },
      },
      async ({ params, body: { by, document } }) => {
        const id = params.id as IncidentId;
        acting.mustBeOneOfOurs(by, await acting.openRecord(id));
        const detail = await detailOf(id);
        const { row, report } = await paperOf(id, document);
        const { at, stageId } = await say(deps, id, messages.sendReport, {
          by,
          report,
          name: await named(detail, report),
          document: row.id,
          signed: row.signedAt !== null,
          old: oldOf(row),
        });
        return { at, stage: stageId };
      },
    );

    app.post(
      '/api/incidents/:id/reports/handed-on',
      {
        schema: {
          tags,
          summary:
            'Put down that a signed report was taken above the county, on paper or by phone, and which leader decided that',
          params: idParams,
          body: handedOnBody,
          response: { 200: z.object({ at: z.string() }), ...PROBLEMS },
        },
      },
      async ({ params, body }) => {
        const id = params.id as IncidentId;
        const incident = await acting.openRecord(id);
        const { by, to: party, channel, receiver, note, decidedBy } = body;
        acting.mustBeOneOfOurs(by, incident);
        const plan = await acting.editionOf(incident);
        acting.mustBeOneOf(decidedBy, incident, plan.approvers, 'MAY_NOT_DECIDE');
        if (Object.hasOwn(plan.parties, party) && !plan.parties[party]!.outside) throw problems.notAbove();
        const { row, report } = await paperOf(id, body.document);
        if (row.signedAt === null) throw problems.unsignedStays();
        return say(deps, id, messages.handOnReport, {
          by,
          report,
          document: row.id,
          party,
          channel,
          decidedBy,
          handedAt: readTime(body.at).instant!,
          receiver: receiver || null,
          note: note || null,
        });
      },
    );
  };

const oldOf = ({ old, oldAct, signedAt }: DocumentRow) =>
  old && oldAct && signedAt ? { document: old, act: oldAct } : null;
