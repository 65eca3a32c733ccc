import { z } from 'zod';
import { ROUTING_PROBLEMS } from '../temporal/routing.ts';
import { text } from './schemas.ts';

/** What the administrator looks at and does. No personal data. */

const time = z.string().nullable();

export const activitiesSchema = z.object({
  runId: z.string(),
  workflowType: z.string(),
  ui: z.string().nullable().describe("The run in Temporal's own UI; null without TEMPORAL_UI_ORIGIN"),
  activities: z.array(
    z.object({
      id: z.string().describe("A message's key for one that sends"),
      type: z.string(),
      state: z.enum(['running', 'waiting']),
      attempt: z.number().int(),
      scheduledAt: time,
      lastStartedAt: time,
      nextAttemptAt: time,
      lastFailure: z.object({ type: z.string(), code: z.string().nullable() }).nullable(),
      worker: z.string().nullable(),
    }),
  ),
});

export const retryBody = z.object({
  activity: z.string().min(1).max(300).nullish().describe('By its id; null: every one that waits'),
  reason: text(2_000).min(1),
});
export const retriedSchema = z.object({ retried: z.array(z.string()) });

const state = z.enum(['ok', 'down']);
export const healthDetailsSchema = z.object({
  temporal: z.object({ state, serverVersion: z.string().nullable(), ui: z.string().nullable() }),
  queues: z
    .array(
      z.object({
        queue: z.string(),
        kind: z.enum(['workflow', 'activity']),
        currentVersion: z
          .string()
          .nullable()
          .describe('Which workers take what is new: deployment:build, null those without a version'),
        pollers: z.array(
          z.object({ identity: z.string(), lastAskedAt: time, version: z.string().nullable() }),
        ),
        backlog: z.number().int(),
        backlogSeconds: z.number(),
      }),
    )
    .nullable()
    .describe('Null while Temporal does not answer'),
  routing: z
    .object({
      currentVersion: z.string().nullable().describe('deployment:build; null: workers without a version'),
      stranded: z
        .number()
        .int()
        .nullable()
        .describe('Open incidents and drills whose version has no worker; null while that cannot be counted'),
      reused: z
        .array(z.string())
        .nullable()
        .describe('Versions of which a worker runs other code than the first under this name; null: unknown'),
      problems: z.array(z.object({ code: z.enum(ROUTING_PROBLEMS), advice: z.string() })),
    })
    .nullable(),
  rollout: z
    .object({
      deployment: z.string().nullable().describe('Null: workers have no versions'),
      current: z.string().nullable().describe('The build that new incidents go to; null: none is set'),
      versions: z.array(
        z.object({
          buildId: z.string(),
          state: z
            .enum(['current', 'waiting', 'draining', 'drained'])
            .describe('draining: incidents are open on it; drained: none, its workers may go'),
          isAtWork: z.boolean().describe('Its workers ask in every queue that incidents need'),
          open: z.number().int().describe('Incidents and drills that end with its code'),
        }),
      ),
    })
    .nullable()
    .describe(
      'What `fenghuo rollout status` says, but for drained builds without workers; null while Temporal does not answer',
    ),
  channels: z
    .array(
      z.object({
        channel: z.string(),
        lastAt: z.string(),
        lastResult: z.enum(['accepted', 'refused', 'failed']),
        lastCode: z.string().nullable(),
        acceptedAt: time,
        accepted: z.number().int().describe('In the last 24 hours'),
        failed: z.number().int(),
      }),
    )
    .nullable()
    .describe('Null while the register does not answer'),
  mail: state,
  register: z.object({ state }),
  backup: z
    .object({
      name: z.string(),
      begunAt: z.string(),
      takenAt: z.string(),
      ageSeconds: z.number().describe('Since it began'),
    })
    .nullable()
    .describe('The last whole back-up that the register was told of; null where there was none'),
  restore: z
    .object({
      takenAt: z.string(),
      restoredAt: z.string(),
      reconciledAt: time,
      found: z.record(z.string(), z.number().int()).nullable().describe('Differences by code'),
    })
    .nullable()
    .describe(
      'The last restore from a back-up, and what comparing with the workflows found; null where there was none',
    ),
  bundles: z
    .object({ kept: z.number().int(), none: z.number().int(), failing: z.number().int() })
    .nullable()
    .describe('Of closed incidents: with a bundle, without one yet, and whose last try failed'),
});
