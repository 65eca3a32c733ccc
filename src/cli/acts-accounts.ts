import type { z } from 'zod';
import type { accountSchema, apiKeySchema } from '../api/schemas-accounts.ts';
import type { Act, Option } from './act.ts';
import { clock } from './incident-lines.ts';

type Account = z.infer<typeof accountSchema>;
type ApiKey = z.infer<typeof apiKeySchema>;
interface Changed {
  account: Account;
  oneTimePassword?: string;
  recorded?: boolean;
}

const BOUND: Record<string, Option> = {
  person: { value: 'PERSON', says: 'a person of the organisation, by id: for roles that act in incidents' },
  jurisdiction: { value: 'ID', says: "left out: that of the person's body" },
  expires: { value: 'INSTANT', says: 'e.g. 2026-12-31T18:00:00+08:00', field: 'expiresAt' },
  oidc: { value: 'SUBJECT', says: 'by which the identity provider knows them', field: 'oidcSubject' },
};

const lineOf = ({ name, role, jurisdiction, person, expiresAt, disabledAt, id }: Account): string =>
  [
    name,
    role,
    jurisdiction,
    person ?? '-',
    ...(expiresAt ? [`until ${clock(expiresAt)}`] : []),
    ...(disabledAt ? ['disabled'] : []),
    id,
  ].join('  ');

const unrecorded = (recorded: boolean | undefined): string[] =>
  recorded === false
    ? ['Done, and NOT on the change record yet: run "fenghuo changes verify" and look into it.']
    : [];

const changed = ({ account, oneTimePassword, recorded }: Changed): string[] => [
  lineOf(account),
  ...unrecorded(recorded),
  ...(oneTimePassword ? [`one-time password, shown this once: ${oneTimePassword}`] : []),
];

const list: Act<Account[]> = {
  name: 'account list',
  says: ['Every account: name, role, jurisdiction, person, id.'],
  example: 'fenghuo account list',
  takes: [],
  options: {},
  request: () => ({ method: 'GET', path: '/api/accounts' }),
  tells: (accounts) => [...accounts.map(lineOf), `${accounts.length} accounts`],
};

const create: Act<Changed> = {
  name: 'account create',
  says: [
    'Make an account and tell its one-time password. Roles: officer, townshipCommand, leadingGroupOffice,',
    'bureauGeneralOffice, dutyLeader, bureauLeader, cityOffice, administrator, auditor (which needs --expires).',
  ],
  example: 'fenghuo account create jia.one --role officer --person jia-1',
  takes: ['NAME'],
  options: { role: { value: 'ROLE', says: 'what it may do', needed: true }, ...BOUND },
  request: ({ words: [name], body }) => ({ method: 'POST', path: '/api/accounts', body: { name, ...body } }),
  tells: changed,
};

const change: Act<Changed> = {
  name: 'account change',
  says: ['Change what an account may do or until when, lock it, or give it a new one-time password.'],
  example: 'fenghuo account change 00000000-0000-4000-8000-000000000001 --reset-password',
  takes: ['ACCOUNT'],
  options: {
    role: { value: 'ROLE', says: 'what it may do from now on' },
    ...BOUND,
    disable: { says: 'sign out at once, and keep out', field: 'disabled' },
    enable: { says: 'let in again', field: null },
    'reset-password': { says: 'a new one-time password', field: 'resetPassword' },
  },
  request: (given) => ({
    method: 'PATCH',
    path: `/api/accounts/${given.words[0]}`,
    body: { ...given.body, ...(given.isOn('enable') ? { disabled: false } : {}) },
  }),
  tells: changed,
};

const keys: Act<ApiKey[]> = {
  name: 'key list',
  says: ['Every API key: name, scope, until when, id.'],
  example: 'fenghuo key list',
  takes: [],
  options: {},
  request: () => ({ method: 'GET', path: '/api/api-keys' }),
  tells: (found) => found.map(keyLine),
};

const keyLine = ({ name, scope, expiresAt, id }: ApiKey): string =>
  [name, scope, expiresAt ? `until ${clock(expiresAt)}` : '-', id].join('  ');

const createKey: Act<{ id: string; key: string }> = {
  name: 'key create',
  says: ['Make an API key with which another system reports incidents and follows its own.'],
  example: 'fenghuo key create positioning --expires 2026-12-31T18:00:00+08:00',
  takes: ['NAME'],
  options: {
    expires: { value: 'INSTANT', says: 'until when it is good', needed: true, field: 'expiresAt' },
  },
  request: ({ words: [name], body }) => ({ method: 'POST', path: '/api/api-keys', body: { name, ...body } }),
  tells: ({ id, key }) => [id, `key, shown this once: ${key}`],
};

const endKey: Act<ApiKey & { recorded?: boolean }> = {
  name: 'key end',
  says: ['End an API key, by its id: at once at this server, within a minute at others.'],
  example: 'fenghuo key end key-0123456789abcdef',
  takes: ['KEY'],
  options: {},
  request: ({ words: [key] }) => ({ method: 'DELETE', path: `/api/api-keys/${key}` }),
  tells: (key) => [keyLine(key), ...unrecorded(key.recorded)],
};

export const ACCOUNT_ACTS = [list, create, change, keys, createKey, endKey] as Act[];
