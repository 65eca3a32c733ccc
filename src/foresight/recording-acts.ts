import { AFTERMATH } from '../plan/part-of.ts';
import { plain, type Act } from './act.ts';
import type { Standing } from './standing.ts';

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
