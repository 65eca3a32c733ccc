import { meaningOf, type Meaning } from './provider-codes.ts';
import type { Refusal } from './refusal.ts';
import { safeCode } from './safe-code.ts';

/** What nodemailer, Node and undici put on an error, or {@link Refusal} where a provider answered. */
interface ChannelError extends Partial<Refusal> {
  code?: unknown;
  originalCode?: unknown;
  responseCode?: unknown;
  command?: unknown;
}

/** Replies that speak of our own account or session, whichever command they answer. */
const ABOUT_OURSELVES = new Set([503, 530, 534, 535, 538]);
const ABOUT_OUR_LOGIN = new Set([530, 534, 535, 538]);

const CODES: Record<string, string> = {
  ECONNREFUSED: 'CONNECT_REFUSED',
  EHOSTUNREACH: 'UNREACHABLE',
  ENETUNREACH: 'UNREACHABLE',
  EHOSTDOWN: 'UNREACHABLE',
  ECONNRESET: 'CONNECTION_LOST',
  EPIPE: 'CONNECTION_LOST',
  ECONNECTION: 'CONNECTION_LOST',
  ECONNECTIONLOST: 'CONNECTION_LOST',
  ESOCKET: 'CONNECTION_LOST',
  ETIMEDOUT: 'TIMEOUT',
  ETIMEOUT: 'TIMEOUT',
  EABORT: 'TIMEOUT',
  ENOTFOUND: 'DNS',
  EAI_AGAIN: 'DNS',
  EDNS: 'DNS',
  ETLS: 'TLS',
  EREQUIRETLS: 'TLS',
  EAUTH: 'AUTH',
  ENOAUTH: 'AUTH',
  EOAUTH2: 'AUTH',
  EPROTOCOL: 'PROTOCOL',
  ERECIPIENT: 'BAD_ADDRESS',
  ERATELIMIT: 'RATE_LIMITED',
  UND_ERR_CONNECT_TIMEOUT: 'TIMEOUT',
  UND_ERR_HEADERS_TIMEOUT: 'TIMEOUT',
  UND_ERR_BODY_TIMEOUT: 'TIMEOUT',
  UND_ERR_SOCKET: 'CONNECTION_LOST',
};

/** A gateway's 4xx that speak of us or of now, whatever code is beside them. */
const NOT_ABOUT_THE_MESSAGE = new Set([401, 403, 404, 405, 407, 408, 425, 429]);

/** How Node and OpenSSL name a certificate or handshake that is not trusted. */
const TLS_TROUBLE = /^ERR_(TLS|SSL)_|CERT|^UNABLE_TO_|SELF_SIGNED/;

/**
 * Whether sending the same message to the same person again is useless, so that the next person is told at once.
 * Only a refusal of the recipient or of the message is permanent (SMTP 5xx; a provider's code that says so), and an address
 * that is none. All else is temporary: servers come back, and our own configuration (address, certificate, account,
 * sender) can be mended while the message is retried.
 */
export function isPermanent(error: unknown): boolean {
  const { code, responseCode, command } = shape(error);
  if (isRefusal(error)) return meaning(error) === 'permanent';
  if (code === 'ERECIPIENT') return true;
  if (typeof responseCode !== 'number' || responseCode < 500 || ABOUT_OURSELVES.has(responseCode))
    return false;
  return command === 'RCPT TO' || command === 'DATA';
}

/**
 * A stable code for the record, free of addresses and of the server's words: `SMTP_550`, `CONNECT_REFUSED`,
 * `CONNECTION_LOST`, `UNREACHABLE`, `TIMEOUT`, `DNS`, `TLS`, `AUTH`, `PROTOCOL`, `BAD_ADDRESS`; of HTTP providers also
 * `RATE_LIMITED`, `HTTP_503`, `GATEWAY_NUMBER_INVALID`, `TENCENT_PHONE_NUMBER_IN_BLACKLIST`, `WECOM_93000`; else `UNKNOWN`.
 */
export function failureCode(error: unknown): string {
  if (isRefusal(error)) return refusalCode(error);
  const { code, originalCode, responseCode } = shape(error);
  if (code === 'EAUTH' || ABOUT_OUR_LOGIN.has(Number(responseCode))) return 'AUTH';
  if (typeof responseCode === 'number') return `SMTP_${responseCode}`;
  // nodemailer covers the system's own code with a general one; the system's says more
  for (const name of [originalCode, code]) {
    if (typeof name !== 'string') continue;
    if (TLS_TROUBLE.test(name)) return 'TLS';
    if (name.startsWith('HPE_')) return 'PROTOCOL';
    if (Object.hasOwn(CODES, name)) return CODES[name]!;
  }
  return 'UNKNOWN';
}

const shape = (error: unknown): ChannelError => (typeof error === 'object' && error !== null ? error : {});

/** The contract's codes are words: a number is some framework's way of saying its status. */
const CONTRACT_CODE = /^[A-Z][A-Z0-9_]{2,}$/;

const isRefusal = (error: unknown): error is Refusal => typeof shape(error).provider === 'string';

function meaning({ provider, providerCode, httpStatus }: Refusal): Meaning | null {
  if (httpStatus === 429) return 'rate';
  if (httpStatus === 401 || httpStatus === 403) return 'auth';
  const code = safeCode(providerCode);
  if (code === null) return null;
  if (provider !== 'GATEWAY') return meaningOf(provider, code);
  const isFinal = httpStatus >= 400 && httpStatus < 500 && !NOT_ABOUT_THE_MESSAGE.has(httpStatus);
  return isFinal && CONTRACT_CODE.test(code) ? 'permanent' : null;
}

function refusalCode(error: Refusal): string {
  const what = meaning(error);
  if (what === 'rate') return 'RATE_LIMITED';
  if (what === 'auth') return 'AUTH';
  const code = safeCode(error.providerCode);
  return code === null ? `HTTP_${error.httpStatus}` : `${error.provider}_${upperSnake(code)}`;
}

/** `isv.MOBILE_NUMBER_ILLEGAL` → `MOBILE_NUMBER_ILLEGAL`, `FailedOperation.PhoneNumberInBlacklist` → `PHONE_NUMBER_IN_BLACKLIST`. */
const upperSnake = (code: string): string =>
  code
    .replace(/^-(?=\d)/, 'MINUS_')
    .replace(/^.*\.(?=[^.])/, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[.:-]+/g, '_')
    .toUpperCase();
