import { z } from 'zod';
import { REPORT_KINDS } from '../incident/entry.ts';
import { fitting, key, line, slug } from '../plan/fields.ts';
import { CORRECTION_TYPE } from './words.ts';
import { LISTS, type ListName } from './names.ts';
import { PAPER_FORMS, TEXT_KINDS } from './paper.ts';

/** A paragraph of text, with `{{names}}` in it. */
const text = fitting(
  (given) => given.trim() !== '' && given.length <= 2_000,
  'is empty or too long',
  'a text of 1 to 2000 characters',
);
const list = z.enum(Object.keys(LISTS) as [ListName, ...ListName[]]);

const block = z
  .strictObject({
    h1: text.optional(),
    h2: text.optional(),
    h3: text.optional(),
    h4: text.optional(),
    p: text.optional(),
    /** A table of a list, with columns of its own. */
    table: list.optional(),
    /** Once for each of a list. */
    each: list.optional(),
    /** Only where this is known. */
    when: z.string().optional(),
    /** Instead, where the list is empty. */
    none: text.optional(),
  })
  .refine(
    (given) => [...TEXT_KINDS, 'table' as const].filter((kind) => given[kind] !== undefined).length === 1,
    {
      error: 'one of h1, h2, h3, h4, p and table',
      params: { problem: 'is not one block' },
    },
  );

const CORRECTION_TYPES = Object.keys(CORRECTION_TYPE) as [string, ...string[]];

const field = z.strictObject({
  /** What whoever drafts is asked for. */
  label: line,
  /** Only the signed conclusion of an investigation may name 迟报、谎报、瞒报 or 漏报. */
  conclusion: z.boolean().default(false),
  /** What stands there where the drafter writes nothing, with `{{names}}` in it; the drafter may write otherwise. */
  suggested: text.optional(),
});

/** A document template as it is written; unknown fields are errors. See `docs/documents.md`. */
export const templateFile = z.strictObject({
  key: slug,
  name: line,
  clause: line,
  form: z.enum(PAPER_FORMS),
  /** The party whose body issues it, under that body's name and number. */
  issuer: key,
  /** Whose people may sign it off; with `posts` only those who hold one of them. Whoever drafted it never may. */
  signedBy: z
    .array(z.strictObject({ party: key, posts: z.array(line).min(1).optional() }))
    .min(1, { error: 'at least one party' }),
  /** What follows the body's own code in its numbers; left out: not numbered. */
  code: line.optional(),
  urgency: z.enum(['特急', '加急']).optional(),
  title: text,
  addressee: text.optional(),
  copies: z.array(text).default([]),
  /** Below the text; left out: the issuing body. */
  signature: text.optional(),
  /** Room for a seal. */
  sealed: z.boolean().default(true),
  /** It goes to somebody above the county, so never unsigned. */
  beyondCounty: z.boolean().default(false),
  /** Nothing may be 正在核实 when it is signed. */
  complete: z.boolean().default(false),
  /** The kind of report of the chain that it is the paper of. */
  report: z.enum(['firstReport', ...REPORT_KINDS]).optional(),
  /** It withdraws a signed document of these templates, and says which. */
  withdraws: z.array(slug).default([]),
  /** Not signed once a duty of the incident has ended so: found between draft and sign-off. */
  notAfter: z.array(key).default([]),
  /** Facts from confirmed outcomes alone: neither drafted nor signed before a duty of the incident has ended so. */
  onlyAfter: z.array(key).default([]),
  /** Only where the subject's kind of sentence is known to be one of these (rules of care, 8). */
  onlyFor: z.array(z.enum(CORRECTION_TYPES)).default([]),
  /** What is done until it is signed: the office phones, say. */
  meanwhile: line.optional(),
  fields: z.record(key, field).default({}),
  blocks: z.array(block).min(1, { error: 'at least one block' }),
  annexes: z
    .array(z.strictObject({ title: text, blocks: z.array(block), when: z.string().optional() }))
    .default([]),
});

export type DocumentTemplate = z.output<typeof templateFile>;
export type TemplateBlock = z.output<typeof block>;

/** How bodies stand on paper, by id: the name in the head, and their code in numbers. */
export const bodiesFile = z.strictObject({
  bodies: z.record(slug, z.strictObject({ name: line, code: line })),
});
export type PaperBodies = z.output<typeof bodiesFile>['bodies'];

/** All of a bureau's templates. */
export interface DocumentTemplates {
  templates: Map<string, DocumentTemplate>;
  bodies: PaperBodies;
}
