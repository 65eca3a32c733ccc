import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { askedFor } from '../documents/asked.ts';
import { suggestedFor } from '../documents/compose.ts';
import { changedSince } from '../documents/sign-off.ts';
import type { IncidentId } from '../incident/ids.ts';
import { toInstant } from '../incident/instant.ts';
import { documentById } from '../store/documents.ts';
import { incidentDetail } from '../store/incidents.ts';
import { logIdentityRead } from '../store/personal.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { createDesk, documentDeps } from './document-desk.ts';
import { createDocumentRules } from './document-rules.ts';
import { mustBeReader } from './identity-reading.ts';
import { onceWritten } from './once-written.ts';
import { idParams, PROBLEMS } from './schemas.ts';
import {
  askedSchema,
  differencesSchema,
  documentParams,
  formParams,
  formSchema,
} from './schemas-documents.ts';

/** What whoever drafts or signs a document has to know before: what is asked for, what is known, and what has changed since. */
export const documentFormRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register } = deps;
    const made = documentDeps(deps);
    const desk = createDesk(deps, acting, made);
    const rules = createDocumentRules(deps, made, desk);
    const tags = ['documents'];

    app.get(
      '/api/incidents/:id/documents/asked',
      {
        schema: {
          tags,
          summary: 'The documents that the plan asks for at open duties. No identities',
          params: idParams,
          response: { 200: askedSchema, ...PROBLEMS },
        },
      },
      async ({ params }) => {
        const id = params.id as IncidentId;
        const detail = (await incidentDetail(register, id)) ?? (await onceWritten(deps, id));
        return askedFor(await acting.editionOf(detail.incident), detail, toInstant(Date.now()));
      },
    );

    app.get(
      '/api/incidents/:id/document-forms/:template',
      {
        schema: {
          tags,
          summary:
            'A template for this incident: its fields with what the incident suggests for them, and what would stand as 正在核实. The reading is logged',
          params: formParams,
          response: { 200: formSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const id = request.params.id as IncidentId;
        const reader = await mustBeReader(register, request);
        const template = rules.templateOf(request.params.template);
        const drafter = (request.actor?.kind === 'account' ? request.actor.account.person : null) ?? '';
        const asOf = toInstant(Date.now());
        const draft = { fields: {}, drafter, asOf, old: null, oldAct: null };
        const { source, verifying } = await desk.composed(id, template, draft);
        await logIdentityRead(register, {
          incidentId: id,
          ...reader,
          route: 'GET /api/incidents/{id}/document-forms/{template}',
        });
        const suggested = suggestedFor(template, source);
        return {
          fields: Object.entries(template.fields).map(([key, { label }]) => ({
            key,
            label,
            suggested: suggested[key] ?? null,
          })),
          // What the drafter may still write is asked for above.
          verifying: verifying.filter((name) => !name.startsWith('field.')),
        };
      },
    );

    app.get(
      '/api/incidents/:id/documents/:document/differences',
      {
        schema: {
          tags,
          summary:
            'What its drafter wrote, and what of a draft is known otherwise now: to draft it again. The reading is logged',
          params: documentParams,
          response: { 200: differencesSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const id = request.params.id as IncidentId;
        const reader = await mustBeReader(register, request);
        const row = await desk.rowOf(id, request.params.document);
        desk.mustStayInCounty(request, row);
        await desk.mustBeConcluded(request, row);
        await logIdentityRead(register, {
          incidentId: id,
          ...reader,
          route: 'GET /api/incidents/{id}/documents/{document}/differences',
        });
        const { fields, asOf, values } = await desk.contentOf(row);
        const old = row.old === null ? null : await documentById(register, id, row.old);
        const draft = { fields, drafter: row.draftedBy, asOf, old, oldAct: row.oldAct, document: row.id };
        const now = (await desk.composed(id, rules.templateOf(row.template), draft)).values;
        const changed = changedSince(values, now);
        return {
          fields,
          changed: changed.map((name) => ({ name, was: values[name] ?? null, is: now[name] ?? null })),
        };
      },
    );
  };
