import { DateTime } from 'luxon';
import { type Instant, SHOWN_TIME_ZONE } from '../incident/instant.ts';
import type { GuardCode } from './guard-finding.ts';

/** One sentence for people, in Simplified Chinese and in English. */
export interface GuardText {
  zh: string;
  en: string;
}

/** Names that a text may be given: which of them it takes depends on its code. */
type Names = Partial<Record<string, string>>;

const TEXTS: Record<GuardCode, (names: Names, zh: string, en: string) => GuardText> = {
  gap: ({ body }, zh, en) => ({
    zh: `${body}：${zh}无人值班`,
    en: `${body}: nobody on duty ${en}`,
  }),
  leaderGap: ({ body }, zh, en) => ({
    zh: `${body}：${zh}无带班领导`,
    en: `${body}: no duty leader ${en}`,
  }),
  unreachable: ({ body }, zh, en) => ({
    zh: `${body}：${zh}值班人员没有一种已启用的联系方式，无法通知`,
    en: `${body}: no channel that is set up reaches anybody on duty ${en}`,
  }),
  doubleBooked: ({ body, other, person }, zh, en) => ({
    zh: `${person}：${zh}同时在${body}和${other}值班`,
    en: `${person}: on duty for ${body} and ${other} at once ${en}`,
  }),
  unfilledParty: ({ party, offices }) => ({
    zh: `${party}：${offices}没有可通知的人员`,
    en: `${party}: nobody to tell for ${offices}`,
  }),
  noMethod: ({ body, person }) => ({
    zh: `${body}${person}：没有一种已启用的联系方式，无法通知`,
    en: `${person} of ${body}: no channel that is set up reaches them`,
  }),
  noEmail: ({ body, person }) => ({
    zh: `${body}${person}：没有电子邮箱`,
    en: `${person} of ${body}: no e-mail address`,
  }),
  malformedEmail: ({ body, person }) => ({
    zh: `${body}${person}：电子邮箱格式有误`,
    en: `${person} of ${body}: the e-mail address is none`,
  }),
  noPhone: ({ body, person }) => ({
    zh: `${body}${person}：没有电话号码`,
    en: `${person} of ${body}: no phone number`,
  }),
  malformedPhone: ({ body, person }) => ({
    zh: `${body}${person}：电话号码格式有误`,
    en: `${person} of ${body}: the phone number cannot be dialled from elsewhere`,
  }),
  failingContact: ({ body, person, channel }) => ({
    zh: `${body}${person}：最近连续多次发送失败（${channel}）`,
    en: `${person} of ${body}: the last messages did not arrive (${channel})`,
  }),
  unverifiedContact: ({ body, people }) => ({
    zh: `${body}：以下联系方式从未确认过能够送达：${people}`,
    en: `${body}: never once seen to work: ${people}`,
  }),
  idleSwap: ({ body, person }, zh, en) => ({
    zh: `${body}：${person}${zh}没有值班可换；对方的班次仍按换班执行，请核对`,
    en: `${body}: ${person} has no duty to swap ${en}; the other half of the swap holds: check it`,
  }),
  unknownHolidays: ({ year }) => ({
    zh: `${year}年节假日安排尚未录入，按平日排班`,
    en: `the holidays of ${year} are not known: weekdays are taken for workdays`,
  }),
};

/** A finding in words; never an address or a number, since it goes into logs and mails. */
export function guardText(
  { code, from, to }: { code: GuardCode; from: Instant; to: Instant },
  names: Names,
): GuardText {
  const [start, end] = [from, to].map((at) => DateTime.fromISO(at, { zone: SHOWN_TIME_ZONE }));
  const zh = `${start!.toFormat('M月d日 HH:mm')}至${end!.toFormat('M月d日 HH:mm')}`;
  const en = `from ${start!.toFormat('yyyy-MM-dd HH:mm')} to ${end!.toFormat('yyyy-MM-dd HH:mm')}`;
  return TEXTS[code](names, zh, en);
}
