import { parseMessageKey, type MessageKey, type MessagePlace } from '../../src/incident/ids.ts';
import type { SinkMessage } from './smtp.ts';

/** What a mail is about, read from its receipt link as anybody could: the link is signed, not secret. */
export interface MailedNotice extends MessagePlace {
  key: MessageKey;
  person: string;
}

/** The one link of a notice's mail. */
export function receiptLink(mail: SinkMessage): string {
  const link = /https?:\/\/\S+\/r\/\S+/.exec(mail.text)?.[0];
  if (!link) throw new Error(`no receipt link in the mail "${mail.subject}"`);
  return link;
}

export function noticeIn(mail: SinkMessage): MailedNotice {
  const claims = receiptLink(mail).split('/r/')[1]!.split('.')[1]!;
  const { key, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
    key: MessageKey;
    sub: string;
  };
  return { ...parseMessageKey(key)!, key, person: sub };
}

/** The mail address of a person of the sample organisation. */
export const addressOf = (person: string): string => `${person}@example.invalid`;

/** Some of a notice's members. */
export type WantedNotice = Partial<Record<keyof MailedNotice, string | number>>;

/** Fits the mails that hold all of this; for {@link Smtp.nextMessage} and filters. */
export const about =
  (wanted: WantedNotice) =>
  (mail: SinkMessage): boolean => {
    const notice = noticeIn(mail);
    return Object.entries(wanted).every(([name, value]) => notice[name as keyof MailedNotice] === value);
  };
