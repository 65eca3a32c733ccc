import type { Channel } from '../channels/channel.ts';
import { noticeMail, type NoticeMailOptions } from '../channels/notice-text.ts';
import { SHOWN_TIME_ZONE } from '../incident/instant.ts';
import type { Notice } from '../incident/notice.ts';
import { METHODS, type MethodName } from '../people/methods.ts';

/** The channels there are, by the method they serve. */
export type Channels = Partial<Record<MethodName, Channel>>;

export const servedBy = (channels: Channels): MethodName[] => METHODS.filter((by) => channels[by]);

/** What a notice says by a channel: a mail in full, else a text short enough for a phone. */
export function compose(by: MethodName, notice: Notice, place: Omit<NoticeMailOptions, 'timeZone'>) {
  const mail = noticeMail(notice, { ...place, timeZone: SHOWN_TIME_ZONE });
  return by === 'email' ? mail : { ...mail, text: mail.subject };
}
