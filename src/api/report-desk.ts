import type { FastifyRequest } from 'fastify';
import { isOfParty } from '../people/organisation.ts';
import { newsOf } from '../reports/news.ts';
import { chainOf, nameIn, nameOfKind } from '../reports/chain.ts';
import { draftReport, type Kind } from '../reports/draft.ts';
import { toldReports, type ChainSource } from '../reports/told.ts';
import type { IncidentId } from '../incident/ids.ts';
import { documentsOf, numberOf, type DocumentRow } from '../store/documents.ts';
import type { IncidentDetail } from '../store/incident-detail.ts';
import { openPersonal } from '../store/personal.ts';
import { reportDocumentsOf } from '../store/report-documents.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { createDesk, documentDeps, stampOf } from './document-desk.ts';
import { instructionsIn } from './instructions-view.ts';
import { viewOf } from './incident-view.ts';
import { namesOf } from './names.ts';
import type { ChainBody, ReportDraftBody } from './schemas-reports.ts';

type Personal = NonNullable<ChainSource['personal']>;

/** The report chain as the API shows it. */
export function createReportDesk(deps: ApiDeps, acting: Acting) {
  const { register, organisation } = deps;
  const made = documentDeps(deps);
  const { templates } = made.templates;
  const desk = createDesk(deps, acting, made);

  const sourceOf = (
    { incident, timeline }: IncidentDetail,
    eventTypeName: (key: string) => string,
    personal: Personal | null,
  ): ChainSource => ({ incident, timeline, personal, eventTypeName });

  /** The papers of an incident's reports, by report; above the county only those that are signed. */
  async function papersOf(id: IncidentId, isAbove: boolean): Promise<Map<number, DocumentRow[]>> {
    const links = new Map((await reportDocumentsOf(register, id)).map((link) => [link.documentId, link]));
    const papers = new Map<number, DocumentRow[]>();
    for (const row of await documentsOf(register, id)) {
      const link = links.get(row.id);
      if (!link || (isAbove && row.signedAt === null)) continue;
      papers.set(link.report, [...(papers.get(link.report) ?? []), row]);
    }
    return papers;
  }

  return {
    papersOf,

    /** What a report is called, and whether the incident has it. */
    async nameOf(detail: IncidentDetail, report: number): Promise<string | null> {
      const told = toldReports(sourceOf(detail, String, null));
      return told.some((each) => each.report === report) ? nameIn(told, report) : null;
    },

    /** The chain; `personal` is null for a reader of no identities. */
    async chain(
      request: FastifyRequest,
      detail: IncidentDetail,
      personal: Personal | null,
    ): Promise<ChainBody> {
      const { incident } = detail;
      const plan = await acting.editionOf(incident);
      const names = namesOf(organisation, plan);
      const isAbove = desk.isAboveCounty(request);
      const source = sourceOf(detail, names.eventType, personal);
      const links = chainOf(source, await papersOf(incident.id, isAbove));
      const named = (party: string) => ({ party, name: names.body(party, incident.office) });
      return {
        identities: personal ? 'shown' : 'withheld',
        number: incident.number,
        office: incident.office,
        closed: incident.status === 'closed',
        marks: viewOf(detail, personal ? new Map(personal) : new Map()).facts.marks,
        reports: links.map(({ elements, documents, phoned, sendings, handedOn, seq: _seq, ...link }) => ({
          ...link,
          elements: Object.entries(elements).map(([element, told]) => ({
            element: element as ChainBody['reports'][number]['elements'][number]['element'],
            ...told,
          })),
          documents: documents.map((row) => ({
            ...row,
            stamp: stampOf(row, templates.get(row.template)),
            number: numberOf(row),
            old: row.old && row.oldAct ? { document: row.old, act: row.oldAct } : null,
          })),
          phoned: phoned.map(({ party, calledAt, ...call }) => ({
            ...named(party ?? ''),
            at: calledAt,
            ...call,
          })),
          sendings: sendings
            .filter(({ signed }) => signed || !isAbove)
            .map(({ stageId, recipients, ...sent }) => ({
              ...sent,
              stage: stageId,
              recipients: recipients.map(({ party, climbedTo, ...rest }) => ({
                ...named(party),
                ...rest,
                climbedTo: climbedTo && names.body(climbedTo, incident.office),
              })),
            })),
          handedOn: handedOn.map(({ party, handedAt, ...rest }) => ({
            ...named(party),
            at: handedAt,
            ...rest,
          })),
        })),
        instructions: instructionsIn(detail, personal, names),
        recipients: (plan.shared['reportReceipt']?.tells ?? []).map(({ party }) => named(party)),
        above: Object.keys(plan.parties)
          .filter((party) => plan.parties[party]!.outside)
          .map(named),
        deciders: organisation.people
          .filter(({ id }) => isOfParty(organisation, id, plan.approvers, incident.office))
          .map(({ id, name, post }) => ({ person: id, name, post })),
        templates: Object.fromEntries(
          [...templates.values()].flatMap(({ key, report }) => (report ? [[report, key]] : [])),
        ),
      };
    },

    /** The next report, filled in from the timeline. */
    async draft(detail: IncidentDetail, kind: Kind): Promise<ReportDraftBody> {
      const { incident } = detail;
      const personal = await openPersonal(register, incident.id);
      const plan = await acting.editionOf(incident);
      const source = sourceOf(detail, namesOf(organisation, plan).eventType, personal);
      const news = newsOf({ incident: viewOf(detail, personal), plan, organisation });
      const told = toldReports(source);
      const draft = draftReport(source, kind, news);
      const followUps = told.filter((each) => each.kind === 'followUpReport').length;
      return {
        ...draft,
        name: nameOfKind(kind, followUps + 1),
        after: { ...draft.after, name: nameIn(told, draft.after.report) },
        elements: Object.entries(draft.elements).map(([element, rest]) => ({
          element: element as ReportDraftBody['elements'][number]['element'],
          ...rest,
        })),
        news: draft.news.map(({ at, what }) => ({ at, what })),
      };
    },
  };
}
