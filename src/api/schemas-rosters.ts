import { z } from 'zod';
import { DAY_KINDS, ROLES } from '../people/roster-schema.ts';
import { SHEET_CODES } from '../rosters/sheet-problem.ts';

const date = z.iso.date();

export const bodyParams = z.object({ body: z.string().max(40).describe('A body of the organisation') });

export const windowQuery = z.object({
  from: date.optional().describe('The first date; today where it is left out'),
  to: date.optional().describe('The last date; 30 days later where it is left out. At most 366 days'),
});

export const exportQuery = windowQuery.extend({ format: z.enum(['xlsx', 'csv']).default('xlsx') });

export const applyQuery = z.object({
  preview: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('`preview` of the preview: exactly what it showed is imported, or nothing'),
});

const names = z.array(z.string());

export const previewSchema = z.object({
  body: z.string(),
  preview: z.string().describe('To be sent with the same file to import it'),
  from: date.nullable(),
  to: date.nullable(),
  turns: z.number().int().describe('How many shifts the sheet has'),
  problems: z
    .array(
      z.object({
        row: z.number().int().describe('As the spreadsheet numbers it'),
        column: z.string().nullable(),
        code: z.enum(SHEET_CODES),
        text: z.string(),
        todo: z.string(),
      }),
    )
    .describe('Every one is to be mended in the sheet first: nothing is imported halfway'),
  notices: z.array(z.string()).describe('What was taken for granted'),
  changes: z
    .array(
      z.object({
        date,
        as: z.enum(ROLES),
        shift: z.string(),
        before: names.nullable().describe('Null where there was no such shift'),
        after: names.nullable(),
      }),
    )
    .describe('What would differ from the roster that stands; empty while there are problems'),
});

export const editionSchema = z.object({
  nr: z.number().int(),
  at: z.string(),
  by: z.string(),
  sourceHash: z.string(),
  undoneAt: z.string().nullable(),
});

export const rosterSchema = z.object({
  body: z.string(),
  name: z.string(),
  header: z.array(z.string()),
  rows: z.array(z.array(z.string())).describe('One a date, under the header'),
  days: z
    .array(z.object({ date, kind: z.enum(DAY_KINDS), name: z.string().nullable() }))
    .describe('What sort of day each is, and the holiday that a day off or a 调休 workday belongs to'),
  gaps: z
    .array(z.object({ as: z.enum(ROLES), from: z.string(), to: z.string() }))
    .describe('When nobody has duty of a role that the roster is for. UTC'),
  editions: z.array(editionSchema).describe('Imports, the newest first'),
});

export const importedSchema = z.object({ body: z.string(), nr: z.number().int(), changes: z.number().int() });

export const undoneSchema = z.object({
  body: z.string(),
  undone: z.number().int(),
  standing: z.number().int().nullable().describe('The import that stands again; null: the file alone'),
});
