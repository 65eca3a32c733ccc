import type { Channel, OutgoingMessage } from '../channels/channel.ts';
import { priorityOf } from '../channels/alarms-first.ts';
import { noticeMail } from '../channels/notice-text.ts';
import { noticeSms, type NoticeSmsOptions } from '../channels/sms-text.ts';
import { noticeVoice } from '../channels/voice-text.ts';
import { SHOWN_TIME_ZONE } from '../incident/instant.ts';
import type { Notice } from '../incident/notice.ts';
import { METHODS, type MethodName } from '../people/methods.ts';

/** The channels there are, by the method they serve. */
export type Channels = Partial<Record<MethodName, Channel>>;

export const servedBy = (channels: Channels): MethodName[] => METHODS.filter((by) => channels[by]);

/** What a notice says by a channel: a mail in full, a text short enough for a phone, words to be read aloud. */
export function compose(
  by: MethodName,
  notice: Notice,
  place: Omit<NoticeSmsOptions, 'timeZone'>,
): Omit<OutgoingMessage, 'id' | 'to'> {
  return { ...wordsOf(by, notice, { ...place, timeZone: SHOWN_TIME_ZONE }), priority: priorityOf(notice) };
}

function wordsOf(by: MethodName, notice: Notice, options: NoticeSmsOptions) {
  switch (by) {
    case 'inApp':
    case 'email':
      return noticeMail(notice, options);
    case 'sms':
      return noticeSms(notice, options);
    case 'voice':
      return { text: noticeVoice(notice, options), values: noticeSms(notice, options).values };
  }
}
