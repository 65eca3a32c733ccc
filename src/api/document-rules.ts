import type { z } from 'zod';
import type { KnownIncident } from '../documents/known-incident.ts';
import { outcomeName } from '../documents/lists.ts';
import { accuses } from '../documents/names.ts';
import {
  changedSince,
  maySign,
  overtakenBy,
  timesContradict,
  unconfirmedFor,
} from '../documents/sign-off.ts';
import type { DocumentTemplate } from '../documents/template.ts';
import { CORRECTION_TYPE } from '../documents/words.ts';
import type { IncidentId } from '../incident/ids.ts';
import type { Plan } from '../plan/load.ts';
import { documentById, type DocumentRow } from '../store/documents.ts';
import type { ApiDeps } from './deps.ts';
import type { Desk, DocumentDeps } from './document-desk.ts';
import * as problems from './document-problems.ts';
import { mustBeTellable } from './report-papers.ts';
import { timesOutOfOrder } from './report-problems.ts';
import type { DraftBody, signBody } from './schemas-documents.ts';

/** What has to hold before a document is drafted or signed. */
export function createDocumentRules(
  { register, organisation }: ApiDeps,
  { templates: { templates } }: DocumentDeps,
  desk: Desk,
) {
  return { templateOf, oldOf, mustBeConfirmed, mustBeSignable };

  /** Throws 422 `UNKNOWN_TEMPLATE`. */
  function templateOf(key: string): DocumentTemplate {
    const template = templates.get(key);
    if (template) return template;
    throw problems.unknownTemplate({ templates: [...templates.keys()] });
  }

  /** The signed document that a draft corrects or withdraws. Throws 422 `OLD_DOCUMENT_NEEDED`, 409 `OLD_DOCUMENT_GONE`. */
  async function oldOf(id: IncidentId, template: DocumentTemplate, { old }: DraftBody) {
    if (!old && template.withdraws.length === 0) return null;
    const row = old ? await documentById(register, id, old.document) : null;
    const fits =
      row &&
      (old?.act === 'withdraws' ? template.withdraws.includes(row.template) : row.template === template.key);
    if (!row || !fits) throw problems.oldNeeded({ withdraws: template.withdraws });
    if (row.status !== 'signed') throw problems.oldGone({ status: row.status });
    return row;
  }

  /** Throws 409 `DOCUMENT_NOT_CONFIRMED` with the outcomes or kinds of sentence of which one is needed. */
  function mustBeConfirmed(template: DocumentTemplate, incident: KnownIncident, plan: Plan): void {
    const lacking = unconfirmedFor(template, incident);
    if (!lacking) return;
    const { outcomes = [], correctionTypes = [] } = lacking;
    throw problems.notConfirmed({
      outcomes,
      outcomeNames: outcomes.map((outcome) => outcomeName(plan, 'search', outcome)),
      correctionTypes,
      correctionTypeNames: correctionTypes.map((each) => CORRECTION_TYPE[each]!),
    });
  }

  /** Throws what keeps a draft from being signed by this person now. */
  async function mustBeSignable(
    id: IncidentId,
    row: DocumentRow,
    { by, digest, confirmTimes }: z.infer<typeof signBody>,
    office: string,
  ): Promise<void> {
    const template = templateOf(row.template);
    if (!maySign(organisation, template, by, office))
      throw problems.mayNotSign({ signedBy: template.signedBy });
    if (row.status !== 'draft') throw notADraft(row);
    if (row.draftedBy === by) throw problems.signerDrafted();
    if (row.digest !== digest) throw problems.draftChanged();
    const { fields, asOf, values } = await desk.contentOf(row);
    const old = row.old === null ? null : await documentById(register, id, row.old);
    const draft = { fields, drafter: row.draftedBy, asOf, old, oldAct: row.oldAct, document: row.id };
    const { incident, plan, source, values: now } = await desk.composed(id, template, draft);
    const overtaking = overtakenBy(template, incident, plan);
    if (overtaking) throw problems.overtaken({ about: overtaking });
    mustBeConfirmed(template, incident, plan);
    const changed = changedSince(values, now);
    if (changed.length > 0) throw problems.outdated({ changed });
    mustBeTellable(template, source);
    if (!confirmTimes && timesContradict(now, incident)) throw timesOutOfOrder(incident.facts);
    if (template.complete && row.verifying.length > 0)
      throw problems.incomplete({ verifying: row.verifying });
  }
}

/** Throws 422 `UNKNOWN_FIELD`, `ACCUSING_WORD`. */
export function mustFit({ fields }: DocumentTemplate, body: DraftBody): void {
  const unknown = Object.keys(body.fields).filter((name) => !Object.hasOwn(fields, name));
  if (unknown.length > 0) throw problems.unknownField({ unknown, fields: Object.keys(fields) });
  const accusing = Object.keys(body.fields).filter(
    (name) => !fields[name]!.conclusion && accuses(body.fields[name]!),
  );
  if (accusing.length > 0) throw problems.accusingWord({ fields: accusing });
}

export const notADraft = ({ status, signedBy, signedAt }: DocumentRow) =>
  problems.notADraft({ documentStatus: status, signedBy, signedAt });
