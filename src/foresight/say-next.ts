import { DateTime } from 'luxon';
import { SHOWN_TIME_ZONE, type Instant } from '../incident/instant.ts';
import type { NextTelling } from '../incident/state.ts';
import { keyInWords, type Said } from './say.ts';

/** Who is told next if nobody acts: `14:32 未确认 → 旗领导小组办公室`. */
export function sayNext({ at, line, stageId, stageName, partyName }: NextTelling, now: Instant): Said {
  const time = clock(at, now);
  const { zh, en } = whyOf(line);
  return {
    zh: `${time} ${stageName}${zh} → ${partyName}`,
    en: `${time} ${keyInWords(stageId.replace(/^\d+\./, ''))} ${en} → ${partyName}`,
  };
}

function whyOf(line: string): Said {
  if (line === 'overdue') return { zh: '到期', en: 'due' };
  if (/:overdue\d*$/.test(line)) return { zh: '超期未完成', en: 'overdue' };
  if (line.endsWith(':remind')) return { zh: '再次提醒', en: 'reminder' };
  return { zh: '未确认', en: 'not confirmed' };
}

/** The time of today; with its date on another day. */
function clock(at: Instant, now: Instant): string {
  const [then, today] = [at, now].map((each) => DateTime.fromISO(each, { zone: SHOWN_TIME_ZONE }));
  return then!.toFormat(then!.hasSame(today!, 'day') ? 'HH:mm' : 'MM-dd HH:mm');
}
