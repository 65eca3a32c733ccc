import type { DocumentBody } from '../api/schemas-documents.ts';
import type { Act } from './act.ts';
import { clock } from './incident-lines.ts';

const lineOf = ({
  name,
  status,
  stamp,
  number,
  signedBy,
  signedAt,
  verifying,
  digest,
  id,
}: DocumentBody): string =>
  [
    name,
    number ?? (stamp ? `【${stamp}】` : '-'),
    status,
    ...(signedBy && signedAt ? [`${signedBy} ${clock(signedAt)}`] : [`digest ${digest}`]),
    ...(verifying.length > 0 ? [`正在核实: ${verifying.join(', ')}`] : []),
    id,
  ].join('  ');

const documents: Act<DocumentBody[]> = {
  name: 'documents',
  says: ['The documents of an incident, oldest first, with what each draft is signed by. No identities.'],
  example: 'fenghuo documents YS-2026-0001',
  takes: ['INCIDENT'],
  options: {},
  request: ({ words: [id] }) => ({ method: 'GET', path: `/api/incidents/${id}/documents` }),
  tells: (found) => [...found.map(lineOf), `${found.length} documents`],
};

const draft: Act<DocumentBody> = {
  name: 'document draft',
  says: [
    'Draft a document from what the incident knows: unsigned, without a number. What is unknown stands as 正在核实.',
    'What the template asks of whoever drafts stands under fields of the --body file. It is logged.',
  ],
  example: 'fenghuo document draft YS-2026-0001 --template police-notice --by jia-1',
  takes: ['INCIDENT'],
  options: {
    by: { value: 'PERSON', says: 'who drafts it', needed: true },
    template: { value: 'TEMPLATE', says: 'the key of a template, e.g. first-report', needed: true },
  },
  request: ({ words: [id], body }) => ({ method: 'POST', path: `/api/incidents/${id}/documents`, body }),
  tells: (drafted) => [lineOf(drafted)],
};

const sign: Act<DocumentBody> = {
  name: 'document sign',
  says: [
    'Sign a draft off: it gets its number and date. Whoever drafted it never signs it. It ends no duty.',
  ],
  example: 'fenghuo document sign YS-2026-0001 DOCUMENT --digest DIGEST --by deputy-1',
  takes: ['INCIDENT', 'DOCUMENT'],
  options: {
    by: { value: 'PERSON', says: 'who signs', needed: true },
    digest: { value: 'DIGEST', says: 'of the draft that was seen', needed: true },
  },
  request: ({ words: [id, document], body }) => ({
    method: 'POST',
    path: `/api/incidents/${id}/documents/${document}/signature`,
    body,
  }),
  tells: (signed) => [lineOf(signed)],
};

export const DOCUMENT_ACTS = [documents, draft, sign] as Act[];
