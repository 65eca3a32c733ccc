import { z } from 'zod';
import { fitting, key, line, slug } from '../plan/fields.ts';
import { contactMethod } from './methods.ts';
import { quietRules } from './quiet.ts';
import { calendar, roster } from './roster-schema.ts';

const phone = fitting(
  (text) => /^\+?[0-9][0-9 -]{2,22}[0-9]$/.test(text),
  'is no phone number',
  'digits, spaces and hyphens, in quotes when it has digits only',
);

const address = fitting(
  (text) => z.email().safeParse(text).success,
  'is no e-mail address',
  'an address such as name@example.invalid, or no email field when there is none',
);

/** How people are tried, in order: a person's own order counts before their body's, and that before the organisation's. */
const methods = z
  .array(contactMethod)
  .min(1, { error: 'at least one method, or no methods for the usual order' })
  .max(8, { error: 'at most eight methods' });
/** A part of the country that bodies are there for. Each but the top lies within one of a higher level. */
const jurisdiction = z.strictObject({
  id: slug,
  name: line,
  level: z.enum(['city', 'county', 'township', 'office']),
  within: slug.optional(),
});

const body = z.strictObject({
  id: slug,
  name: line,
  /** A party of the plan. */
  party: key,
  /** The jurisdiction it is there for, where the file has them. */
  in: slug.optional(),
  /** Offices this body is there for; left out: all of them. */
  serves: z
    .array(slug)
    .min(1, { error: 'at least one office, or no serves when it is there for all' })
    .optional(),
  callBack: phone,
  /** People in the order in which they are told; who is on duty comes before them. */
  contacts: z.array(slug),
  /** Who keeps its roster and is told what to mend; left out: its first contact. */
  administrator: slug.optional(),
  roster: roster.optional(),
  methods: methods.optional(),
  quiet: quietRules.optional(),
});

const person = z.strictObject({
  id: slug,
  name: line,
  post: line,
  /** The body this person belongs to; other bodies may have them as a contact, too. */
  body: slug,
  email: address.optional(),
  /** As it is written: a number with a mistake in it is a finding of the roster guard and no reason not to start. */
  phone: line.optional(),
  methods: methods.optional(),
  quiet: quietRules.optional(),
});

/** An organisation file as it is written; unknown fields are errors. See `docs/plan-format.md`. */
export const organisationFile = z.strictObject({
  key: slug,
  name: line,
  /** What incident numbers begin with: `YS` in `YS-2026-0001`. */
  numberPrefix: fitting(
    (text) => /^[A-Z]{1,8}$/.test(text),
    'is no number prefix',
    '1 to 8 capital letters, e.g. YS',
  ),
  calendar: calendar.optional(),
  methods: methods.optional(),
  quiet: quietRules.optional(),
  /** Left out: one county, with each judicial office below it. */
  jurisdictions: z.array(jurisdiction).min(1, { error: 'at least one, or no jurisdictions' }).optional(),
  bodies: z.array(body).min(1, { error: 'at least one body' }),
  people: z.array(person).min(1, { error: 'at least one person' }),
});

export type Organisation = z.output<typeof organisationFile>;
export type Jurisdiction = z.output<typeof jurisdiction>;
export type Body = Organisation['bodies'][number];
export type Person = Organisation['people'][number];
