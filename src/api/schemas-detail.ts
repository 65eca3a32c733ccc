import { z } from 'zod';
import { REPORT_KINDS, SAFETY, SUBJECT_OUTCOMES } from '../incident/entry.ts';
import { instant, summarySchema } from './schemas.ts';

const toldSchema = z.object({
  party: z.string(),
  partyName: z.string(),
  person: z.string().nullable(),
  channel: z.string().nullable(),
  kind: z.string(),
  sentAt: instant,
  acceptedAt: instant,
  refusedAt: instant,
  acknowledgedAt: instant,
  acknowledgedVia: z
    .string()
    .nullable()
    .describe('phone, paper, inPerson for a receipt that was registered (代录); null for one by link'),
  arrivedAt: instant.describe('已到场'),
  declinedAt: instant.describe('无法处理: the next in line was told'),
  revokedAt: instant.describe('Its link was revoked'),
  result: z
    .string()
    .nullable()
    .describe('accepted, refused, noContact, quieted, withheld, withdrawn; null while on its way'),
  code: z.string().nullable(),
  attempts: z.number().int(),
});

const stageSchema = z.object({
  id: z.string(),
  opening: z.number().int(),
  stage: z.string(),
  stageName: z.string(),
  clause: z.string(),
  source: z.enum(['plan', 'statutory', 'local']),
  owner: z.string(),
  planText: z.string().nullable(),
  within: z.string().nullable().describe("The bureau's own limit, ISO 8601; null: 未载明"),
  openedAt: instant,
  startsAt: instant.describe('When it begins, where that is later than it opens'),
  automatic: z.boolean().describe('自动催报·未经人工确认: opened because nobody answered'),
  continued: z.number().int().describe('How many outcomes were recorded that left it open'),
  action: z.string().nullable().describe('What has to be corrected, of a corrective action'),
  dueAt: instant,
  overdueAt: instant,
  resolvedAt: instant,
  outcome: z.string().nullable(),
  resolvedBy: z.string().nullable(),
  holder: z.string().nullable(),
  told: z.array(toldSchema),
});

export const detailSchema = summarySchema.extend({
  identities: z
    .enum(['shown', 'withheld'])
    .describe('withheld: what is personal is left out, as if it were not known'),
  closedAs: z.string().nullable().describe('responseEnded, falseAlarm, merged'),
  responseEndedAt: instant.describe('When two people ended the response; the aftermath follows'),
  plan: z.object({ key: z.string(), edition: z.string(), hash: z.string() }),
  facts: z.object({
    situation: z.string().nullable(),
    place: z.string().nullable(),
    measuresTaken: z.string().nullable(),
    source: z.string().nullable(),
    reporter: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
    onBehalf: z
      .object({ registeredBy: z.string().nullable(), calledAt: instant })
      .nullable()
      .describe('代报: who took the alarm by phone, and when the caller said it; null for any other report'),
    correctionType: z.string().nullable(),
    decidingAuthority: z.string().nullable(),
    minor: z.string().nullable(),
    enrolled: z.string().nullable(),
    occurredAt: instant,
    discoveredAt: instant,
    receivedAt: instant,
    learnt: z
      .record(z.string(), z.object({ at: z.string(), by: z.string() }))
      .describe('Of each fact that was told after the report: when, and who told it'),
    missing: z.array(z.string()),
    marks: z.array(z.string()),
  }),
  subjects: z.array(
    z.object({
      subject: z.number().int(),
      name: z.string().nullable(),
      file: z.string().nullable(),
      phone: z.string().nullable(),
      correctionType: z.string().nullable(),
      decidingAuthority: z.string().nullable(),
      minor: z.string().nullable(),
      enrolled: z.string().nullable(),
      safety: z.enum(SAFETY),
      outcome: z.enum(SUBJECT_OUTCOMES).nullable(),
      addedAt: z.string(),
      changedAt: instant,
    }),
  ),
  firstResponse: z.array(stageSchema).describe('先期处置: of the incident, whatever its branch'),
  branches: z.array(
    z.object({
      entry: z.number().int(),
      branch: z.string(),
      name: z.string(),
      clause: z.string(),
      enteredAt: instant,
      leftAt: instant,
      chosen: z.string(),
      by: z.string().nullable(),
      stages: z.array(stageSchema),
    }),
  ),
  reports: z.array(
    z.object({
      report: z.number().int().describe('0: the first report, with which it all began'),
      kind: z.enum(['firstReport', ...REPORT_KINDS]),
      reportedAt: z.string(),
      by: z.string().nullable().describe('A person of the organisation; null for the first report'),
      missing: z.array(z.string()).describe('Facts the first report lacked'),
      verifying: z.array(z.string()).describe('Elements still 正在核实'),
      elements: z.record(z.string(), z.string().nullable()),
      text: z.string().nullable(),
    }),
  ),
  subCases: z.array(
    z.object({
      id: z.uuid(),
      branch: z.string().describe('The branch it was opened in'),
      subjects: z.array(z.number().int()).describe("This incident's subjects it is about"),
      by: z.string(),
      openedAt: z.string(),
      endedAt: instant,
      endedAs: z.string().nullable(),
    }),
  ),
  absorbed: z
    .array(z.object({ id: z.string(), receivedAt: z.string(), at: z.string(), by: z.string() }))
    .describe('Other reports of the same event, each with its own time of receipt'),
  timeline: z.array(
    z.object({
      seq: z.number().int(),
      at: z.string(),
      kind: z.string(),
      data: z.record(z.string(), z.unknown()),
      personal: z.record(z.string(), z.string().nullable()).optional().describe('Null once erased'),
      hash: z.string(),
    }),
  ),
});
export type IncidentDetailBody = Omit<z.infer<typeof detailSchema>, 'identities'>;
