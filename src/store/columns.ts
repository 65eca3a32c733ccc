import { customType } from 'drizzle-orm/pg-core';
import type { Instant } from '../incident/instant.ts';

/** An instant: `timestamptz` to the millisecond in the database, ISO 8601 text with milliseconds in our hands. */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => 'timestamp(3) with time zone',
  toDriver: (value) => new Date(value).toISOString(),
  fromDriver: (value) => new Date(value).toISOString(),
});

/** Bytes. PGlite gives a plain `Uint8Array`, node-postgres a `Buffer`: here it is always a `Buffer`. */
export const bytes = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  toDriver: (value) => value,
  fromDriver: (value) => Buffer.from(value),
});
