import { z } from 'zod';
import { DRILL_STATUSES, orderSchema } from '../drills/order.ts';
import { INJECT_KINDS, scenarioFile } from '../drills/scenario.ts';
import { REPORT_ELEMENTS } from '../incident/entry.ts';
import { instant, text } from './schemas.ts';

const by = z.string().min(1).max(64).describe('A person of the organisation, by id');

export const drillParams = z.object({ id: z.uuid().toLowerCase() });
export const scenariosSchema = z.array(scenarioFile);

/** JSON knows no transformed output: `startsAt` is any ISO 8601 instant. */
export const drillBody = z.object({ by, order: orderSchema });
export const changedBody = drillBody.extend({
  draftedAt: z.string().optional().describe('The draft that was read: one changed meanwhile is refused'),
});
export const drillActBody = z.object({ by });
export const approveBody = z.object({
  by,
  draftedAt: z.string().optional().describe('The draft that was read: one changed meanwhile is refused'),
});
export const stopBody = z.object({
  by,
  office: z.string().max(64).nullish().describe('Null: at all offices'),
  reason: text(400).default(''),
});

const officeStatus = z.enum(['waiting', 'notStarted', 'running', 'ended', 'replaced']);

export const drillSchema = z.object({
  id: z.uuid(),
  status: z.enum(DRILL_STATUSES),
  title: z.string(),
  scenario: z.string().nullable(),
  eventType: z.string().nullable(),
  keyPeriod: z.string(),
  weakPoint: z.string(),
  riskPoint: z.string(),
  startsAt: z.string(),
  duration: z.string(),
  pace: z.number(),
  director: z.string(),
  directorName: z.string(),
  draftedBy: z.string(),
  draftedAt: z.string(),
  approvedBy: z.string().nullable(),
  startedAt: instant,
  endedAt: instant,
  scoredAt: instant,
  finishedAt: instant,
  report: orderSchema.shape.report.describe('Fictional'),
  script: z
    .object({
      scenes: z.array(
        z.object({
          nr: z.number().int(),
          after: z.string(),
          kind: z.enum(INJECT_KINDS),
          text: z.string(),
          stage: z.string().nullable(),
          outcome: z.string().nullable(),
        }),
      ),
      truth: orderSchema.shape.truth.removeDefault(),
    })
    .nullable()
    .describe('Null for those who take part: scenes come to them one by one'),
  offices: z.array(
    z.object({
      office: z.string(),
      name: z.string(),
      status: officeStatus.nullable(),
      code: z.string().nullable(),
      participants: z.array(z.object({ id: z.string(), name: z.string() })),
      incidents: z.array(z.uuid()),
      scenes: z.array(z.number().int()).describe('Played in so far'),
      startedAt: instant,
      endedAt: instant,
      realIncident: z.uuid().nullable(),
    }),
  ),
  outside: z.array(
    z.object({
      office: z.string(),
      party: z.string(),
      partyName: z.string(),
      consents: z.array(z.object({ sha256: z.string(), by: z.string(), byName: z.string(), at: z.string() })),
    }),
  ),
});
export type DrillBody = z.infer<typeof drillSchema>;

export const consentQuery = z.object({
  office: z.string().max(64),
  party: z.string().max(60),
  by: by.optional(),
});
export const consentParams = drillParams.extend({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });
export const consentSchema = z.object({ sha256: z.string() });

export const yearQuery = z.object({
  year: z.coerce.number().int().min(2000).max(2200).optional().describe('This one if left out'),
  asOf: z.iso.datetime().optional().describe('As it will stand then; now if left out'),
});
export const yearSchema = z.object({
  year: z.number().int(),
  needed: z.number().int().describe('Each office, by the plan'),
  clause: z.string().nullable(),
  offices: z.array(
    z.object({
      office: z.string(),
      name: z.string(),
      done: z.number().int(),
      state: z.enum(['done', 'planned', 'open', 'overdue']),
      drills: z.array(
        z.object({
          id: z.uuid(),
          title: z.string(),
          status: z.enum(DRILL_STATUSES),
          startsAt: z.string(),
          officeStatus: officeStatus.nullable(),
        }),
      ),
    }),
  ),
});

export const drillPreviewSchema = z.object({
  offices: z.array(
    z.object({
      office: z.string(),
      name: z.string(),
      branchName: z.string(),
      lines: z.array(
        z.object({
          minutes: z.number().int().describe('In the drill’s own time'),
          stageName: z.string(),
          duty: z.string(),
          partyName: z.string().nullable(),
          personName: z.string().nullable(),
          by: z.string().nullable(),
          result: z.string().nullable(),
        }),
      ),
    }),
  ),
});

const ms = z.number().nullable().describe('Milliseconds of the drill’s own time');
export const scoreSchema = z.object({
  pace: z.number(),
  scoredBy: z.string().nullable(),
  offices: z.array(
    z.object({
      office: z.string(),
      name: z.string(),
      incident: z.uuid(),
      number: z.string().nullable(),
      stages: z.array(
        z.object({
          stageId: z.string(),
          stageName: z.string(),
          clause: z.string(),
          planText: z.string().nullable(),
          told: z.array(
            z.object({
              party: z.string(),
              partyName: z.string(),
              outside: z.boolean(),
              result: z.enum(['told', 'withheld', 'notDelivered']),
              confirmed: z.enum(['within', 'later', 'open', 'none']),
              toldMs: ms,
              confirmMs: ms,
              limitMs: ms,
            }),
          ),
          evidence: z.enum(['within', 'later', 'noLimit', 'open', 'dropped']),
          outcome: z.string().nullable(),
          evidenceMs: ms,
          limitMs: ms,
        }),
      ),
      report: z.array(
        z.object({
          element: z.enum(REPORT_ELEMENTS),
          state: z.enum(['matches', 'differs', 'verifying', 'notGiven']),
          without: z.array(z.string()),
        }),
      ),
      people: z.array(
        z.object({
          person: z.string(),
          name: z.string(),
          told: z.number(),
          confirmed: z.number(),
          acts: z.number(),
          firstMs: ms,
        }),
      ),
      summary: z
        .record(z.string(), z.string())
        .describe('What the drill summary’s template asks for, as far as the score knows it'),
    }),
  ),
});
export type ScoreBody = z.infer<typeof scoreSchema>;
