import { REPORT_ELEMENTS } from '../incident/entry.ts';
import type { Truth } from './scenario.ts';

/** One element of the last report against what the script had happen. `notGiven`: no report said anything of it. */
export interface ElementScore {
  element: (typeof REPORT_ELEMENTS)[number];
  state: 'matches' | 'differs' | 'verifying' | 'notGiven';
  /** Words of the script that the report does not have. */
  without: string[];
}

/** Each element that the script knows, as the last report which named it says it. */
export const reportScore = (truth: Truth, reports: Record<string, string | null>[]): ElementScore[] =>
  REPORT_ELEMENTS.flatMap((element): ElementScore[] => {
    const words = truth[element];
    if (!words) return [];
    const said = reports.findLast((report) => element in report)?.[element];
    if (said === undefined) return [{ element, state: 'notGiven', without: [] }];
    if (said === null) return [{ element, state: 'verifying', without: [] }];
    const without = words.filter((word) => !said.includes(word));
    return [{ element, state: without.length > 0 ? 'differs' : 'matches', without }];
  });
