import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Puts an error's message and stack trace into a payload, so that the codec encrypts them too: an error can quote what it
 * failed on. `ApplicationFailure.type` stays in clear, so types are fixed words.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
