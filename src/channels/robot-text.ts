import type { Notice } from '../incident/notice.ts';
import { headline, whatItIs, type NoticeMailOptions } from './notice-text.ts';

/**
 * A notice for a group: what a mail's subject says, the duty, the number to call. No receipt link, which is one person's, and
 * nothing of any person (rules of care, 2). A group is the bureau's own: what an outside party is told never goes to one.
 */
export const noticeRobot = (notice: Notice, { number, callBack }: NoticeMailOptions): string =>
  [headline(notice, number), `${whatItIs(notice)}：${notice.duty}`, `联系电话：${callBack}`].join('\n');
