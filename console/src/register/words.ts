import { twins } from '../words/words.tsx';

export const REGISTER = twins(
  {
    ...{ title: '台账', download: '下载 .xlsx', preview: '前几件（最新在前）' },
    reason: '含身份信息的理由（将记录；留空则不含）',
    none: '所选期间没有事件。',
    head: [
      ...['编号', '司法所', '条款', '环节', '责任单位', '对象', '发生', '发现', '报送', '对方确认'],
      '时限来源',
    ],
    clocks: { plan: '预案', statutory: '法定', local: '本局' },
  },
  {
    ...{ title: 'Register', download: 'Download .xlsx', preview: 'The first lines, newest first' },
    reason: 'Reason for identities (logged; left empty: none in it)',
    none: 'No incidents in this period.',
    head: [
      ...['Number', 'Office', 'Clause', 'Stage', 'Actor', 'Recipient', 'Occurred', 'Discovered', 'Reported'],
      ...['Received', 'Clock'],
    ],
    clocks: { plan: 'plan', statutory: 'statutory', local: 'local' },
  },
);
