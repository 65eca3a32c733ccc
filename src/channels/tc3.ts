import { createHash, createHmac } from 'node:crypto';
import { JSON_TYPE } from './http.ts';

/** A key of Tencent Cloud (CAM user). */
export interface TencentKey {
  id: string;
  secret: string;
}

export interface Tc3Request {
  host: string;
  /** The product, e.g. `sms`. */
  service: string;
  body: string;
  /** What is signed besides `content-type` and `host`, lower-case names. */
  headers?: Record<string, string>;
  /** When it is signed, in ms since 1970. */
  now: number;
}

const ALGORITHM = 'TC3-HMAC-SHA256';

/** The `Authorization` of a JSON POST to `/`, signed as Tencent Cloud's "签名方法 v3" (TC3-HMAC-SHA256) describes it. */
export function signTc3(
  { id, secret }: TencentKey,
  { host, service, body, headers = {}, now }: Tc3Request,
): string {
  const signed: Record<string, string> = { ...headers, 'content-type': JSON_TYPE, host };
  const names = Object.keys(signed).sort();
  const timestamp = String(Math.floor(now / 1000));
  const date = new Date(now).toISOString().slice(0, 10);
  const scope = `${date}/${service}/tc3_request`;
  const request = [
    'POST',
    '/',
    '',
    ...names.map((name) => `${name}:${signed[name]!.toLowerCase()}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
  const key = [date, service, 'tc3_request'].reduce<Buffer | string>(hmac, `TC3${secret}`);
  const signature = hmac(key, [ALGORITHM, timestamp, scope, sha256(request)].join('\n')).toString('hex');
  return `${ALGORITHM} Credential=${id}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}

const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
