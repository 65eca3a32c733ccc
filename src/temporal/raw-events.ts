import type { DataConverter, Payload } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import type { Instant } from '../incident/instant.ts';
import { instantOf } from './run-history.ts';

/** One event of a workflow's history, its payloads decoded. */
export interface RawEvent {
  id: number;
  at: Instant;
  /** Temporal's own name, e.g. `ActivityTaskScheduled`. */
  type: string;
  attributes: Record<string, unknown>;
}

const isPayload = (value: unknown): value is Payload =>
  typeof value === 'object' && value !== null && 'data' in value && 'metadata' in value;

/** The events of a history with every payload as the value it holds. Throws when a key of the codec is missing. */
export async function decodeEvents(
  history: History,
  { payloadCodecs = [] }: DataConverter,
): Promise<RawEvent[]> {
  const decode = async (payload: Payload): Promise<unknown> => {
    let decoded = [payload];
    for (const codec of [...payloadCodecs].reverse()) decoded = await codec.decode(decoded);
    return defaultPayloadConverter.fromPayload(decoded[0]!);
  };
  const plain = async (value: unknown): Promise<unknown> => {
    if (isPayload(value)) return decode(value);
    if (Array.isArray(value)) return Promise.all(value.map(plain));
    if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
    if (typeof value !== 'object' || value === null) return value;
    // Protobuf's 64-bit numbers; all of ours are small.
    if ('low' in value && 'high' in value) return Number(String(value));
    const fields = Object.entries(value).filter(([, field]) => field !== null && field !== undefined);
    return Object.fromEntries(
      await Promise.all(fields.map(async ([name, field]) => [name, await plain(field)])),
    );
  };
  return Promise.all(
    (history.events ?? []).map(async (event) => {
      const [name, attributes] = Object.entries(event).find(
        ([key, value]) => key.endsWith('EventAttributes') && value,
      ) ?? ['', {}];
      return {
        id: Number(event.eventId),
        at: instantOf(event.eventTime),
        type: typeName(name),
        attributes: (await plain({ ...attributes })) as Record<string, unknown>,
      };
    }),
  );
}

const typeName = (attributes: string): string => {
  const name = attributes.replace(/EventAttributes$/, '');
  return name.charAt(0).toUpperCase() + name.slice(1);
};
