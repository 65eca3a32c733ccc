/**
 * Metrics of the Temporal SDK that rules and dashboard stand on, as `sdk-metrics.ts` has them named, with the labels they are
 * picked by: a new SDK may call them otherwise, and a rule over a name that is gone is silent. All are histograms.
 */
export const SDK_METRICS: Record<string, string[]> = {
  temporal_activity_execution_latency_seconds: ['activity_type', 'task_queue'],
  temporal_activity_schedule_to_start_latency_seconds: ['task_queue'],
  temporal_workflow_task_schedule_to_start_latency_seconds: ['task_queue'],
};

/** A counter that shows only once a workflow task has failed. */
export const SDK_FAILURES: Record<string, string[]> = {
  temporal_workflow_task_execution_failed_total: ['workflow_type', 'task_queue'],
};
