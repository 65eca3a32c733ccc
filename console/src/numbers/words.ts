import { twins } from '../words/words.tsx';

export const TIMES = ['firstReceipt', 'arrival', 'responseEnded', 'closed'] as const;

export const NUMBERS = twins(
  {
    title: '统计',
    download: '导出',
    real: '实际事件',
    drills: '演练',
    all: '合计',
    office: '司法所',
    incidents: '件数',
    overdue: '曾超期的环节',
    none: '没有超期的环节。',
    overdueNote: '超期次数 / 启动次数。超期仅为时限提示，不作责任认定。',
    times: {
      firstReceipt: '接报至首次确认：中位 / 90%（件）',
      arrival: '接报至到场',
      responseEnded: '接报至处置结束',
      closed: '接报至办结',
    },
  },
  {
    title: 'Numbers',
    download: 'Export',
    real: 'Incidents',
    drills: 'Drills',
    all: 'All',
    office: 'Office',
    incidents: 'Incidents',
    overdue: 'Duties that were overdue',
    none: 'None was overdue.',
    overdueNote: 'Overdue / opened. A limit that passed is no finding of neglect.',
    times: {
      firstReceipt: 'To first receipt: median / 90 % (count)',
      arrival: 'To arrival',
      responseEnded: 'To end of response',
      closed: 'To close',
    },
  },
);
