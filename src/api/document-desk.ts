import type { FastifyRequest } from 'fastify';
import { compose, type Composed } from '../documents/compose.ts';
import { loadTemplates } from '../documents/load-templates.ts';
import { STAYS, UNSIGNED, type Issue, type Paper } from '../documents/paper.ts';
import { createPdfMaker, type PdfMaker } from '../documents/pdf.ts';
import type { OldDocument } from '../documents/source.ts';
import type { DocumentTemplate, DocumentTemplates } from '../documents/template.ts';
import { dateInWords } from '../documents/words.ts';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { bodyFor } from '../people/bodies.ts';
import { jurisdictionsOf } from '../people/jurisdiction.ts';
import { personById } from '../people/organisation.ts';
import { documentById, numberOf, openContent, type DocumentRow, type OldAct } from '../store/documents.ts';
import { maySign } from '../documents/sign-off.ts';
import { incidentPlace } from '../store/incident-place.ts';
import { incidentDetail } from '../store/incidents.ts';
import { openPersonal } from '../store/personal.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { concludesUnsigned, erased, staysInCounty, unknownDocument } from './document-problems.ts';
import { viewOf } from './incident-view.ts';
import { draftedFor } from './report-papers.ts';
import { unknownIncident } from './incident-problems.ts';

/** What documents are made with. */
export interface DocumentDeps {
  templates: DocumentTemplates;
  makePdf: PdfMaker;
}

/** The sample bureau's templates and the LibreOffice on PATH, where nothing else is given. */
export const documentDeps = ({ documents }: ApiDeps): DocumentDeps =>
  documents ?? { templates: loadTemplates('plans/documents'), makePdf: createPdfMaker() };

/** The templates there are, by key. */
export const templatesOf = ({ documents }: Pick<ApiDeps, 'documents'>): Map<string, DocumentTemplate> =>
  (documents?.templates ?? loadTemplates('plans/documents')).templates;

/** What is sealed of a document: its text, and what it was drafted from. */
export interface Content {
  paper: Paper;
  values: Composed['values'];
  fields: Record<string, string>;
  asOf: Instant;
}

/** The papers of incidents: composed from what is known now, opened as they were kept. */
export function createDesk(
  deps: ApiDeps,
  acting: Acting,
  { templates: { bodies, templates } }: DocumentDeps,
) {
  const { register, organisation } = deps;

  async function known(id: IncidentId, row: DocumentRow | null): Promise<DocumentRow> {
    if (row) return row;
    throw (await incidentDetail(register, id)) ? unknownDocument() : unknownIncident(id);
  }

  return {
    /** Throws 404 `UNKNOWN_DOCUMENT`. */
    rowOf: async (id: IncidentId, document: string): Promise<DocumentRow> =>
      known(id, await documentById(register, id, document)),

    /** Throws 410 `DOCUMENT_ERASED`. */
    async contentOf(row: DocumentRow): Promise<Content> {
      const content = await openContent<Content>(register, row);
      if (content) return content;
      throw erased();
    },

    /** A template filled from an incident as it is known now, and what of it decides whether that may be signed. */
    async composed(
      id: IncidentId,
      template: DocumentTemplate,
      draft: {
        fields: Record<string, string>;
        drafter: string;
        asOf: Instant;
        old: DocumentRow | null;
        oldAct: OldAct | null;
        /** Its own id, once it is drafted. */
        document?: string;
      },
    ) {
      const detail = await incidentDetail(register, id);
      if (!detail) throw unknownIncident(id);
      const incident = viewOf(detail, await openPersonal(register, id));
      const plan = await acting.editionOf(detail.incident);
      const old = draft.old && draft.oldAct ? { ...(await asOld(draft.old)), act: draft.oldAct } : null;
      const { fields, drafter, asOf, document = null } = draft;
      const of = await draftedFor(register, id, document, draft.old?.id ?? null);
      const source = {
        incident,
        organisation,
        plan,
        bodies,
        fields,
        drafter,
        asOf,
        old,
        draftedFor: of,
      };
      return { ...compose(template, source), incident, plan, source };
    },

    /** What its numbers begin with: the issuing body's code and the kind's. Null for what has none. */
    seriesOf(template: DocumentTemplate, office: string): string | null {
      const body = bodyFor(organisation, template.issuer, office);
      if (template.code === undefined || template.form === 'plain' || !body) return null;
      return `${bodies[body.id]?.code ?? body.name}${template.code}`;
    },

    /** What the sign-off has added to a paper, or that it is unsigned. */
    issueOf(row: DocumentRow, template: Pick<DocumentTemplate, 'beyondCounty'> | undefined): Issue {
      if (row.signedAt === null || row.signedBy === null)
        return { ...UNSIGNED, stamp: stampOf(row, template) };
      return {
        number: numberOf(row),
        date: dateInWords(row.signedAt),
        signer: personById(organisation, row.signedBy)?.name ?? row.signedBy,
        stamp: null,
      };
    },

    /** Unsigned paper stays in the county (rules of care, 4). Throws 403 `DRAFT_STAYS_IN_COUNTY`. */
    mustStayInCounty(request: FastifyRequest, row: Pick<DocumentRow, 'signedAt'>): void {
      if (row.signedAt === null && isAboveCounty(request)) throw staysInCounty();
    },
    /** What an investigation concludes is nobody's word before it is signed (rules of care, 1). Throws 403 `CONCLUSION_UNSIGNED`. */
    async mustBeConcluded({ actor }: FastifyRequest, row: DocumentRow): Promise<void> {
      const template = templates.get(row.template);
      const concludes = Object.values(template?.fields ?? {}).some(({ conclusion }) => conclusion);
      if (!template || !concludes || row.signedAt !== null || actor?.kind !== 'account') return;
      const { person } = actor.account;
      const office = (await incidentPlace(register, row.incidentId))?.office;
      const signs = person && office && maySign(organisation, template, person, office);
      if (person !== row.draftedBy && !signs) throw concludesUnsigned();
    },
    isAboveCounty,
  };

  async function asOld(row: DocumentRow): Promise<OldDocument> {
    const content = await openContent<Content>(register, row);
    return {
      number: numberOf(row),
      title: content?.paper.title ?? row.name,
      date: row.signedAt ? dateInWords(row.signedAt) : '',
    };
  }

  function isAboveCounty({ actor }: FastifyRequest): boolean {
    if (actor?.kind !== 'account') return false;
    const { jurisdiction } = actor.account;
    return jurisdictionsOf(organisation).some(({ id, level }) => id === jurisdiction && level === 'city');
  }
}

export type Desk = ReturnType<typeof createDesk>;

/** What may go ahead unsigned, and what leaves the county only when it is signed. */
export function stampOf(
  { status }: Pick<DocumentRow, 'status'>,
  template: Pick<DocumentTemplate, 'beyondCounty'> | undefined,
): string | null {
  if (status === 'discarded') return '草稿·已作废';
  if (status !== 'draft') return null;
  return template?.beyondCounty === false ? UNSIGNED.stamp : STAYS;
}
