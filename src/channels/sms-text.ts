import type { Notice } from '../incident/notice.ts';
import type { TemplateValues } from './channel.ts';
import { headline, showsLimit, whatItIs, type NoticeMailOptions } from './notice-text.ts';
import { smsParts } from './sms-parts.ts';
import { clockInWords, incidentName } from './words.ts';

export interface NoticeSmsOptions extends NoticeMailOptions {
  /** The approved signature that a text begins with, without its brackets; null where the gateway puts one. */
  signature?: string | null;
}

/** More is billed thrice, and arrives in pieces on a bad line. */
const MOST_PARTS = 2;

/** A duty of fewer characters says nothing. */
const SHORTEST_DUTY = 8;

/** What the providers admit as a value of a template. */
const LONGEST_VALUE = 35;

/**
 * A notice as a text message: what a mail's subject says, the duty, call-back number and link; nothing of any person (rules of
 * care, 2), to an outside party no limit (rules of care, 6). At most two parts where the link allows: the duty is cut to fit,
 * then the limit goes; the number to call and the link stay whole. `values` are the same facts for approved templates.
 */
export function noticeSms(
  notice: Notice,
  options: NoticeSmsOptions,
): { text: string; values: TemplateValues } {
  return { text: fitting(notice, options), values: templateValues(notice, options) };
}

function fitting(notice: Notice, options: NoticeSmsOptions): string {
  const longest = [...notice.duty].length;
  const shortest = Math.min(SHORTEST_DUTY, longest);
  const textOf = (length: number, limit: string): string =>
    compose(notice, options, cut(notice.duty, length), limit);
  const fits = (text: string): boolean => smsParts(text) <= MOST_PARTS;

  const limit = [limitOf(notice, options), ''].find((said) => fits(textOf(shortest, said))) ?? null;
  if (limit === null) return textOf(shortest, '');
  for (let length = longest; length > shortest; length -= 1) {
    const text = textOf(length, limit);
    if (fits(text)) return text;
  }
  return textOf(shortest, limit);
}

function compose(notice: Notice, options: NoticeSmsOptions, duty: string, limit: string): string {
  const { number, signature = '烽火', callBack, receiptUrl } = options;
  return [
    signature === null ? '' : `【${signature}】`,
    `${headline(notice, number)}。${whatItIs(notice)}：${duty}。${limit}`,
    // The link stands last, behind a space: phones take what touches it for a part of it.
    receiptUrl === null ? `请拨打 ${callBack} 确认收到` : `电话 ${callBack} 确认收到 ${receiptUrl}`,
  ].join('');
}

const limitOf = (notice: Notice, { timeZone }: NoticeSmsOptions): string =>
  showsLimit(notice) && notice.dueAt !== null ? `本局时限${clockInWords(notice.dueAt, timeZone)}。` : '';

const templateValues = (
  notice: Notice,
  { number, callBack, receiptUrl }: NoticeSmsOptions,
): TemplateValues => ({
  number: incidentName(number, notice.incidentId),
  urgency: `${notice.drill ? '演练' : ''}${notice.urgency}`,
  duty: cut(notice.duty, LONGEST_VALUE),
  phone: callBack,
  link: receiptUrl?.split(/\/[rs]\//)[1] ?? '',
});

/** At most `length` characters, an ellipsis included where something was cut. */
function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
