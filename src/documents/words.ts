import { DateTime } from 'luxon';
import { SHOWN_TIME_ZONE, type Instant } from '../incident/instant.ts';

/** 2026年3月4日9时20分. What is no time stays as it was written. */
export const timeInWords = (instant: Instant): string => shown(instant, 'yyyy年M月d日H时mm分');

/** 2026年3月4日 */
export const dateInWords = (instant: Instant): string => shown(instant, 'yyyy年M月d日');

/** The year in China, which numbers are counted by. */
export const yearOf = (instant: Instant): number => at(instant).year;

const at = (instant: Instant) => DateTime.fromISO(instant, { zone: SHOWN_TIME_ZONE });
const shown = (instant: Instant, format: string): string =>
  at(instant).isValid ? at(instant).toFormat(format) : instant;

export const CORRECTION_TYPE: Record<string, string> = {
  publicSurveillance: '管制',
  suspendedSentence: '缓刑',
  parole: '假释',
  servingOutsidePrison: '暂予监外执行',
};

export const SAFETY_WORDS: Record<string, string> = {
  safe: '安全',
  needsHelp: '需要救助',
  missing: '失去联系',
  injured: '受伤',
  dead: '死亡',
};

export const OUTCOME_WORDS: Record<string, string> = {
  complies: '已找到并服从管理',
  outOfSupervision: '脱管',
  inCustody: '已被羁押',
  controlled: '已控制',
  injured: '受伤',
  dead: '死亡',
  notInvolved: '与事件无关',
};

const NUMERALS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** 一 to 九十九. */
export function inChinese(nr: number): string {
  if (nr <= 10) return NUMERALS[nr] ?? String(nr);
  if (nr >= 100) return String(nr);
  const [tens, ones] = [Math.floor(nr / 10), nr % 10];
  return `${tens > 1 ? NUMERALS[tens] : ''}十${ones > 0 ? NUMERALS[ones] : ''}`;
}
