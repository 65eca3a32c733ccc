import { z } from 'zod';
import { LIMIT_FORM, parseLimit } from './limit.ts';

/** A text field that has to pass a test. The messages say what is wrong and what is expected, never the value itself. */
export const fitting = (test: (text: string) => boolean, problem: string, expected: string) =>
  z.string().refine(test, { error: expected, params: { problem } });

/** One line of text: not empty, at most 500 characters, without control characters (it may become a mail's subject). */
export const line = fitting(
  (text) => text.trim() !== '' && text.length <= 500 && !/\p{Cc}/u.test(text),
  'is empty, too long, or more than one line',
  'one line of 1 to 500 characters',
);

/** A key within a file. It becomes part of message keys and stage ids, which split at other characters. */
export const key = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, {
  error: 'a small letter, then up to 39 letters or digits, e.g. policeStation',
});

/** An id of a file or of something in it: small letters, digits and hyphens. */
export const slug = fitting(
  (text) => /^[a-z][a-z0-9-]{0,39}$/.test(text),
  'is no id',
  'a small letter, then up to 39 small letters, digits or hyphens',
);

/** An ISO 8601 duration, read into a limit. */
export const limit = z.string().transform((iso, ctx) => {
  try {
    return parseLimit(iso);
  } catch (error) {
    const problem = `"${iso.slice(0, 40)}" ${(error as RangeError).message}`;
    ctx.addIssue({ code: 'custom', message: LIMIT_FORM, params: { problem } });
    return z.NEVER;
  }
});
