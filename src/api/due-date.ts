import { toMs } from '../incident/instant.ts';
import { Problem } from './problem.ts';

const TEN_YEARS_MS = 3_653 * 24 * 60 * 60_000;

/** Whether something can be due at this instant. Throws 422 `DUE_DATE_UNUSABLE`. */
export function mustBeToCome(dueAt: string): void {
  const left = toMs(dueAt) - Date.now();
  if (left > 0 && left < TEN_YEARS_MS) return;
  throw new Problem({
    status: 422,
    code: 'DUE_DATE_UNUSABLE',
    title: '完成期限须在今后十年之内',
    detail: 'Send an instant to come, within ten years.',
  });
}
