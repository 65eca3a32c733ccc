import { gunzipSync } from 'node:zlib';

/** A way in which text can stand in bytes. */
type Form = (text: string) => string[];

const escaped = (text: string, digits: (code: string) => string): string =>
  Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
    .map((code) =>
      code < 0x80 ? String.fromCharCode(code) : `\\u${digits(code.toString(16).padStart(4, '0'))}`,
    )
    .join('');

/** Base64 of something that holds `bytes`: its inner characters, for each of the three places it can begin at. */
const base64Of = (bytes: Buffer, encoding: 'base64' | 'base64url'): string[] =>
  [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString(encoding)
      .replace(/=+$/, '');
    // The first and the last characters depend on what stands before and behind.
    return whole.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  });

const FORMS: Record<string, Form> = {
  utf8: (text) => [text],
  'JSON escapes': (text) => [escaped(text, (code) => code), escaped(text, (code) => code.toUpperCase())],
  percent: (text) => [encodeURIComponent(text)],
  hex: (text) => [Buffer.from(text).toString('hex'), Buffer.from(text).toString('hex').toUpperCase()],
  base64: (text) => base64Of(Buffer.from(text), 'base64'),
  base64url: (text) => base64Of(Buffer.from(text), 'base64url'),
};

/** The forms in which `text` stands in `bytes`, also within a gzip stream that `bytes` is. Empty: nowhere. */
export function tracesOf(text: string, bytes: Buffer): string[] {
  const content = ungzipped(bytes);
  const found = Object.entries(FORMS)
    .filter(([, form]) => form(text).some((written) => content.includes(written)))
    .map(([name]) => name);
  return content.includes(Buffer.from(text, 'utf16le')) ? [...found, 'utf16'] : found;
}

function ungzipped(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch {
    return bytes; // it only began like one
  }
}
