/** What those who take part are told of a drill itself, beside the duties of its incidents. */
export type DrillTelling = 'begins' | 'scene' | 'ended' | 'replaced' | 'notStarted';

/** What a message about a drill names: no identity, and no scene; those stand behind the sign-in. */
export interface DrillPlace {
  title: string;
  office: string;
  /** The drill incident's number, once it has one. */
  number: string | null;
  scene: number;
  url: string;
}

const MARK = '【演练】';

const SUBJECTS: Record<DrillTelling, (place: DrillPlace) => string> = {
  begins: ({ title }) => `演练开始：${title}`,
  scene: ({ scene }) => `情景注入 ${scene}`,
  ended: ({ title }) => `演练结束：${title}`,
  replaced: () => '演练中止·转入真实处置',
  notStarted: ({ title }) => `演练未开始：${title}`,
};

const TEXTS: Record<DrillTelling, string> = {
  begins: '演练现在开始。请按预案办理收到的每一项职责；不得拨打110、120、119，需要时向导调人口头报告。',
  scene: '有新的情景，请登录查看并按预案继续处置。',
  ended: '演练到此结束，不再有新的通知。请配合评估总结。',
  replaced:
    '现有真实情况需要处置，本次演练立即中止。请停止一切演练动作，转入真实处置；此前收到的演练通知全部作废。',
  notStarted: '本单位有真实突发事件正在处置，或者演练未能按时启动，本次演练不再进行，请另行安排。',
};

/** A message about a drill in words: the mark first, then what is so, then where to look. */
export function drillWords(what: DrillTelling, place: DrillPlace): { subject: string; text: string } {
  const number = place.number ? `（${place.number}）` : '';
  return {
    subject: `${MARK}${SUBJECTS[what](place)}`,
    text: [
      `${MARK}${what === 'replaced' ? '' : '这是演练，不是真实情况。'}`,
      '',
      `${place.office}${number}：${TEXTS[what]}`,
      '',
      ...(what === 'replaced' || what === 'ended'
        ? []
        : ['发生真实情况时，请在演练页面按“真实情况”，演练随即中止，再按平时的方式报告。']),
      place.url,
    ].join('\n'),
  };
}

/** 仅限登录后：a scene as it is read in the console. */
export const sceneWords = (text: string, nr: number): string => `${MARK}情景注入 ${nr}：${text}`;
