import { v4 } from 'uuid';

/**
 * A key under which one thing is said once. Not `crypto.randomUUID`: browsers have that over https only, and a bureau's own network
 * may have none.
 */
export const newKey = (): string => v4();
