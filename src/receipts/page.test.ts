import { expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import {
  RECEIPT_CSP, alreadyArrivedPage, alreadyConfirmedPage, alreadyDeclinedPage, arrivedPage, closedPage, confirmPage, confirmedPage,
  declinedPage, expiredPage, forgedPage, notOfferedPage, notRunningPage, reasonNeededPage, revokedPage, stageEndedPage, tryAgainPage,
} from './page.ts'; // prettier-ignore
import type { ConfirmView } from './page.ts';
import type { IncidentId } from '../incident/ids.ts';

const context = { timeZone: 'Asia/Shanghai', callBack: '0000-0000110 转 8' };
const view: ConfirmView = {
  ...context,
  drill: false,
  number: 'WS-2026-0001',
  incidentId: 'b1c2d3e4-0000-4000-8000-000000000000' as IncidentId,
  urgency: '特急',
  branchName: '正在实施及非正常死亡',
  stageName: '报警',
  duty: '立即向公安机关报警',
  clause: '四（三）',
  within: 'PT5M',
  dueAt: '2026-03-06T18:18:00.000Z',
  outside: false,
};
const at = '2026-03-06T18:14:07.000Z';
const everyPage = [
  confirmPage(view),
  confirmedPage({ ...context, at }),
  alreadyConfirmedPage({ ...context, at }),
  arrivedPage({ ...context, at }),
  alreadyArrivedPage({ ...context, at }),
  declinedPage({ ...context, at, movedOn: true }),
  alreadyDeclinedPage({ ...context, at }),
  ...[
    expiredPage,
    forgedPage,
    revokedPage,
    closedPage,
    stageEndedPage,
    reasonNeededPage,
    notOfferedPage,
    notRunningPage,
    tryAgainPage,
  ].map((page) => page(context)),
];

const buttonsOf = (page: string): string[] =>
  [...page.matchAll(/<button[^>]*>([^<]*)/g)].map(([, label]) => label!);

test('the page shows what is to be confirmed and posts to its own address', () => {
  const page = confirmPage(view);
  for (const shown of [
    'WS-2026-0001',
    '特急',
    '报警',
    '立即向公安机关报警',
    '四（三）',
    '5分钟内（3月7日 02:18前）',
    '不等于办结',
  ]) {
    expect(page).toContain(shown);
  }
  expect(buttonsOf(page)).toEqual(['已收到', '已到场', '无法处理，转告下一级']);
  expect(page.match(/<form method="post">/g)).toHaveLength(2);
  expect(page).toContain('href="tel:00000000110');
});

test('an outside party sees no limit and no 无法处理', () => {
  const page = confirmPage({ ...view, outside: true });
  expect(page).not.toMatch(/时限|5分钟|02:18|本局设定|无法处理|declined"/);
  expect(buttonsOf(page)).toEqual(['已收到', '已到场']);
});

test('无法处理 cannot be pressed without its reason, the other answers can', () => {
  const [answering, declining] = confirmPage(view).split('<details>');
  expect(answering).not.toContain('required');
  expect(declining).toMatch(/<textarea[^>]* required>/);
});

test('after a receipt the arrival can still be told; a note that was cut says so', () => {
  const page = confirmedPage({ ...context, at, cut: true, open: ['arrived'] });
  expect(buttonsOf(page)).toEqual(['已到场']);
  expect(page).toContain('只记录了前500字');
});

test('at the top of the ladder nobody is said to be told', () => {
  expect(declinedPage({ ...context, at, movedOn: true })).toContain('已转告下一级');
  expect(declinedPage({ ...context, at, movedOn: false })).not.toContain('已转告');
});

test('a drill says so at the top and in the title', () => {
  expect(confirmPage({ ...view, drill: true }).match(/【演练】/g)).toHaveLength(2);
  expect(confirmPage(view)).not.toContain('演练');
});

test('only the page that asks can post; a confirmed one tells when', () => {
  expect(everyPage.filter((page) => page.includes('<form'))).toHaveLength(1);
  expect(confirmedPage({ ...context, at })).toContain('3月7日 02:14:07');
  expect(alreadyConfirmedPage({ ...context, at })).toContain('3月7日 02:14:07');
});

test('text from the plan cannot become markup', () => {
  const page = confirmPage({ ...view, duty: '<img src=x onerror=alert(1)>', callBack: '"><script>' });
  expect(page).not.toMatch(/<img|<script/);
});

test('no page runs a script or loads anything, and the policy allows its style alone', () => {
  for (const page of everyPage) {
    expect(page).not.toMatch(/<script|<img|<link|@import|url\(|style="|undefined/);
    expect(page).toMatch(/^<!doctype html>\n<html lang="zh-CN">/);
    const style = /<style>(.*?)<\/style>/s.exec(page)![1]!;
    expect(RECEIPT_CSP).toContain(createHash('sha256').update(style).digest('base64'));
  }
});

test('every page has an English twin', () => {
  const english = { ...context, language: 'en' as const };
  expect(confirmPage({ ...view, language: 'en' })).toContain('I have received this');
  expect(stageEndedPage(english)).toMatch(/<html lang="en">.*This stage has ended/s);
});

test('where nobody is known to phone, no number is shown', () => {
  expect(forgedPage({ ...context, callBack: null })).not.toContain('tel:');
});
