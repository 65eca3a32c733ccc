import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { yearOf } from '../documents/words.ts';
import type { IncidentId } from '../incident/ids.ts';
import { toInstant } from '../incident/instant.ts';
import {
  addDraft, discardDraft, documentsOf, signDocument,
} from '../store/documents.ts'; // prettier-ignore
import { scansOf } from '../store/document-scans.ts';
import { incidentById } from '../store/incidents.ts';
import { logIdentityRead } from '../store/personal.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { createDesk, documentDeps } from './document-desk.ts';
import { noteOutstanding } from './document-notes.ts';
import { oldGone } from './document-problems.ts';
import { createDocumentView } from './document-view.ts';
import { createDocumentRules, mustFit, notADraft } from './document-rules.ts';
import { usedBy } from './identity-reading.ts';
import { onceWritten } from './once-written.ts';
import { keepConfirmed, linkDraft } from './report-papers.ts';
import { idParams, PROBLEMS } from './schemas.ts';
import {
  discardBody, documentParams, documentSchema, draftBody, signBody, templatesSchema,
  type DocumentBody,
} from './schemas-documents.ts'; // prettier-ignore

/** Documents of an incident: drafted from what it knows, signed by whoever may, corrected or withdrawn by a further one. */
export const documentRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register } = deps;
    const made = documentDeps(deps);
    const { templates } = made.templates;
    const desk = createDesk(deps, acting, made);
    const rules = createDocumentRules(deps, made, desk);
    const tags = ['documents'];

    const view = createDocumentView(deps, made);
    const shown = async (request: FastifyRequest, id: IncidentId, document: string): Promise<DocumentBody> =>
      view(request, await desk.rowOf(id, document), {
        scans: await scansOf(register, id),
        office: (await incidentById(register, id))!.office,
      });

    app.get(
      '/api/document-templates',
      {
        schema: {
          tags,
          summary: 'What documents there are',
          response: { 200: templatesSchema, ...PROBLEMS },
        },
      },
      async () =>
        [...templates.values()].map(({ fields, signedBy, ...template }) => ({
          ...template,
          signedBy: signedBy.map(({ party, posts }) => ({ party, ...(posts ? { posts } : {}) })),
          fields: Object.fromEntries(Object.entries(fields).map(([name, { label }]) => [name, { label }])),
        })),
    );

    app.get(
      '/api/incidents/:id/documents',
      {
        schema: {
          tags,
          summary: 'The documents of an incident, oldest first. No identities',
          params: idParams,
          response: { 200: z.array(documentSchema), ...PROBLEMS },
        },
      },
      async (request) => {
        const id = request.params.id as IncidentId;
        const { office } = (await incidentById(register, id)) ?? (await onceWritten(deps, id)).incident;
        const scans = await scansOf(register, id);
        const rows = await documentsOf(register, id);
        const seen = desk.isAboveCounty(request) ? rows.filter(({ signedAt }) => signedAt !== null) : rows;
        return seen.map((row) => view(request, row, { scans, office }));
      },
    );

    app.post(
      '/api/incidents/:id/documents',
      {
        schema: {
          tags,
          summary:
            'Draft a document from what the incident knows: unsigned, without a number. What is unknown stands as 正在核实. The use of identities is logged',
          params: idParams,
          body: draftBody,
          response: { 201: documentSchema, ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const { params, body } = request;
        const id = params.id as IncidentId;
        const incident = await acting.openRecord(id);
        acting.mustBeOneOfOurs(body.by, incident);
        const template = rules.templateOf(body.template);
        mustFit(template, body);
        const old = await rules.oldOf(id, template, body);
        await logIdentityRead(register, {
          incidentId: id,
          ...usedBy(request, '起草文书'),
          route: 'POST /api/incidents/{id}/documents',
        });
        const asOf = toInstant(Date.now());
        const oldAct = body.old?.act ?? null;
        const draft = { fields: body.fields, drafter: body.by, asOf, old, oldAct };
        const { paper, values, verifying, ...known } = await desk.composed(id, template, draft);
        rules.mustBeConfirmed(template, known.incident, known.plan);
        const row = await addDraft(register, {
          incidentId: id,
          template: template.key,
          name: template.name,
          drill: incident.drill,
          series: desk.seriesOf(template, incident.office),
          draftedBy: body.by,
          draftedAt: asOf,
          verifying,
          old: old?.id ?? null,
          oldAct,
          content: { paper, values, fields: body.fields, asOf },
        });
        await linkDraft(register, template, row, known.source);
        return reply.code(201).send(await shown(request, id, row.id));
      },
    );

    app.post(
      '/api/incidents/:id/documents/:document/signature',
      {
        schema: {
          tags,
          summary:
            'Sign a draft off: it gets its number and date. Ends no duty: the evidence of a delivery is its receipt. Repeating it is harmless',
          params: documentParams,
          body: signBody,
          response: { 200: documentSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const { params, body } = request;
        const id = params.id as IncidentId;
        const incident = await acting.openRecord(id);
        acting.mustBeOneOfOurs(body.by, incident);
        const row = await desk.rowOf(id, params.document);
        const isAgain = row.signedBy === body.by && row.digest === body.digest;
        if (!isAgain) {
          await rules.mustBeSignable(id, row, body, incident.office);
          await logIdentityRead(register, {
            incidentId: id,
            ...usedBy(request, '签发文书'),
            route: 'POST /api/incidents/{id}/documents/{document}/signature',
          });
          const at = toInstant(Date.now());
          const signed = await signDocument(register, {
            by: body.by,
            digest: body.digest,
            id: row.id,
            at,
            year: yearOf(at),
          });
          if (signed === 'oldGone') throw oldGone();
          if (signed === null) throw notADraft(await desk.rowOf(id, row.id));
          await keepConfirmed(register, row.id, body);
        }
        await noteOutstanding(deps, id);
        return shown(request, id, row.id);
      },
    );

    app.post(
      '/api/incidents/:id/documents/:document/discard',
      {
        schema: {
          tags,
          summary: 'Put a draft away. What is signed is corrected or withdrawn by a new document',
          params: documentParams,
          body: discardBody,
          response: { 200: documentSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const {
          params,
          body: { by },
        } = request;
        const id = params.id as IncidentId;
        const row = await desk.rowOf(id, params.document);
        acting.mustBeOneOfOurs(by, (await incidentById(register, id))!);
        if (!(await discardDraft(register, row.id, by, toInstant(Date.now()))))
          throw notADraft(await desk.rowOf(id, row.id));
        return shown(request, id, row.id);
      },
    );
  };
