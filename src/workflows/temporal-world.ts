import {
  ActivityCancellationType,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { NotifyActivities } from '../activities/notify.ts';
import type { Delivery, Notice } from '../incident/notice.ts';
import { now } from './clock.ts';
import type { Sending, World } from './world.ts';

const SENDING: ActivityOptions = {
  startToCloseTimeout: '1m', // all methods of a person after one another, each of which gives up in seconds when it hangs
  heartbeatTimeout: '3s', // a send that died with its worker is tried again soon, not after the minute
  // Tried until accepted, refused for good, or no longer needed: the ladder climbs on its own clock meanwhile.
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
  // A send that is already under way says how it ended.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
};

/** A workflow's world: Temporal's clock and conditions, and an activity that sends. */
export const temporalWorld: World = { now, until: condition, send };

function send(notice: Notice): Sending {
  const scope = new CancellationScope();
  const result = scope
    .run(() => sendActivity(notice))
    .catch((failure: unknown) => {
      // Only a withdrawal ends a send without a result: its failures are retried by the server.
      if (isCancellation(failure) || notice.withdrawn) return null;
      return FAILED;
    });
  return { result, cancel: () => scope.cancel() };
}

/**
 * Under its key for Temporal too: code that would send in another order then does not replay. Under Temporal's own counting
 * it would, each result taken for another message's.
 */
const sendActivity = (notice: Notice): Promise<Delivery> =>
  proxyActivities<NotifyActivities>({ ...SENDING, activityId: notice.key }).send(notice);

const FAILED: Delivery = { result: 'refused', person: null, channel: null, code: 'SEND_FAILED', attempts: 1 };
