import { readConfig } from '../config.ts';
import { type Instant, toInstant } from '../incident/instant.ts';
import type { MethodName } from '../people/methods.ts';
import { instantAt } from '../people/watch.ts';

/** Options that the roster's commands share: the rosters that stand unless a file is named, from now unless told otherwise. */
export const rosterOptions = (days: string) =>
  ({
    organisation: { type: 'string' },
    from: { type: 'string' },
    days: { type: 'string', default: days },
  }) as const;

/** The same for the server; it has 00:00 for a date, as {@link windowOf} has. */
export const queryOf = ({ from, days }: { from?: string; days: string }): URLSearchParams =>
  new URLSearchParams({ ...(from === undefined ? {} : { from }), days });

/** From when and how many days to look. Throws when they cannot be meant. */
export function windowOf({ from, days }: { from?: string; days: string }): { from: Instant; days: number } {
  if (!/^[1-9]\d{0,2}$/.test(days) || Number(days) > 366)
    throw new Error('--days takes a number from 1 to 366');
  return { from: from === undefined ? toInstant(Date.now()) : midnight(from), days: Number(days) };
}

function midnight(date: string): Instant {
  try {
    if (/^20\d\d-\d\d-\d\d$/.test(date)) return instantAt(`${date} 00:00`);
  } catch {
    // A date such as 2026-02-30.
  }
  throw new Error('--from takes a date such as 2026-10-01');
}

/** The methods that the settings here have channels for. */
export function servedHere(): MethodName[] {
  const { SMS_PROVIDER: sms, VOICE_PROVIDER: voice } = readConfig(process.env);
  return [
    'inApp',
    ...(sms === 'none' ? [] : ['sms' as const]),
    ...(voice === 'none' ? [] : ['voice' as const]),
    'email',
  ];
}
