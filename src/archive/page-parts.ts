import { escapeHtml } from '../receipts/html.ts';
import { DateTime } from 'luxon';
import { SHOWN_TIME_ZONE } from '../incident/instant.ts';

/** Text that is markup already: everything else is escaped. */
export interface Markup {
  markup: string;
}
export type Cell = string | Markup | null;

export const raw = (markup: string): Markup => ({ markup });
export const shown = (cell: Cell): string =>
  cell === null ? '—' : typeof cell === 'string' ? escapeHtml(cell) : cell.markup;

/** Where something stood that was lawfully erased. */
export const ERASED = raw('<span class="gone">已依法删除</span>');

/** 2026-03-04 09:20:15, Asia/Shanghai. What is no time stays as it was written. */
export function time(instant: string | null): string | null {
  if (instant === null) return null;
  const at = DateTime.fromISO(instant, { zone: SHOWN_TIME_ZONE });
  return at.isValid ? at.toFormat('yyyy-MM-dd HH:mm:ss') : instant;
}

/** A file of the bundle. */
export const link = (path: string, text = path): Markup =>
  raw(`<a href="${escapeHtml(path.split('/').map(encodeURIComponent).join('/'))}">${escapeHtml(text)}</a>`);

export const section = (id: string, title: string, ...parts: string[]): string =>
  `<section id="${id}"><h2>${escapeHtml(title)}</h2>${parts.join('')}</section>`;

/** What is not there is said. */
export const table = (head: string[], rows: Cell[][], none: string): string =>
  rows.length === 0
    ? `<p class="soft">${escapeHtml(none)}</p>`
    : `<div class="scroll" tabindex="0"><table${head.length > 3 ? ' class="wide"' : ''}><thead><tr>${head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('')}</tr></thead><tbody>${rows
        .map((cells) => `<tr>${cells.map((cell) => `<td>${shown(cell)}</td>`).join('')}</tr>`)
        .join('')}</tbody></table></div>`;

export const facts = (rows: [string, Cell][]): string =>
  `<table class="facts"><tbody>${rows.map(([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${shown(value)}</td></tr>`).join('')}</tbody></table>`;

export const kilobytes = (size: number): string =>
  size < 1024
    ? `${size} B`
    : size < 1024 ** 2
      ? `${(size / 1024).toFixed(1)} KB`
      : `${(size / 1024 ** 2).toFixed(1)} MB`;
