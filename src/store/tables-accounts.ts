import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Role } from '../accounts/roles.ts';
import { bytes, instant } from './columns.ts';

/*
 * Who signs in. No name of a person stands here: an account points to one of the organisation. What somebody writes as a reason
 * may say anything, and is sealed.
 */

export const account = pgTable('account', {
  id: uuid('id').primaryKey(),
  /** What is typed at signing in. */
  name: text('name').notNull().unique(),
  /** A person of the organisation; null for those who speak in no incident. */
  person: text('person'),
  role: text('role').$type<Role>().notNull(),
  jurisdiction: text('jurisdiction').notNull(),
  /** Argon2id; null where the account signs in elsewhere (OIDC) alone. */
  passwordHash: text('password_hash'),
  mustChangePassword: boolean('must_change_password').notNull(),
  /** Whom the identity provider knows it as. */
  oidcSubject: text('oidc_subject').unique(),
  expiresAt: instant('expires_at'),
  disabledAt: instant('disabled_at'),
  /** When role or jurisdiction changed last: sessions from before get a new token. */
  rightsAt: instant('rights_at').notNull(),
  createdAt: instant('created_at')
    .notNull()
    .default(sql`now()`),
});

/** Who is signed in. The token itself is in the browser alone. */
export const session = pgTable(
  'session',
  {
    tokenHash: text('token_hash').primaryKey(),
    accountId: uuid('account_id').notNull(),
    /** Of the signing in; a new token does not make it younger. */
    signedInAt: instant('signed_in_at').notNull(),
    tokenAt: instant('token_at').notNull(),
    seenAt: instant('seen_at').notNull(),
    /** When its successor took over: what was under way with it still ends. */
    replacedAt: instant('replaced_at'),
  },
  (t) => [index('session_account').on(t.accountId)],
);

/** Failed tries to sign in, by account name or address; only fingerprints of either. */
export const signInBrake = pgTable('sign_in_brake', {
  key: text('key').primaryKey(),
  failures: integer('failures').notNull(),
  lastAt: instant('last_at').notNull(),
  lockedUntil: instant('locked_until'),
});

/** Leave to see identities for a time, given by a leader. */
export const identityGrant = pgTable(
  'identity_grant',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id').notNull(),
    grantedBy: uuid('granted_by').notNull(),
    grantedAt: instant('granted_at').notNull(),
    until: instant('until').notNull(),
    reason: bytes('reason').notNull(),
    keyId: text('key_id').notNull(),
  },
  (t) => [index('identity_grant_account').on(t.accountId, t.until)],
);
