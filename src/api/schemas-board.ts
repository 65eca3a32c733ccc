import { z } from 'zod';
import { instant, sought } from './schemas.ts';

const flag = z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional();

export const boardQuery = z.object({
  office: sought,
  branch: sought,
  overdue: flag.describe('Only overdue ones; false: only those that are not'),
  drill: flag,
  q: sought.describe('What stands anywhere in the number'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(400).optional().describe('`next` of the page before'),
});

/** Who has a duty: the person who took it over, else the body that is its party for this office. */
const holder = z.object({
  party: z.string(),
  partyName: z.string(),
  person: z.string().nullable().describe('Who took it over (接管)'),
  name: z.string().describe('The person, else the body, else the party'),
});

const openStage = z.object({
  stageId: z.string(),
  stage: z.string(),
  stageName: z.string(),
  openedAt: z.string(),
  dueAt: instant.describe('Null: 未载明'),
  overdue: z.boolean(),
  holder,
});

export const boardRow = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  drill: z.boolean(),
  status: z.literal('open'),
  office: z.string(),
  officeName: z.string(),
  eventType: z.string().nullable(),
  eventTypeName: z.string().nullable(),
  branch: z.string().nullable(),
  branchName: z.string().nullable(),
  parent: z.uuid().nullable(),
  openedAt: z.string(),
  responseEndedAt: instant.describe('Set: the response has ended, and the aftermath is under way'),
  lastEventAt: z.string(),
  isNew: z.boolean().describe('Nobody has confirmed a message, recorded anything or taken over yet'),
  stages: z.object({ done: z.number().int(), open: z.number().int(), overdue: z.number().int() }),
  openStages: z.array(openStage).describe('The soonest deadline first'),
  next: openStage
    .pick({ stageId: true, stageName: true, dueAt: true, overdue: true, holder: true })
    .nullable()
    .describe('The open stage whose deadline is the soonest; null where none has one'),
});

export const boardSchema = z.object({
  at: z.string().describe("The server's clock: countdowns start from it, not from the device's"),
  changedAt: instant.describe('When something last happened to an incident within reach'),
  counts: z
    .object({
      open: z.number().int(),
      overdue: z.number().int(),
      openedToday: z.number().int(),
      drills: z.number().int(),
      matching: z.number().int(),
    })
    .describe('Of all within reach; drills are counted apart. `matching`: what the filter leaves'),
  rows: z.array(boardRow),
  next: z.string().nullable().describe('`cursor` of the next page; null on the last'),
});
