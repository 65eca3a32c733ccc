import type { HttpAnswer } from './http.ts';

/** Whose codes a refusal speaks in. */
export type Provider = 'GATEWAY' | 'ALIYUN' | 'TENCENT' | 'WECOM' | 'DINGTALK' | 'FEISHU';

/** What is on an error when a provider answered and did not take the message. */
export interface Refusal {
  provider: Provider;
  httpStatus: number;
  /** The provider's own code as it was written; null when the answer held none. */
  providerCode: string | null;
}

/** A plain error for a message not taken; the provider's words stay out of it, since they may repeat a number. */
export const refusal = (provider: Provider, { status }: HttpAnswer, providerCode: unknown): Error =>
  Object.assign(new Error(`${provider} did not take the message`), {
    provider,
    httpStatus: status,
    providerCode:
      typeof providerCode === 'string' || typeof providerCode === 'number' ? String(providerCode) : null,
  } satisfies Refusal);

/** The members of a JSON object, none of another value. */
export const membersOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

const E164 = /^\+[1-9]\d{6,14}$/;

/** Keeps a list or a word out of a request that is meant for one number. Throws what `failure.ts` calls `BAD_ADDRESS`. */
export function checkNumber(to: string): void {
  if (E164.test(to)) return;
  throw Object.assign(new Error('the recipient is not one phone number such as +8613900000001'), {
    code: 'ERECIPIENT',
  });
}

/** A number as it is dialled within mainland China: `13900000001`, `04770000001`; others as they are. */
export const domestic = (to: string): string =>
  to.replace(/^\+86(1\d{10})$/, '$1').replace(/^\+86(?=[2-9]|10)/, '0');
