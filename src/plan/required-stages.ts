import type { BranchKey } from './part.ts';

/** A stage that the code of a branch opens, so that a plan has to describe it. */
export interface RequiredStage {
  stage: string;
  /** Where the sample plan has it, and what it is called there. */
  clause: string;
  name: string;
  /** Outcomes that the code itself records or decides by; other outcomes are the plan's affair. */
  outcomes: readonly string[];
}

const required = (stage: string, clause: string, name: string, ...outcomes: string[]): RequiredStage => ({
  stage,
  clause,
  name,
  outcomes,
});

/** What each coded branch opens; `shared` are the stages that all branches have. */
export const REQUIRED_STAGES: Record<BranchKey | 'shared', readonly RequiredStage[]> = {
  triage: [required('chooseBranch', '二、四', '选定处置程序', 'chosen')],
  riskSigns: [
    required('reportTownship', '四（二）', '向指挥小组报告'),
    required('reportLeadingGroup', '四（二）', '向领导小组办公室报告'),
    required('learnFacts', '四（二）', '了解情况'),
    required('counselling', '四（二）', '教育疏导'),
    required('conflictResolution', '四（二）', '化解矛盾'),
    required('closeMonitoring', '四（二）', '重点监控'),
  ],
  violentAct: [
    required('policeCall', '四（三）', '报警'),
    required('reportTownship', '四（三）', '向指挥小组报告'),
    required('reportLeadingGroup', '四（三）', '向领导小组办公室报告'),
    required('scene', '四（三）', '赶赴现场'),
    required('control', '四（三）', '控制事态'),
    required('elementsReport', '四（三）', '六要素报告'),
  ],
  shared: [
    required('proposeClosing', '六（一）', '提出结案', 'proposed'),
    required('approveClosing', '六（一）', '批准结案', 'approved', 'refused'),
  ],
};
