import type { FastifyRequest } from 'fastify';
import { maySign } from '../documents/sign-off.ts';
import type { DocumentTemplate } from '../documents/template.ts';
import type { ScanRow } from '../store/document-scans.ts';
import { numberOf, type DocumentRow } from '../store/documents.ts';
import type { ApiDeps } from './deps.ts';
import { stampOf, type DocumentDeps } from './document-desk.ts';
import { namesOf } from './names.ts';
import type { DocumentBody } from './schemas-documents.ts';

/** A document as the API shows it, without what it says: how it stands, who may sign it, and what was scanned. */
export function createDocumentView(
  { organisation, plan }: ApiDeps,
  { templates: { templates } }: DocumentDeps,
) {
  return (
    { actor }: FastifyRequest,
    row: DocumentRow,
    { scans, office }: { scans: ScanRow[]; office: string },
  ): DocumentBody => {
    const template = templates.get(row.template);
    const names = namesOf(organisation, plan);
    const person = actor?.kind === 'account' ? actor.account.person : null;
    const { draftedBy, draftedAt, signedBy, signedAt } = row;
    return {
      id: row.id,
      template: row.template,
      name: row.name,
      status: row.status,
      stamp: stampOf(row, template),
      number: numberOf(row),
      drill: row.drill,
      digest: row.digest,
      verifying: row.verifying,
      draftedBy,
      draftedByName: names.person(draftedBy),
      draftedAt,
      signedBy,
      signedByName: signedBy && names.person(signedBy),
      signedAt,
      signers: signersOf(template, names, office),
      maySign:
        actor?.kind !== 'account' || !template
          ? null
          : person !== null && person !== draftedBy && maySign(organisation, template, person, office),
      meanwhile: (row.status === 'draft' && template?.meanwhile) || null,
      old: row.old && row.oldAct ? { document: row.old, act: row.oldAct } : null,
      replacedBy: row.replacedBy,
      onTimeline: row.notedAt !== null,
      scans: scans
        .filter(({ documentId }) => documentId === row.id)
        .map(({ sha256, size, type, by, at }) => ({ sha256, size, type, by, at })),
    };
  };
}

const signersOf = (
  template: DocumentTemplate | undefined,
  names: ReturnType<typeof namesOf>,
  office: string,
): string[] =>
  (template?.signedBy ?? []).map(
    ({ party, posts }) => `${names.body(party, office)}${posts ? `（${posts.join('、')}）` : ''}`,
  );
