import { z } from 'zod';
import { RIGHTS, ROLES } from '../accounts/roles.ts';
import type { AccountRow } from '../store/accounts.ts';
import { instant, text } from './schemas.ts';

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{1,39}$/, '2 to 40 small letters, digits, dots, hyphens')
  .describe('What is typed at signing in');
const later = z.iso.datetime({ offset: true }).describe('An instant');
const oidcSubject = text(255).min(1).describe('The `sub` by which the identity provider knows them');

export const password = z.string().min(12, 'at least 12 characters').max(200);

export const accountSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  person: z.string().nullable(),
  role: z.enum(ROLES),
  jurisdiction: z.string(),
  oidcSubject: z.string().nullable(),
  expiresAt: instant,
  disabledAt: instant,
  mustChangePassword: z.boolean(),
  createdAt: z.string(),
});
export const shownAccount = (row: AccountRow): z.infer<typeof accountSchema> => {
  const { passwordHash: _, rightsAt: __, ...shown } = row;
  return shown;
};

export const newAccountBody = z.strictObject({
  name,
  role: z.enum(ROLES),
  person: text(64).min(1).nullish().describe('A person of the organisation: for roles that act in incidents'),
  jurisdiction: text(64).min(1).nullish().describe("Left out: that of the person's body"),
  expiresAt: later.nullish().describe('An auditor needs one'),
  oidcSubject: oidcSubject.nullish(),
});
export const accountChangeBody = z.strictObject({
  role: z.enum(ROLES).optional(),
  person: text(64).min(1).nullable().optional(),
  jurisdiction: text(64).min(1).optional(),
  expiresAt: later.nullable().optional(),
  oidcSubject: oidcSubject.nullable().optional(),
  disabled: z.boolean().optional().describe('Signs out at once'),
  resetPassword: z.literal(true).optional().describe('Makes a new one-time password, and signs out'),
});

export const recorded = z
  .boolean()
  .describe(
    'False: it is done, and not yet on the change record, which wants looking into (fenghuo changes verify)',
  );

export const oneTime = z
  .string()
  .optional()
  .describe('Shown this once; has to be changed at the first sign-in');

export const signInBody = z.strictObject({ name: z.string().max(255), password: z.string().max(200) });
export const passwordBody = z.strictObject({ current: z.string().max(200), next: password });

export const whoAmISchema = z.object({
  account: accountSchema.extend({ personName: z.string().nullable() }).nullable(),
  apiKey: z.object({ id: z.string(), scope: z.enum(['full', 'intake']) }).nullable(),
  rights: z
    .array(z.object({ right: z.enum(RIGHTS), reach: z.enum(['own', 'below', 'everywhere']) }))
    .describe('What the role may do, how far from its jurisdiction'),
  offices: z.array(z.string()).describe('The offices whose incidents may be read'),
});

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(['full', 'intake']),
  expiresAt: instant,
  createdAt: z.string(),
});
export const newApiKeyBody = z.strictObject({
  name: text(100).min(1).describe('Which system it is for'),
  scope: z.literal('intake').default('intake').describe('Reports incidents and follows its own'),
  expiresAt: later,
});

export const grantBody = z.strictObject({
  account: z.uuid().toLowerCase(),
  until: later.describe('At most 24 hours from now'),
  reason: text(1_000).min(1),
});
export const grantSchema = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  grantedBy: z.uuid(),
  grantedAt: z.string(),
  until: z.string(),
  reason: z.string(),
});
