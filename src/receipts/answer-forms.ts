import type { Language } from '../channels/words.ts';
import { NOTE_LENGTH, type Answer } from './answer.ts';
import { PAGE_TEXT } from './page-text.ts';

/**
 * The answers still open, as plain forms that post to the page's own address. 无法处理 stands apart and needs its reason, so that
 * nobody presses it by mistake. Empty where nothing is open.
 */
export function answerForms(open: readonly Answer[], language: Language = 'zh-CN'): string {
  const text = PAGE_TEXT[language];
  const buttons = (['received', 'arrived'] as const)
    .filter((answer) => open.includes(answer))
    .map((answer) => button(answer, text[answer]));
  const main = buttons.length ? `<form method="post">${noteField(text.note)}${buttons.join('')}</form>` : '';
  const declining = open.includes('declined')
    ? `<details><summary>${text.declined}</summary><form method="post">${noteField(text.reason, ' required')}${button('declined', text.decline)}</form></details>`
    : '';
  return main + declining;
}

const button = (answer: Answer, label: string): string =>
  `<button type="submit" class="${answer}" name="answer" value="${answer}">${label}</button>`;

const noteField = (label: string, attributes = ''): string =>
  `<label>${label}<textarea name="note" maxlength="${NOTE_LENGTH}" autocomplete="off"${attributes}></textarea></label>`;
