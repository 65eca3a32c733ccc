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

const outcome = z.strictObject({ name: mailText, evidence: mailText });

const stage = z.strictObject({
  name: mailText,
  clause: line,
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
  outcomes: some(outcome),
});

const branch = z.strictObject({
  name: mailText,
  clause: line,
  urgency: mailText,
  /** Stages that stay open when this branch is entered from another one. */
  carries: z.array(key).default([]),
  stages: some(stage),
});

const eventType = z.strictObject({
  name: line,
  clause: line,
  /** Null: the type does not fix the branch, a person chooses. */
  branch: key.nullable(),
});

/** A plan file as it is written; unknown fields are errors. See `docs/plan-format.md`. */
export const planFile = z.strictObject({
  key: slug,
  edition: fitting((text) => z.iso.date().safeParse(text).success, 'is no date', 'a date such as 2025-01-17'),
  title: line,
  issuer: line,
  documentNumber: line,
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
  branches: some(branch),
  /** Stages that every branch has. */
  shared: some(stage),
});

export type PlanFile = z.output<typeof planFile>;
