import { hasStage } from '../incident/escalation.ts';
import { AFTERMATH } from '../plan/part-of.ts';
import { plain, type Act } from './act.ts';
import type { Standing } from './standing.ts';

/** 六（二）: measures beside corrections, where the plan has them. The competent body decides. */
const ORDERED = [
  { measure: 'commendation', zh: '下达表彰奖励事项', en: 'order a commendation' },
  { measure: 'sanction', zh: '下达责任追究事项', en: 'order a sanction to be submitted' },
  { measure: 'transfer', zh: '下达移交司法机关事项', en: 'order a transfer to justice' },
] as const;
const ordered = {
  zh: '打开一项有责任单位和期限的职责：提请有权机关并记录其决定',
  en: 'opens a duty with an owner and a date: to submit it to the competent body and record its decision',
};

/** What only adds to the record. */
export const recordingActs = (standing: Standing): Act[] => {
  const noted = { zh: '记入时间线；职责和期限不变', en: 'stands in the timeline; duties and limits stay' };
  return [
    plain('calls', 'calls', { zh: '记录通话', en: 'log a call' }, noted),
    plain(
      'receipts',
      'receipts',
      { zh: '代录确认', en: 'register a receipt' },
      {
        zh: '等同链接确认：该对象不再催收，逐级催办停在此处；职责未完成',
        en: 'counts like a receipt by link: its line climbs no further; the duty is not done',
      },
    ),
    plain('facts', 'facts', { zh: '补充或更正情况', en: 'add or correct facts' }, noted),
    plain('subjects', 'subjects', { zh: '增加对象', en: 'add subjects' }, noted),
    plain(
      'subjectStates',
      'subjects/states',
      { zh: '更新对象安全状况', en: "update subjects' safety" },
      noted,
    ),
    plain(
      'knownElsewhere',
      'known-elsewhere',
      { zh: '记录他处知悉', en: 'record who else had known' },
      noted,
    ),
    plain('reports', 'reports', { zh: '报送续报、终报、补报', en: 'record a report' }, noted),
    ...(standing.part.branch.key === AFTERMATH
      ? [
          plain(
            'correctiveAction',
            'corrective-actions',
            { zh: '下达整改事项', en: 'order a corrective action' },
            {
              zh: '打开一项有责任单位和期限的整改职责',
              en: 'opens a duty with an owner and a date of its own',
            },
          ),
          ...ORDERED.filter(({ measure }) => hasStage(standing.part, measure)).map(({ measure, zh, en }) =>
            plain(measure, 'measures', { zh, en }, { ...ordered, body: { measure } }),
          ),
          plain(
            'verifiedFact',
            'verified-facts',
            { zh: '登记核实情况', en: 'record a verified fact' },
            {
              zh: '只告知报告人和其上级，不进入时间线',
              en: 'is shown to whoever reported and their supervisor alone, off the timeline',
            },
          ),
        ]
      : [
          plain(
            'subCase',
            'sub-cases',
            { zh: '另立子案', en: 'open a sub-case' },
            {
              zh: '为所选对象启动独立事件，立即按所选程序通知各方',
              en: 'starts an incident of its own, whose parties are told at once',
            },
          ),
          plain(
            'merge',
            'merge',
            { zh: '并入另一事件', en: 'merge into another incident' },
            {
              zh: '本事件结束，由另一事件继续；未发出的通知撤回',
              en: 'this incident ends, the other goes on; unsent notices are withdrawn',
            },
          ),
        ]),
  ];
};
