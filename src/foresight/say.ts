import { durationInWords } from '../channels/words.ts';
import { planStage } from '../incident/escalation.ts';
import type { PlanPart, PlanStage } from '../plan/part.ts';
import type { Effects } from './effects.ts';

/** A sentence for people: Chinese first, with an English twin. */
export interface Said {
  zh: string;
  en: string;
}

const DIGITS = ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十'];
const count = (n: number): string => DIGITS[n] ?? String(n);

/** A key of the plan as English words: `policeNotice` → `police notice`. The plan itself has Chinese names only. */
export const keyInWords = (key: string): string =>
  key
    .replace(/_(\d+)$/, ' $1')
    .replaceAll(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

/** What an act causes, in a sentence that begins with the act: `记录查找未果 → 同时打开三项职责：…`. */
export function sayEffects(act: Said, plan: PlanPart, effects: Effects): Said {
  const { zh, en } = partsOf(plan, effects);
  return { zh: `${act.zh} → ${zh.join('；')}`, en: `${act.en} → ${en.join('; ')}` };
}

function partsOf(
  plan: PlanPart,
  { continues, opens, ends, branch }: Effects,
): { zh: string[]; en: string[] } {
  if (continues) {
    const within = continues.within;
    return within
      ? {
          zh: [`本项职责继续，${durationInWords(within.iso)}内再次记录`],
          en: [`this duty goes on; the next entry is due within ${durationInWords(within.iso, 'en')}`],
        }
      : { zh: ['本项职责继续，期限未载明'], en: ['this duty goes on, without a stated limit'] };
  }
  const opened = rulesOf(branch ?? plan, opens);
  const ended = rulesOf(plan, ends);
  const zh = [
    ...(branch ? [`转入“${branch.branch.name}”（${branch.branch.clause}）`] : []),
    ...(opened.length
      ? [`${opened.length > 1 ? '同时' : ''}打开${count(opened.length)}项职责：${names(opened)}`]
      : []),
    ...(ended.length ? [`终止${count(ended.length)}项未完成的职责：${names(ended)}`] : []),
  ];
  const en = [
    ...(branch ? [`the incident goes on as ${keyInWords(branch.branch.key)}`] : []),
    ...(opens.length ? [`opens ${duties(opens)}${opens.length > 1 ? ' at once' : ''}: ${keys(opens)}`] : []),
    ...(ends.length ? [`ends ${duties(ends)} not done: ${keys(ends)}`] : []),
  ];
  return zh.length
    ? { zh, en }
    : { zh: ['本项职责完成，不打开其他职责'], en: ['this duty is done; opens no other'] };
}

const rulesOf = (plan: PlanPart, stages: string[]): PlanStage[] =>
  stages.map((name) => planStage(plan, name));
const names = (stages: PlanStage[]): string => stages.map(({ name }) => name).join('、');
const keys = (stages: string[]): string => stages.map(keyInWords).join(', ');
const duties = (stages: string[]): string => (stages.length === 1 ? '1 duty' : `${stages.length} duties`);
