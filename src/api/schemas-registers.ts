import { z } from 'zod';
import { isPeriod, PERIOD_FORM } from '../registers/period.ts';
import { PROMPT_CAUSES, RISKS } from '../store/tables-registers.ts';
import { text } from './schemas.ts';

/** The registers of study, screening and revision. */

const person = z.string().min(1).max(64).describe('A person of the organisation, by id');
const people = z.array(person).min(1).max(200);
const date = z.iso.date().describe('In Asia/Shanghai');
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex');
const limit = z.string().nullable().describe("The bureau's own, ISO 8601; null: 未载明");
const dueOn = z.string().nullable().describe('Null while there is no limit: then nothing is overdue');

export const studySchema = z.object({
  edition: z.object({ key: z.string(), edition: z.string(), hash, title: z.string() }),
  since: date.describe('What was studied before does not count'),
  within: limit,
  dueOn,
  own: z
    .object({
      person,
      studiedOn: z.string().nullable(),
      isOverdue: z.boolean(),
      duties: z
        .array(
          z.object({
            clause: z.string(),
            branchName: z.string().nullable(),
            name: z.string(),
            duty: z.string(),
            planText: z.string().nullable(),
            within: limit,
          }),
        )
        .describe("What the edition in force asks of one's own body"),
    })
    .nullable()
    .describe('Of whoever is signed in; null where they are no person of a body of ours'),
  bodies: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      partyName: z.string(),
      mayRecordSession: z.boolean(),
      done: z.number().int(),
      overdue: z.number().int(),
      people: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          post: z.string(),
          studiedOn: z.string().nullable(),
          inSession: z.boolean(),
          isOverdue: z.boolean(),
        }),
      ),
    }),
  ),
});

export const studyBody = z.object({
  by: person,
  hash: hash.describe('The edition in force, as it was read'),
});
export const sessionBody = studyBody.extend({ body: text(64).min(1), heldOn: date, people });

export const limitsBody = z.object({
  by: person,
  name: z.enum(['study', 'screening']),
  period: z
    .string()
    .max(20)
    .refine(isPeriod, { error: PERIOD_FORM })
    .nullable()
    .describe(`${PERIOD_FORM}; null: none (未载明)`),
});
export const limitsSchema = z.object({ study: limit, screening: limit });

const risk = z.enum(RISKS);
const finding = z.object({
  id: z.uuid(),
  risk,
  ownerName: z.string(),
  owner: person,
  dueOn: z.string(),
  isOverdue: z.boolean(),
  endedAt: z.string().nullable(),
  endedByName: z.string().nullable(),
});

export const screeningsSchema = z.object({
  period: limit,
  offices: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      last: z.string().nullable(),
      dueOn,
      isOverdue: z.boolean(),
      openFindings: z.number().int(),
      overdueFindings: z.number().int(),
    }),
  ),
  rounds: z.array(
    z.object({
      id: z.uuid(),
      office: z.string(),
      officeName: z.string(),
      heldOn: z.string(),
      participants: z.array(z.string()).describe('Names'),
      recordedByName: z.string(),
      findings: z.array(finding).describe('Without what they say of anybody'),
    }),
  ),
});

export const screeningsQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) });

export const screeningBody = z.object({
  by: person,
  office: text(64).min(1),
  heldOn: date,
  participants: people,
  findings: z
    .array(
      z.object({
        risk,
        file: text(200).min(1).describe("The subject's file number"),
        situation: text(4_000).min(1),
        measure: text(4_000).min(1).describe('What is done about it'),
        owner: person.describe('Whoever follows it up'),
        dueOn: date,
      }),
    )
    .max(200)
    .default([]),
});
export const findingSchema = finding.extend({
  office: z.string(),
  file: z.string(),
  situation: z.string(),
  measure: z.string(),
  result: z.string().nullable().describe('What came of it'),
});
export const endBody = z.object({ by: person, result: text(4_000).min(1) });

export const promptSchema = z.object({
  id: z.uuid(),
  cause: z.enum(PROMPT_CAUSES),
  incidentId: z.uuid().nullable(),
  number: z.string().nullable(),
  words: z.string().nullable().describe('What changed, and where it is to be read'),
  raisedAt: z.string(),
  raisedByName: z.string().nullable(),
  decision: z.enum(['revised', 'noNeed']).nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: z.string().nullable(),
  reason: z.string().nullable(),
  edition: z.string().nullable().describe('The edition or proposal in which the plan was revised, by hash'),
});
export const lawChangeBody = z.object({
  by: person,
  what: text(2_000).min(1).describe('What changed'),
  source: text(2_000).min(1).describe('Where it is to be read: the document, its number and date'),
});
export const promptDecisionBody = z
  .object({
    by: person,
    decision: z.enum(['revised', 'noNeed']),
    reason: text(4_000).min(1),
    edition: hash.nullish().describe('For `revised`: the edition or the proposal, by hash'),
  })
  .refine(({ decision, edition }) => (decision === 'revised') === Boolean(edition), {
    error: '`edition` with `revised`, and only then',
    path: ['edition'],
  });
