import { z } from 'zod';
import { toInstant, type Instant } from '../incident/instant.ts';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../incident/notice.ts';
import { signatureFault, type SignatureFault } from './contract-signature.ts';
import { safeCode } from './safe-code.ts';

/** One provider's word on one message. */
export interface DeliveryReport {
  /** The id it was sent under; null where the provider does not give it back. */
  id: string | null;
  /** The provider's own id, as `send` returned it. */
  providerId: string | null;
  status: DeliveryStatus;
  /** The provider's code, e.g. `MK:0001`; null where it gave none that can be kept. */
  code: string | null;
  /** When it ended, as the provider says. */
  at: Instant;
}

export type ReadReport =
  { ok: true; reports: DeliveryReport[] } | { ok: false; code: SignatureFault | 'MALFORMED_REPORT' };

export const MALFORMED = { ok: false, code: 'MALFORMED_REPORT' } as const;

/** A signed report of the gateway contract (docs/gateway.md). */
export interface SignedReport {
  /** The values of `fenghuo-timestamp` and `fenghuo-signature`. */
  timestamp: string | undefined;
  signature: string | undefined;
  /** As it came, byte for byte. */
  body: string;
  /** Ms since 1970. */
  now: number;
}

const contract = z.object({
  id: z.string().min(1).max(512),
  providerId: z.string().max(256).nullish(),
  status: z.enum(DELIVERY_STATUSES),
  code: z.string().nullish(),
  at: z.iso.datetime({ offset: true }),
});

/**
 * What a gateway's report says. It is trusted only when it was signed with `secret` within the last five minutes; else the
 * code tells why not. Never throws.
 */
export function readGatewayReport(secret: string, signed: SignedReport): ReadReport {
  const fault = signatureFault(secret, signed);
  if (fault !== null) return { ok: false, code: fault };
  const parsed = contract.safeParse(jsonOf(signed.body));
  if (!parsed.success) return MALFORMED;
  const { id, providerId = null, status, code, at } = parsed.data;
  // As gateway.ts puts the kind behind the key.
  const report = {
    id: id.replace(/#\w+$/, ''),
    providerId,
    status,
    code: safeCode(code),
    at: toInstant(Date.parse(at)),
  };
  return { ok: true, reports: [report] };
}

/** What a text says as JSON; undefined where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
