import type { CODED_BRANCHES } from './part.ts';

/** A stage that our code opens, so that a plan has to describe it or may leave it out. */
export interface CodedStage {
  stage: string;
  /** Where the sample plan has it, and what it is called there. */
  clause: string;
  name: string;
  /** Left out of a plan it is skipped. */
  optional: boolean;
  /** Outcomes that the code records or decides by; other outcomes are the plan's affair. */
  ends: readonly string[];
  /** The same for outcomes with which the stage stays open. */
  continues: readonly string[];
}

type Outcomes = Partial<Pick<CodedStage, 'ends' | 'continues'>>;

const required = (
  stage: string,
  clause: string,
  name: string,
  { ends = [], continues = [] }: Outcomes = {},
): CodedStage => ({ stage, clause, name, optional: false, ends, continues });

const optional = (...stage: Parameters<typeof required>): CodedStage => ({
  ...required(...stage),
  optional: true,
});

const FOUND = ['foundComplies', 'foundRefuses', 'inCustody', 'foundDead'];

/** The section of the plan a stage stands in: a coded branch, or one of the two that come with every branch. */
export type CodedSection = (typeof CODED_BRANCHES)[number] | 'firstResponse' | 'shared';

/** What our code opens, by section. */
export const CODED_STAGES: Record<CodedSection, readonly CodedStage[]> = {
  firstResponse: [
    required('initialResponse', '四', '先期处置', {
      ends: ['controlled', 'notControllable'],
      continues: ['underway'],
    }),
    optional('activationReport', '四', '先期处置不能控制的报告', { ends: ['reported'] }),
    optional('activationRequest', '四', '报请启动预案', { ends: ['filed'] }),
    optional('activationDecision', '四', '决定是否启动预案', { ends: ['activated', 'notActivated'] }),
    optional('townshipResponse', '四', '实施应急处置', { ends: ['carriedOut'] }),
    optional('chooseLevel', '突发事件应对法 71', '确定响应级别'),
  ],
  triage: [required('chooseBranch', '二、四', '选定处置程序', { ends: ['chosen'] })],
  abscondingSearch: [
    required('search', '四（一）', '查找', {
      ends: [...FOUND, 'searchFailed'],
      continues: ['stillSearching'],
    }),
    optional('reportTownship', '四（一）', '向指挥小组报告'),
    optional('reportLeadingGroup', '四（一）', '向领导小组办公室报告'),
    optional('policePhone', '四（一）', '电话告知派出所', { ends: ['told'] }),
    optional('signNotice', '四（一）', '签发书面通知', { ends: ['signed'] }),
    required('policeNotice', '四（一）', '书面通知派出所', { ends: ['delivered'] }),
    required('jointSearch', '四（一）', '配合协助继续查找', { ends: FOUND, continues: ['continuing'] }),
    required('recallNotice', '四（一）', '撤回书面通知', { ends: ['delivered'] }),
    required('tellFound', '四（一）', '告知各方已找到', { ends: ['told'] }),
    optional('handleRefusal', '四（一）', '找到后拒不服从的处理', { ends: ['handled'] }),
  ],
  riskSigns: [
    optional('reportTownship', '四（二）', '向指挥小组报告'),
    optional('reportLeadingGroup', '四（二）', '向领导小组办公室报告'),
    required('learnFacts', '四（二）', '了解情况'),
    required('counselling', '四（二）', '教育疏导'),
    required('conflictResolution', '四（二）', '化解矛盾', { ends: ['resolved'], continues: ['continuing'] }),
    required('closeMonitoring', '四（二）', '重点监控', {
      ends: ['lifted'],
      continues: ['checked', 'threatNamed'],
    }),
  ],
  violentAct: [
    required('policeCall', '四（三）', '报警', { ends: ['called'] }),
    optional('reportTownship', '四（三）', '向指挥小组报告'),
    optional('reportLeadingGroup', '四（三）', '向领导小组办公室报告'),
    required('departure', '四（三）', '前往现场', { ends: ['departed'] }),
    required('scene', '四（三）', '到达现场', { ends: ['arrived'] }),
    required('control', '四（三）', '控制事态', { ends: ['controlled', 'injured', 'dead'] }),
    required('elementsReport', '四（三）', '六要素报告', { ends: ['reported'] }),
    required('followUp', '四（三）', '续报', { ends: ['finished'], continues: ['followedUp'] }),
    required('cooperation', '四（三）', '配合公安机关', { ends: ['cooperated'] }),
  ],
  disasterImpact: [
    optional('reportCommandGroup', '四（四）', '向指挥小组报告'),
    required('roster', '四（四）', '逐人核实平安', { ends: ['accounted'], continues: ['checked'] }),
    required('relief', '四（四）', '参加应急救助', { ends: ['relieved'] }),
    required('steadyMinds', '四（四）', '稳定思想', { ends: ['steadied'] }),
    required('reportLeadingGroup', '四（四）', '向领导小组办公室报告', { ends: ['reported'] }),
    required('contactPolice', '四（四）', '联系公安等部门', { ends: ['contacted'] }),
  ],
  aftermath: [
    required('investigationReport', '六（一）', '调查报告', { ends: ['submitted'] }),
    optional('finalReport', '六（一）', '终报'),
    optional('commendAndSanction', '六（二）', '奖惩', { ends: ['concluded'] }),
    optional('correctiveReview', '六（一）', '整改回头看'),
    required('correctiveAction', '六（一）', '整改事项', { ends: ['corrected'] }),
    optional('correctiveActionClosed', '六（一）', '整改销号', { ends: ['confirmed', 'returned'] }),
    optional('commendation', '六（二）', '表彰奖励'),
    optional('sanction', '六（二）', '责任追究'),
    optional('transfer', '六（二）', '移交司法机关'),
  ],
  shared: [
    required('proposeClosing', '六（一）', '提出结案', { ends: ['proposed'] }),
    required('approveClosing', '六（一）', '批准结案', { ends: ['approved', 'refused'] }),
    optional('writtenReport', '四', '书面报告', { ends: ['sent'] }),
    optional('reportReceipt', '四', '报告签收', { ends: ['received'] }),
    optional('leaderInstruction', '四', '落实批示', { ends: ['carriedOut'] }),
  ],
};

/**
 * Duties about paper that is owed, sent or answered: each stands as often as there are reports and instructions, and neither a
 * switch of branch nor the end of the response is an answer to it.
 */
export const GOES_ON: readonly string[] = ['writtenReport', 'reportReceipt', 'leaderInstruction'];

/** Stages that one act alone may end: the choice of a branch, and the two of a closing. */
export const ENDED_BY_THEIR_ACT: readonly string[] = ['chooseBranch', 'proposeClosing', 'approveClosing'];

/** The code's stages of a section; none for a branch that the plan describes altogether. */
export const codedStages = (section: string): readonly CodedStage[] =>
  Object.hasOwn(CODED_STAGES, section) ? CODED_STAGES[section as CodedSection] : [];
