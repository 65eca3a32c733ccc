import { REPORT_ELEMENTS } from '../incident/entry.ts';

/** What a template may ask for of an incident, each as one text; null where nobody knows it yet. */
export const VALUE_NAMES = [
  'incident.number',
  'incident.type',
  'incident.branch',
  'incident.clause',
  'office.name',
  'office.phone',
  'issuer.name',
  'plan.title',
  'plan.documentNumber',
  'plan.issuer',
  'situation',
  'place',
  'measuresTaken',
  'source',
  'occurredAt',
  'discoveredAt',
  'receivedAt',
  'reporter.name',
  'reporter.phone',
  'correctionType',
  'decidingAuthority',
  'enrolled',
  /** All names, or where they are many the first and how many; the first and how many; how many; how many where they are many. */
  'subjects',
  'subjects.short',
  'subjects.count',
  'subjects.many',
  ...REPORT_ELEMENTS.map((name) => `element.${name}`),
  'report.name',
  'report.text',
  'responseEndedAt',
  'drafter.name',
  'drafter.post',
  'asOf',
  /** The document that this one corrects or withdraws. */
  'old.number',
  'old.title',
  'old.date',
] as const;

/** Names with a key of the plan in them. */
const FAMILIES = [
  /^party\.[a-z][A-Za-z0-9]*$/, // the body's name
  /^phone\.[a-z][A-Za-z0-9]*$/, // its call-back number
  /^stage\.[a-z][A-Za-z0-9]*\.(outcome|evidence|at)$/,
];

/** What a block is repeated for, and what it may ask of each. */
export const LISTS = {
  subjects: ['nr', 'name', 'correctionType', 'decidingAuthority', 'safety', 'outcome'],
  timeline: ['nr', 'at', 'what'],
  reports: ['nr', 'name', 'at', 'text'],
  /** Of the last report: the elements it tells, and those that are 正在核实. */
  told: ['nr', 'name', 'value'],
  verifying: ['nr', 'name', 'says'],
  actions: ['nr', 'action', 'owner', 'due', 'state'],
  measures: ['nr', 'kind', 'action', 'owner', 'due', 'state'],
  evidence: ['nr', 'at', 'what', 'says', 'hash'],
} as const;
export type ListName = keyof typeof LISTS;

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The names that a text asks for, in order. */
export const namesIn = (text: string): string[] => [...text.matchAll(PLACEHOLDER)].map(([, name]) => name!);

/** A text with each name's value in its place. */
export const filled = (text: string, valueOf: (name: string) => string): string =>
  text.replace(PLACEHOLDER, (_all, name: string) => valueOf(name));

/** Whether a template may ask for `name`; `fields` are its own, `list` is what its block is repeated for. */
export function isKnownName(name: string, fields: readonly string[], list: ListName | null): boolean {
  if (name.startsWith('field.')) return fields.includes(name.slice('field.'.length));
  if (name.startsWith('item.'))
    return list !== null && (LISTS[list] as readonly string[]).includes(name.slice('item.'.length));
  return (VALUE_NAMES as readonly string[]).includes(name) || FAMILIES.some((family) => family.test(name));
}

/** 迟报、谎报、瞒报、漏报: only the signed conclusion of an investigation may say them. */
export const accuses = (text: string): boolean => /迟报|谎报|瞒报|漏报/.test(text);
