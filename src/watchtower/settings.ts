import { z } from 'zod';

const httpUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'an http(s) address such as https://watch.example',
  );
const address = /^[^\s@<>,;]+@[^\s@<>,;]+$/;

/**
 * The dead-man's switch. Its route is apart from that of notices, on purpose: what silences these must not silence word of it.
 * Nothing but a log line is said where no route is set.
 */
export const watchSettings = {
  /** Seconds between two beats, and without one after which nothing is taken to be processed. */
  WATCH_BEAT_SECONDS: z.coerce.number('seconds from 1 to 600').int().min(1).max(600).default(60),
  WATCH_AFTER_SECONDS: z.coerce.number('seconds from 3 to 3600').int().min(3).max(3_600).default(180),
  /** Another mail server than `SMTP_URL`'s, sender and receivers (comma separated). */
  WATCH_SMTP_URL: z
    .string()
    .refine(
      (text) => URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol),
      'an smtp:// or smtps:// address',
    )
    .optional(),
  WATCH_MAIL_FROM: z.string().regex(address, 'one address').default('fenghuo-watch@example.invalid'),
  WATCH_MAIL_TO: z
    .string()
    .refine((text) => text.split(',').every((one) => address.test(one.trim())), 'addresses, comma separated')
    .optional(),
  /** Webhooks of a group of administrators, keys included, and what they are signed with. */
  WATCH_ROBOT_WECOM_WEBHOOK: httpUrl.optional(),
  WATCH_ROBOT_DINGTALK_WEBHOOK: httpUrl.optional(),
  WATCH_ROBOT_DINGTALK_SECRET: z.string().min(1).optional(),
  WATCH_ROBOT_FEISHU_WEBHOOK: httpUrl.optional(),
  WATCH_ROBOT_FEISHU_SECRET: z.string().min(1).optional(),
  /** Asked (GET) while everything is processed, and not else: a service elsewhere misses it when this whole site is gone. */
  WATCH_PING_URL: httpUrl.optional(),
};

export type WatchSettings = z.infer<z.ZodObject<typeof watchSettings>>;

/** What does not fit together. */
export function badWatchSettings(given: Record<string, string | undefined>) {
  const { WATCH_SMTP_URL: url, WATCH_MAIL_TO: to } = given;
  const beat = Number(given['WATCH_BEAT_SECONDS'] ?? 60);
  const after = Number(given['WATCH_AFTER_SECONDS'] ?? 180);
  return [
    ...(url && !to ? [{ name: 'WATCH_MAIL_TO', expected: 'must be set, since WATCH_SMTP_URL is set' }] : []),
    ...(to && !url ? [{ name: 'WATCH_SMTP_URL', expected: 'must be set, since WATCH_MAIL_TO is set' }] : []),
    ...(after < 2 * beat
      ? [{ name: 'WATCH_AFTER_SECONDS', expected: `at least twice WATCH_BEAT_SECONDS, ${2 * beat}` }]
      : []),
  ];
}
