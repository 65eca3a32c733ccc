import type { ListName } from './names.ts';

interface Columns {
  head: readonly string[];
  /** Shares of the type area's width. */
  widths: readonly number[];
  /** What stands in each column, by its name in the list. */
  names: readonly string[];
}

/** The columns of each list as a table. */
export const TABLES: Record<ListName, Columns> = {
  subjects: {
    head: ['序号', '姓名', '矫正类别', '决定机关', '情况'],
    widths: [1, 2, 2, 4, 2],
    names: ['nr', 'name', 'correctionType', 'decidingAuthority', 'safety'],
  },
  timeline: {
    head: ['序号', '时间', '事项'],
    widths: [1, 3, 7],
    names: ['nr', 'at', 'what'],
  },
  reports: {
    head: ['序号', '报告', '时间', '主要内容'],
    widths: [1, 2, 3, 6],
    names: ['nr', 'name', 'at', 'text'],
  },
  told: {
    head: ['序号', '要素', '内容'],
    widths: [1, 3, 8],
    names: ['nr', 'name', 'value'],
  },
  verifying: {
    head: ['序号', '要素', '核实情况'],
    widths: [1, 3, 8],
    names: ['nr', 'name', 'says'],
  },
  actions: {
    head: ['序号', '整改事项', '责任方', '期限', '状态'],
    widths: [1, 5, 3, 3, 2],
    names: ['nr', 'action', 'owner', 'due', 'state'],
  },
  measures: {
    head: ['序号', '事项', '内容', '责任方', '期限', '状态'],
    widths: [1, 2, 5, 3, 3, 2],
    names: ['nr', 'kind', 'action', 'owner', 'due', 'state'],
  },
  evidence: {
    head: ['序号', '时间', '环节', '证据内容', '台账序号及校验值'],
    widths: [1.4, 3, 3, 5, 3.4],
    names: ['nr', 'at', 'what', 'says', 'hash'],
  },
};
