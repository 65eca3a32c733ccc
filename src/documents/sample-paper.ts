import type { Issue, Paper } from './paper.ts';

/** A paper for tests; everybody in it is fictional. */
export const samplePaper = (more: Partial<Paper> = {}): Paper => ({
  form: 'letter',
  issuer: '演示旗司法局',
  urgency: null,
  title: '关于书面通知查找未果情况的函',
  addressee: '甲镇派出所',
  blocks: [
    { kind: 'p', text: '2026年3月4日9时20分，甲镇司法所发现测试人甲失去联系，查找未果。' },
    { kind: 'h1', text: '一、基本情况' },
    { kind: 'h2', text: '（一）人员情况' },
    { kind: 'h3', text: '1. 已采取的措施' },
    { kind: 'h4', text: '（1）通信联络' },
  ],
  annexes: [],
  signature: '演示旗司法局',
  sealed: true,
  copies: [],
  drill: false,
  ...more,
});

export const SIGNED: Issue = {
  number: '演司矫函〔2026〕3号',
  date: '2026年3月4日',
  signer: '演示副局长',
  stamp: null,
};
