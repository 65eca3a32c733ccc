import type { MethodName } from '../people/methods.ts';
import type { LineChange } from './compare.ts';
import type { SimulatedLine, SimulatedWhat } from './lines.ts';

/** What happens in a line, for people. */
export const WHAT: Record<SimulatedWhat, string> = {
  opened: '环节开始',
  overdueNow: '时限已到',
  duty: '告知职责',
  reminder: '再次提醒',
  unconfirmed: '未确认，转告上一级',
  declined: '无法处理，转告上一级',
  overdue: '超期，催问结果',
  overdueAbove: '超期未办，转告上一级',
  phoneOutside: '外部单位未确认，请电话联系',
};

export const SOURCE: Record<SimulatedLine['source'], string> = {
  plan: '预案',
  statutory: '法定',
  local: '本局',
};

export const METHOD: Record<MethodName, string> & Record<string, string> = {
  inApp: '站内',
  sms: '短信',
  voice: '电话',
  email: '邮件',
};

export const CHANGE: Record<LineChange, string> = {
  same: '不变',
  earlier: '提前',
  later: '推迟',
  other: '有变',
  gone: '不再',
  new: '新增',
};
