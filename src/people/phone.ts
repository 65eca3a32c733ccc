/** A number in mainland China as it is dialled from anywhere, e.g. `+8613800000000`, and the extension behind a switchboard. */
export interface Phone {
  number: string;
  extension: string | null;
}

const MOBILE = /^1[3-9]\d{9}$/;
/** Area code, then the number of a fixed line, then its extension. */
const FIXED = /^0?((?:10|2\d|[3-9]\d{2})[2-9]\d{6,7})(?:(?:转|ext\.?|x|#)(\d{1,6}))?$/i;

/**
 * Reads a number however it was written: `+86`, spaces, hyphens, brackets, full-width digits, 转 for an extension (a third
 * hyphenated group of a fixed line is one, too). Null when nobody could dial it from another place.
 */
export function readPhone(written: string): Phone | null {
  const text = written.normalize('NFKC').trim();
  const mobile = plain(text);
  if (MOBILE.test(mobile)) return { number: `+86${mobile}`, extension: null };
  const line = plain(withExtension(text));
  const fixed = FIXED.exec(line);
  const isLocal = fixed && !line.startsWith('0') && !/^(\+|00)/.test(text);
  return fixed && !isLocal ? { number: `+86${fixed[1]!}`, extension: fixed[2] ?? null } : null;
}

/** Without what only groups digits, and without the country. */
const plain = (text: string): string => text.replace(/[\s()-]/g, '').replace(/^(\+|00)86/, '');

/** `0477-1234567-801` and `0477 1234567 801` are written with 转. */
const withExtension = (text: string): string => text.replace(/(\d{7,8})[\s-]+(\d{1,6})$/, '$1转$2');
