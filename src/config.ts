import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { channelSettings, missingChannelSettings } from './channels/settings.ts';
import { parseRetention } from './archive/retention.ts';
import { badWatchSettings, watchSettings } from './watchtower/settings.ts';
import { parseKeyring } from './crypto/keyring.ts';

/** A setting that stops the start: its name, and what is expected of it. Never shows a secret's value. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly code = 'CONFIG_INVALID';
  constructor(readonly problems: { name: string; expected: string }[]) {
    super(
      [
        'These settings cannot be used:',
        ...problems.map(({ name, expected }) => `  ${name}: ${expected}`),
      ].join('\n'),
    );
  }
}

const url = (expected: string, protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), expected);

const isOrigin = (text: string): boolean =>
  URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text);

/** Whoever reads or changes what goes to and fro there signs in as anybody: in clear only within this machine. */
const isIssuer = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash } = new URL(text);
  const isHere = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  return (protocol === 'https:' || (protocol === 'http:' && isHere)) && !search && !hash;
};

const port = z.coerce.number('a port number from 0 to 65535').int().min(0).max(65_535);

/** Temporal joins the two by a colon, and a dot before it was the older form. */
const versionName = z.string().regex(/^[\w][\w.-]{0,99}$/, 'letters, digits, . _ -');
/** Temporal's servers take no dot in it. */
const deploymentName = z.string().regex(/^[\w][\w-]{0,99}$/, 'letters, digits, _ -');

const keyring = z.string().transform((text, context) => {
  try {
    return parseKeyring(text);
  } catch (error) {
    context.addIssue({
      code: 'custom',
      message: `id:base64 of 32 bytes, comma separated; ${(error as Error).message}`,
    });
    return z.NEVER;
  }
});

const retention = z.string().transform((text, ctx) => {
  try {
    return parseRetention(text);
  } catch (error) {
    ctx.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

const environment = z.object({
  /** Where the API listens. 0 takes any free port. */
  PORT: port.default(8420),
  /** The address to listen on; loopback unless told otherwise. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Where a worker on its own says how it is (`/healthz`, `/readyz`); nowhere without it. */
  WORKER_HEALTH_PORT: port.optional(),
  /** What people outside reach the API under: receipt links begin with it. */
  PUBLIC_URL: url('an http(s) address such as https://fenghuo.example', ['http:', 'https:']).optional(),
  /** Addresses of proxies before the API, comma separated: whose word on where a request comes from counts. */
  TRUSTED_PROXIES: z
    .string()
    .regex(/^[0-9a-fA-F.:/]+(,[0-9a-fA-F.:/]+)*$/, 'addresses or networks, comma separated')
    .optional(),
  /** The bureau's identity provider (OpenID Connect), and what it knows this system as; people then sign in there, too. */
  OIDC_ISSUER: z
    .string()
    .refine(isIssuer, 'its https address, such as https://id.example (http on this machine alone)')
    .optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** A file that holds the secret instead. */
  OIDC_CLIENT_SECRET_FILE: z.string().min(1).optional(),
  /** Where Prometheus reads this process' metrics, never on the public port; nowhere unless a port is set. */
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  /** An OpenTelemetry collector (OTLP over HTTP, e.g. http://127.0.0.1:4318) that takes traces; none are made without it. */
  OTEL_EXPORTER_OTLP_ENDPOINT: url('an http(s) address such as http://127.0.0.1:4318', [
    'http:',
    'https:',
  ]).optional(),
  /** State of the embedded mode: register, Temporal's database, mailbox, keys. */
  FENGHUO_DATA: z.string().min(1).default('.fenghuo'),
  FENGHUO_PLAN: z.string().min(1).default('plans/demonstration.yaml'),
  FENGHUO_ORGANISATION: z.string().min(1).default('plans/organisation.sample.yaml'),
  /** Where workers on their own keep the bundled workflows between starts; without it they are bundled at each. */
  FENGHUO_CACHE: z.string().min(1).optional(),
  /** Templates of documents, and `bodies.yaml` for how bodies stand on paper. */
  FENGHUO_DOCUMENTS: z.string().min(1).default('plans/documents'),
  /** Years after the closing for which incidents are kept, by kind: `incident=30,falseAlarm=5,drill=3`; none: nothing is erased because of its age. */
  RETENTION_YEARS: retention.optional(),
  /** Scenarios that drill orders are made from. */
  FENGHUO_DRILLS: z.string().min(1).default('plans/drills'),
  /** LibreOffice's command, which makes PDFs; without it documents are .docx and pages. */
  FENGHUO_SOFFICE: z.string().min(1).default('soffice'),
  /** The first API key; without it one is made and kept in the data folder. */
  FENGHUO_API_KEY: z.string().min(24, 'at least 24 characters').optional(),
  /** Keys for payloads, seals and receipts, the current one first; without it one is made and kept in the data folder. */
  FENGHUO_KEYS: keyring.optional(),
  /** A file that holds them instead, so that `fenghuo keys` can change it; read at start. */
  FENGHUO_KEYS_FILE: z.string().min(1).optional(),
  /** PostgreSQL; without it the register is PGlite in the data folder. */
  DATABASE_URL: url('a postgres:// address', ['postgres:', 'postgresql:']).optional(),
  /** The same server as its superuser, for `fenghuo backup` alone: no other process is to have it. */
  BACKUP_DATABASE_URL: url('a postgres:// address', ['postgres:', 'postgresql:']).optional(),
  /** A Temporal server as host:port; without it one is provided and kept running. */
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s:/]+:\d+$/, 'host:port')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  /** The deployment that workers on their own belong to, and the version of it that this one's code is; unversioned without. */
  WORKER_DEPLOYMENT: deploymentName.optional(),
  WORKER_BUILD_ID: versionName.optional(),
  /** Where people open Temporal's own UI, e.g. https://temporal.example: only from there may payloads be read. */
  TEMPORAL_UI_ORIGIN: z
    .string()
    .refine(isOrigin, 'an http(s) origin without a path, such as https://temporal.example')
    .optional(),
  /** The `temporal` command that provides it; without it one is found, downloaded or built. */
  FENGHUO_TEMPORAL_CLI: z.string().min(1).optional(),
  /** Files with the client's certificate and key, and the server's certificate authority (PEM). */
  TEMPORAL_TLS_CERT: z.string().optional(),
  TEMPORAL_TLS_KEY: z.string().optional(),
  TEMPORAL_TLS_CA: z.string().optional(),
  /** Outgoing mail; without it the embedded mailbox takes it. */
  SMTP_URL: url('an smtp:// or smtps:// address', ['smtp:', 'smtps:']).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\s@<>]+@[^\s@<>]+$|^[^<>]+<[^\s@<>]+@[^\s@<>]+>$/, 'an address, or: Name <address>')
    .default('烽火 <fenghuo@example.invalid>'),
  ...channelSettings,
  ...watchSettings,
});

export type Config = z.infer<typeof environment>;

/** Reads the settings once. An empty value counts as not set. Throws {@link ConfigError} naming every bad one. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const files = FROM_FILES.map((name) => fromFile(given, name));
  const all = { ...given, ...Object.assign({}, ...files.map(({ value }) => value)) };
  const parsed = environment.safeParse(all);
  const problems = [
    ...files.flatMap(({ problems }) => problems),
    ...(parsed.error?.issues.map(({ path, message }) => ({ name: path.join('.'), expected: message })) ?? []),
  ];
  if (!given.TEMPORAL_TLS_CERT !== !given.TEMPORAL_TLS_KEY) {
    problems.push({ name: 'TEMPORAL_TLS_CERT', expected: 'given together with TEMPORAL_TLS_KEY' });
  }
  if (!given.WORKER_DEPLOYMENT !== !given.WORKER_BUILD_ID) {
    problems.push({ name: 'WORKER_DEPLOYMENT', expected: 'given together with WORKER_BUILD_ID' });
  }
  problems.push(...missingChannelSettings(all), ...badWatchSettings(all), ...missingForOidc(all));
  if (problems.length > 0 || !parsed.success) throw new ConfigError(problems);
  return parsed.data;
}

/** Settings that the file of `<name>_FILE` may hold instead: what stands in the environment of a process others may read. */
export const FROM_FILES = [
  'FENGHUO_KEYS',
  'FENGHUO_API_KEY',
  'DATABASE_URL',
  'BACKUP_DATABASE_URL',
  'SMTP_URL',
  'OIDC_CLIENT_SECRET',
  'GATEWAY_SECRET',
  'DELIVERY_REPORTS_SECRET',
  'ALIYUN_KEY_SECRET',
  'TENCENT_KEY_SECRET',
  'ROBOT_WECOM_WEBHOOK',
  'ROBOT_DINGTALK_WEBHOOK',
  'ROBOT_DINGTALK_SECRET',
  'ROBOT_FEISHU_WEBHOOK',
  'ROBOT_FEISHU_SECRET',
] as const;

function fromFile(given: Record<string, string | undefined>, name: (typeof FROM_FILES)[number]) {
  const file = given[`${name}_FILE`];
  const problem = (expected: string) => ({ value: {}, problems: [{ name: `${name}_FILE`, expected }] });
  if (file === undefined) return { value: {}, problems: [] };
  if (given[name] !== undefined) return problem(`not given together with ${name}`);
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (text === '') return problem('a file that is not empty');
    return { value: { [name]: text }, problems: [] };
  } catch (error) {
    return problem(`a file that can be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** The provider sends people back to PUBLIC_URL. */
const OIDC = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'];

function missingForOidc(given: Record<string, string | undefined>) {
  const first = OIDC.find((name) => given[name]);
  if (!first) return [];
  return [...OIDC, 'PUBLIC_URL']
    .filter((name) => !given[name])
    .map((name) => ({ name, expected: `must be set, since ${first} is set` }));
}
