/**
 * The server's clock, as far as its answers tell it: a phone may be hours wrong, a countdown must not be. `Date` headers have
 * whole seconds, so does this.
 */
let ahead = 0;

/** How far off this device's clock may be before it is corrected: below this it is the header's rounding and the way. */
const TOLERATED_MS = 3_000;

export function noteServerTime(date: string | null): void {
  const at = Date.parse(date ?? '');
  if (Number.isNaN(at)) return;
  const off = at - Date.now();
  ahead = Math.abs(off) > TOLERATED_MS ? off : 0;
}

/** Milliseconds since 1970 by the server's clock. */
export const serverNow = (): number => Date.now() + ahead;
