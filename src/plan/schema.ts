import { IANAZone } from 'luxon';
import { z } from 'zod';
import { fitting, key, limit, line, slug } from './fields.ts';

/** Words that give away a person's supervision status. What stands in mails must not contain them (社区矫正法 26, 54). */
const STATUS = /矫正|缓刑|假释|监外执行|服刑|罪犯/;

/** Text that goes into mails, which the police and others read (rules of care, 2). */
const mailText = fitting(
  (text) => text.trim() !== '' && text.length <= 500 && !/\p{Cc}/u.test(text) && !STATUS.test(text),
  "is empty, more than one line, or names a person's supervision status, and goes into mails",
  'one line of 1 to 500 characters that says 当事人 and nothing of 矫正, 缓刑, 假释, 监外执行, 服刑 or 罪犯',
);

/** A map with at least one entry. */
const some = <T extends z.ZodType>(value: T) =>
  z.record(key, value).refine((map) => Object.keys(map).length > 0, {
    error: 'at least one entry',
    params: { problem: 'is empty' },
  });

const party = z.strictObject({
  name: mailText,
  /** The other names the plan's text has for the same body; the bureau confirms once that they are one. */
  aliases: z.array(line).default([]),
  /** That name and aliases are one body is a reading of the plan, which the bureau confirms once. */
  interpretation: z
    .strictObject({
      note: line,
      /** Who confirmed it and when, in words; null until then. */
      confirmed: line.nullable().default(null),
    })
    .optional(),
  /** Police, procuratorate, higher levels: no account here and no limits. */
  outside: z.boolean().default(false),
});

const chainStep = z.strictObject({
  party: key,
  contact: z
    .int()
    .min(1, { error: 'a whole number from 1' })
    .max(99, { error: 'a whole number up to 99' })
    .default(1),
  wait: limit.optional(),
  repeatEvery: limit.optional(),
});

const tells = z.strictObject({
  party: key,
  duty: mailText,
  /** Inside parties only: how long until the next in line is told when nobody confirms. */
  receiptWithin: limit.optional(),
  chain: key,
});

const outcome = z.strictObject({
  name: mailText,
  evidence: mailText,
  /** The stage stays open and its limit begins anew. */
  continues: z.boolean().default(false),
  /** With `continues`: until the next is due, where that differs from the stage's `within`. */
  within: limit.optional(),
  /** Stages of the same branch that this outcome opens. */
  opens: z.array(key).default([]),
  /** The branch that carries on. */
  leadsTo: key.optional(),
});

const stage = z.strictObject({
  name: mailText,
  /** Where the plan has it, or what in the plan it goes with: statutes are named in `overlay`. */
  clause: mailText,
  source: z.enum(['plan', 'statutory', 'local']),
  /** The plan's own word for how soon. */
  planText: mailText.optional(),
  owner: key,
  /** The bureau's own limit. Left out: 未载明. */
  within: limit.optional(),
  tells: z.array(tells).min(1, { error: 'at least one party that is told' }),
  /** Left out: the chain of the owner's own line in `tells`. */
  overdueChain: key.optional(),
  /** Left out: the file's `overdueWait`. */
  overdueWait: limit.optional(),
  /** How long after it opens the stage begins. Left out: at once. */
  startsAfter: limit.optional(),
  /** Keys of `documents` that the duty asks for. */
  documents: z.array(key).default([]),
  outcomes: some(outcome),
});

const branch = z.strictObject({
  name: mailText,
  clause: mailText,
  urgency: mailText,
  /** Stages that stay open when this branch is entered from another one. */
  carries: z.array(key).default([]),
  /** Only where no code of ours carries the branch out: stages opened together, group after group. Left out: all in one. */
  sequence: z
    .array(z.array(key).min(1, { error: 'at least one stage' }))
    .min(1, { error: 'at least one group of stages' })
    .optional(),
  stages: some(stage),
});

const eventType = z.strictObject({
  name: line,
  clause: line,
  /** Null: the type does not fix the branch, a person chooses. */
  branch: key.nullable(),
});

const document = z.strictObject({
  name: line,
  clause: line,
  /** What kind of paper it is: 报告, 报请, 函, 通报, 调查报告 … */
  form: line,
  /** The party whose leader signs it: unsigned text is not a report (rules of care, 3 and 4). */
  signedBy: key,
  /** Which template makes it; null: it is still written by hand. */
  template: slug.nullable().default(null),
});

/** A level of 突发事件应对法 71, declared by this plan, the highest first. */
const responseLevel = z.strictObject({ name: mailText, when: line });

const workRequirement = z.strictObject({ clause: line, requirement: line });

const drills = z.strictObject({
  clause: line,
  perYear: z.int().min(1, { error: 'a whole number from 1' }).max(366, { error: 'a whole number up to 366' }),
  duty: line,
  study: line,
});

/** 五（四）: what the bureau wants looked at, and whose word it is. Local: by itself it proves nothing. */
const accountability = z.strictObject({
  clause: line,
  /** From discovered to reported; longer deserves a look. Left out: 未载明, and length alone is never shown. */
  reportedWithin: limit.optional(),
  /** Whose first contact supervises the head of an office; left out: the file's `top`. */
  supervisor: key.optional(),
});

/** A duty that the law adds to the plan. A bureau switches it off by leaving it out, with the stages that carry it out. */
const overlay = z.strictObject({
  name: line,
  article: line,
  duty: line,
  /** How well the source is known: read in its text, or known from memory and to be checked. */
  mark: z.enum(['seen', 'memory']),
  /** The stages that carry it out, by key. */
  stages: z.array(key).default([]),
});

/** Something odd in the plan's own text, so that nobody takes it for our mistake. */
const quirk = z.strictObject({ clause: line, note: line });

const date = fitting(
  (text) => z.iso.date().safeParse(text).success,
  'is no date',
  'a date such as 2025-01-17',
);

/** A plan file as it is written; unknown fields are errors. See `docs/plan-format.md`. */
export const planFile = z.strictObject({
  key: slug,
  edition: date,
  title: line,
  issuer: line,
  documentNumber: line,
  issued: date.nullable().default(null),
  inForceFrom: date.nullable().default(null),
  timeZone: fitting(
    (zone) => IANAZone.isValidZone(zone),
    'is no time zone',
    'an IANA zone such as Asia/Shanghai',
  ),
  remindEvery: limit,
  quietFor: limit,
  receiptLinkValidFor: limit,
  overdueWait: limit,
  outside: z.strictObject({
    // Rules of care, 6: at most two, then our own duty leader phones.
    reminders: z.int().min(0, { error: '0, 1 or 2' }).max(2, { error: '0, 1 or 2' }),
    remindEvery: limit,
  }),
  /** Where every chain ends and repeats: the bureau chief. Going higher is a leader's decision (rules of care, 5). */
  top: key,
  approvers: z.array(key).min(1, { error: 'at least one party' }),
  parties: some(party),
  chains: some(z.array(chainStep).min(1, { error: 'at least one step' })),
  eventTypes: some(eventType),
  /** 先期处置: stages of the incident, in whatever branch. */
  firstResponse: some(stage).default({}),
  branches: some(branch),
  /** Stages that every branch has. */
  shared: some(stage),
  documents: z.record(key, document).default({}),
  responseLevels: z.record(key, responseLevel).default({}),
  workRequirements: z.record(key, workRequirement).default({}),
  drills: drills.optional(),
  accountability: accountability.optional(),
  overlay: z.record(key, overlay).default({}),
  quirks: z.array(quirk).default([]),
});

export type PlanFile = z.output<typeof planFile>;
export type PlanDocument = z.output<typeof document>;
export type ResponseLevel = z.output<typeof responseLevel>;
export type WorkRequirement = z.output<typeof workRequirement>;
export type AccountabilitySetting = z.output<typeof accountability>;
export type DrillDuty = z.output<typeof drills>;
export type OverlayDuty = z.output<typeof overlay>;
export type Quirk = z.output<typeof quirk>;
