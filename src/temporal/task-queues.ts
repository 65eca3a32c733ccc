/** Incidents and their messages. */
export const TASK_QUEUE = 'fenghuo';

/** The register's writing and the archive, apart so that no message waits behind them. */
export const RECORD_TASK_QUEUE = 'fenghuo-record';
