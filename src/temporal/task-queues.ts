/** Incidents and their messages. */
export const TASK_QUEUE = 'fenghuo';

/** The register's writing and the archive, apart so that no message waits behind them. */
export const RECORD_TASK_QUEUE = 'fenghuo-record';

/** Bundles of closed incidents: each takes its time, so that they stand behind nothing and nothing behind them. */
export const ARCHIVE_TASK_QUEUE = 'fenghuo-archive';

/** What drills are carried out by, and their mails: no alarm waits for any of it. */
export const DRILL_TASK_QUEUE = 'fenghuo-drills';
