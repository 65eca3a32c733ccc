import { z } from 'zod';

/** What can be answered by link: 已收到, 已到场, and by our own parties 无法处理. */
export const ANSWERS = ['received', 'arrived', 'declined'] as const;
export type Answer = (typeof ANSWERS)[number];

/** Longest note, in characters as people count them. */
export const NOTE_LENGTH = 500;

export interface PostedAnswer {
  answer: Answer;
  /** Null where nothing was written. */
  note: string | null;
  /** More was written than is kept. */
  cut: boolean;
}

const posted = z.object({
  answer: z.enum(ANSWERS).default('received'),
  note: z.string().default(''),
});

/**
 * What a receipt page's form has posted; null when no page of ours posts such. A bare POST means 已收到. A note that is too long
 * is cut: an answer is never refused for its words.
 */
export function readAnswer(body: unknown): PostedAnswer | null {
  const { data } = posted.safeParse({ ...(body as object | null | undefined) });
  if (!data) return null;
  const characters = [...data.note.replaceAll('\r\n', '\n').replaceAll('\0', '').trim()];
  const note = characters.slice(0, NOTE_LENGTH).join('').trim();
  return { answer: data.answer, note: note || null, cut: characters.length > NOTE_LENGTH };
}
