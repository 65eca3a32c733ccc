import type { Notice } from '../incident/notice.ts';
import { whatItIs, type NoticeMailOptions } from './notice-text.ts';
import { incidentName } from './words.ts';

/**
 * A notice to be read aloud over the phone: urgency, incident, duty, whom to call back; nothing of any person and no limit,
 * since anybody may pick up. Latin letters and digits stand apart so that they are read one by one.
 */
export function noticeVoice(notice: Notice, { number, callBack }: NoticeMailOptions): string {
  const drill = notice.drill ? '这是演练，不是真实情况。' : '';
  const unconfirmed = notice.automatic ? '本项由系统自动开出，未经人工确认。' : '';
  return [
    `您好，这里是烽火应急处置系统。${drill}${notice.urgency}通知。`,
    `事件${spelt(incidentName(number, notice.incidentId))}，${notice.stageName}。${unconfirmed}`,
    notice.superseded ? '本项已终止，仅供知悉。' : `${whatItIs(notice)}：${notice.duty}。`,
    `请确认收到，回电${spelt(callBack)}。${drill}`,
  ].join('');
}

const spelt = (code: string): string =>
  code
    .replace(/[-\s]+/g, '，')
    .replace(/[A-Za-z0-9]/g, '$& ')
    .trimEnd();
