import { twins } from '../words/words.tsx';

/** The words of one's duties. */
export const DUTIES = twins(
  {
    title: '我的职责',
    mine: '由我承担',
    others: '本单位和已知悉的',
    none: '目前没有由您承担的职责。',
    noOthers: '没有其他职责。',
    noPerson: '此账号不是组织中的人员，没有职责。',
    held: { takenOver: '我已接管', onDuty: '我当班', ofMyBody: '本单位', told: '知悉' } as Record<
      string,
      string
    >,
    heldBy: (name: string) => `${name} 承担`,
    receipt: {
      declined: (time: string) => `${time} 已答无法处理`,
      arrived: (time: string) => `${time} 已到场`,
      acknowledged: (time: string) => `${time} 已确认收到`,
      sent: (time: string) => `${time} 已通知，尚未确认收到`,
      none: '尚未通知',
    },
    record: '记录结果',
    open: '打开事件',
    done: (title: string, time: string) => `${time} 已记录：${title}`,
    drill: '演练',
    numberSoon: '编号分配中',
  },
  {
    title: 'My duties',
    mine: 'Mine to do',
    others: "My body's, and what I was told of",
    none: 'You hold no duty at the moment.',
    noOthers: 'No others.',
    noPerson: 'This account is no person of the organisation: it holds no duties.',
    held: {
      takenOver: 'taken over by me',
      onDuty: 'I am on duty',
      ofMyBody: 'my body',
      told: 'told',
    } as Record<string, string>,
    heldBy: (name: string) => `duty of ${name}`,
    receipt: {
      declined: (time: string) => `answered at ${time}: cannot handle`,
      arrived: (time: string) => `arrived ${time}`,
      acknowledged: (time: string) => `confirmed ${time}`,
      sent: (time: string) => `told ${time}, not confirmed yet`,
      none: 'not told yet',
    },
    record: 'Record the outcome',
    open: 'Open the incident',
    done: (title: string, time: string) => `Recorded at ${time}: ${title}`,
    drill: 'Drill',
    numberSoon: 'Number pending',
  },
);
