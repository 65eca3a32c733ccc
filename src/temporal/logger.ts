import { DefaultLogger, Runtime, type LogEntry, type TelemetryOptions } from '@temporalio/worker';
import type { Logger } from 'pino';

/** What of the SDK's log may be kept: it logs failures in clear, and a failure can quote what it failed on. */
const HARMLESS = [
  'workflowId',
  'workflowType',
  'runId',
  'activityType',
  'attempt',
  'taskQueue',
  'taskToken',
  'durationMs',
  'state',
];

/** For one-off work of the SDK that has nothing to say to anybody. */
export const quietLogger = new DefaultLogger('ERROR');

/** The message and harmless fields of one line of the SDK's log. A failure is named by its type alone. */
export function harmless({ message, meta }: Pick<LogEntry, 'message' | 'meta'>): {
  message: string;
  fields: Record<string, unknown>;
} {
  const fields = Object.fromEntries(
    Object.entries(meta ?? {}).filter(([name]) => HARMLESS.includes(name) && name !== 'taskToken'),
  );
  const error = meta?.error as { name?: string; type?: string } | undefined;
  if (error) fields.error = error.type ?? error.name ?? 'Error';
  return { message: message.split('\n')[0]!.slice(0, 200), fields };
}

/** Sends the SDK's own log, workers and core, to ours without anything personal. Once per process, before any connection. */
export function installLogger(log: Logger, metrics?: TelemetryOptions['metrics']): void {
  const write = (entry: LogEntry): void => {
    const { message, fields } = harmless(entry);
    const level =
      entry.level === 'TRACE' || entry.level === 'DEBUG'
        ? 'debug'
        : (entry.level.toLowerCase() as 'info' | 'warn' | 'error');
    log[level](fields, message);
  };
  Runtime.install({
    logger: new DefaultLogger('WARN', write),
    telemetryOptions: {
      logging: { filter: 'temporalio_sdk_core=ERROR,temporalio_client=ERROR', forward: {} },
      ...(metrics ? { metrics } : {}),
    },
    shutdownSignals: [], // start.ts, worker.ts and server.ts decide in what order things stop
  });
}
