import type { Anchor } from '../incident/ids.ts';

/**
 * What the register can refuse or fail with. Codes are stable, for programs:
 * - `CHAIN_GAP`: entries are missing between the register's end and the batch
 * - `CHAIN_CONFLICT`: another entry stands where the batch wants one
 * - `CHAIN_BROKEN`: the register was tampered with or lost its tail
 * - `SEAL_BROKEN`: a sealed value is not what was sealed
 * - `DATABASE_UNREACHABLE`: no connection; trying again later may help
 * - `DATABASE_FAILED`: the database refused a statement; `sqlState` says how
 */
export type StoreErrorCode =
  | 'CHAIN_GAP'
  | 'CHAIN_CONFLICT'
  | 'CHAIN_BROKEN'
  | 'SEAL_BROKEN'
  | 'DATABASE_UNREACHABLE'
  | 'DATABASE_FAILED';

/** Its message names incidents, entries and keys, never a personal value. */
export class StoreError extends Error {
  override name = 'StoreError';
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    /** The five-character SQLSTATE, where the database gave one. */
    readonly sqlState: string | null = null,
  ) {
    super(message);
  }
}

/**
 * The timeline goes on otherwise than the batch after an entry that both have: whoever writes was put back to an earlier time than the
 * register. Nothing was written.
 */
export class ChainForked extends StoreError {
  constructor(
    message: string,
    /** The last entry that both have. */
    readonly common: Anchor,
    /** Where the timeline ends in the register. */
    readonly head: Anchor,
    readonly number: string | null,
  ) {
    super('CHAIN_CONFLICT', message);
  }
}

/**
 * Runs `work` so that a failing database shows as {@link StoreError}. The drivers' own errors are not passed on, not even as
 * `cause`: drizzle's lists every parameter of the statement and would carry them into logs.
 */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asStoreError(error);
  }
}

interface DriverError extends Error {
  code?: unknown;
}

function asStoreError(error: unknown): unknown {
  const failed = isFailedQuery(error);
  const inner: unknown = failed ? error.cause : error;
  if (error instanceof StoreError || !isError(inner)) return error;
  if (isUnreachable(inner)) {
    const reason = typeof inner.code === 'string' ? inner.code : inner.message;
    return new StoreError('DATABASE_UNREACHABLE', `the register's database cannot be reached: ${reason}`);
  }
  if (failed || isSqlState(inner.code)) {
    const sqlState = isSqlState(inner.code) ? inner.code : null;
    return new StoreError('DATABASE_FAILED', `the register's database failed: ${inner.message}`, sqlState);
  }
  return error; // a defect or a missing key, which must show as itself
}

/** By shape: under test the drivers live in another realm, where `instanceof` says no. */
const isError = (error: unknown): error is DriverError =>
  typeof error === 'object' && error !== null && 'message' in error;

const isFailedQuery = (error: unknown): error is { cause: unknown } =>
  isError(error) && 'query' in error && 'params' in error && 'cause' in error;

const isSqlState = (code: unknown): code is string => typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);

/** The network's codes, PostgreSQL's connection exceptions, shutdowns and full house, and the pools' own words. */
const isUnreachable = (error: DriverError) =>
  /^(ECONN|EHOST|ENET|EPIPE|ETIMEDOUT|EAI_|ENOTFOUND|08...|57P0.|53300)/.test(String(error.code)) ||
  /timeout expired|timeout exceeded when trying to connect|connection terminated|connection timeout|not queryable|PGlite is clos/i.test(
    error.message,
  );
