import { expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { harmless } from './logger.ts';

test('of a failed activity its kind is kept, and nothing that it says', () => {
  const error = ApplicationFailure.create({ message: '测试甲 at 000-1', type: 'SendFailed' });
  const kept = harmless({
    message: 'Activity failed\n测试甲',
    meta: { workflowId: 'incident-1', activityType: 'send', error, input: ['测试甲'], taskToken: 'x' },
  });
  expect(kept).toEqual({
    message: 'Activity failed',
    fields: { workflowId: 'incident-1', activityType: 'send', error: 'SendFailed' },
  });
});
