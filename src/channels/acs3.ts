import { createHash, createHmac, randomUUID } from 'node:crypto';

/** A key of Alibaba Cloud (RAM user). */
export interface AliyunKey {
  id: string;
  secret: string;
}

export interface Acs3Request {
  host: string;
  /** Name and version of the operation, e.g. `SendSms`, `2017-05-25`. */
  action: string;
  version: string;
  query: Record<string, string>;
  /** When it is signed, in ms since 1970. */
  now: number;
  /** Used once; random if left out. */
  nonce?: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const NO_BODY = sha256('');
const ALGORITHM = 'ACS3-HMAC-SHA256';

/**
 * Query string and headers of a POST to `/` without a body, signed the V3 way (ACS3-HMAC-SHA256) as Alibaba Cloud's
 * "V3版本请求体&签名机制" describes it.
 */
export function signAcs3(
  { id, secret }: AliyunKey,
  { host, action, version, query, now, nonce = randomUUID() }: Acs3Request,
): { query: string; headers: Record<string, string> } {
  const queryString = canonicalQuery(query);
  const headers: Record<string, string> = {
    host,
    'x-acs-action': action,
    'x-acs-content-sha256': NO_BODY,
    'x-acs-date': new Date(now).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    'x-acs-signature-nonce': nonce,
    'x-acs-version': version,
  };
  const names = Object.keys(headers).sort();
  const request = [
    'POST',
    '/',
    queryString,
    ...names.map((name) => `${name}:${headers[name]!}`),
    '',
    names.join(';'),
    NO_BODY,
  ].join('\n');
  const signature = createHmac('sha256', secret)
    .update(`${ALGORITHM}\n${sha256(request)}`)
    .digest('hex');
  const authorization = `${ALGORITHM} Credential=${id},SignedHeaders=${names.join(';')},Signature=${signature}`;
  const { host: _, ...sent } = headers; // `fetch` says it by itself
  return { query: queryString, headers: { ...sent, authorization } };
}

const canonicalQuery = (query: Record<string, string>): string =>
  Object.keys(query)
    .sort()
    .map((name) => `${encode(name)}=${encode(query[name]!)}`)
    .join('&');

/** RFC 3986: what `encodeURIComponent` leaves as it is, but for `-_.~`. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
