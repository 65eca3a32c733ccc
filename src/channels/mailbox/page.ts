import { escapeHtml, styleSource } from '../../receipts/html.ts';
import type { MailboxMessage } from './store.ts';

const CSS = `
:root{color-scheme:light dark;--bg:#f4f5f7;--card:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d8dde3;--accent:#9b1c1c;--link:#0b57d0}
@media (prefers-color-scheme:dark){:root{--bg:#111418;--card:#1b2026;--ink:#e8eaed;--soft:#a3adb8;--line:#333b44;--accent:#ff8a80;--link:#8ab4f8}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:46rem;margin:0 auto;padding:1rem}
header{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem .75rem;padding:.5rem 0 1rem}
h1{margin:0;font-size:1.35rem;line-height:1.35;overflow-wrap:anywhere}
small,.soft{color:var(--soft);font-size:.875rem}
ol{list-style:none;margin:0;padding:0;background:var(--card);border:1px solid var(--line);border-radius:10px;overflow:hidden}
li+li{border-top:1px solid var(--line)}
li a{display:block;padding:.75rem 1rem;min-height:44px;color:inherit;text-decoration:none}
li a:hover,li a:focus-visible{background:color-mix(in srgb,var(--link) 8%,transparent)}
.subject{display:block;font-weight:600;overflow-wrap:anywhere}
.meta{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;color:var(--soft);font-size:.875rem;overflow-wrap:anywhere}
time{font-variant-numeric:tabular-nums;white-space:nowrap}
article{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem .9rem;margin:0 0 1rem;padding-bottom:1rem;border-bottom:1px solid var(--line)}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
pre{margin:0;font:inherit;white-space:pre-wrap;overflow-wrap:anywhere}
a{color:var(--link)}
.back{display:inline-block;padding:.6rem 0;min-height:44px}
.empty{padding:3rem 1rem;text-align:center;background:var(--card);border:1px dashed var(--line);border-radius:10px}
`;

/** No script, no image, no frame: a mail can show nothing but text and links. */
export const MAILBOX_CSP = `default-src 'none'; style-src ${styleSource(CSS)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The mails in `messages`, newest first. Loads itself again every five seconds. */
export function listPage(messages: MailboxMessage[], timeZone: string): string {
  const items = messages.map(
    ({ id, to, subject, date }) =>
      `<li><a href="/messages/${escapeHtml(id)}"><span class="subject">${escapeHtml(subject || '（无主题）')}</span>` +
      `<span class="meta"><span>${escapeHtml(to)}</span>${clock(date, timeZone)}</span></a></li>`,
  );
  const body =
    items.length > 0
      ? `<ol>${items.join('')}</ol>`
      : '<p class="empty">还没有邮件<br><small lang="en">No mail yet</small></p>';
  return page(
    '信箱 Mailbox',
    `<header><h1>信箱</h1><small lang="en">Mailbox</small>
<small>本机内置，邮件不会发往外部 · <span lang="en">built in, nothing leaves this machine</span></small></header>${body}`,
    '<meta http-equiv="refresh" content="5">',
  );
}

/** One mail as text; its http and https addresses are links. */
export function messagePage({ to, subject, text, date }: MailboxMessage, timeZone: string): string {
  const title = subject || '（无主题）';
  return page(
    title,
    `<a class="back" href="/">← 全部邮件 <small lang="en">All mail</small></a>
<article><header><h1>${escapeHtml(title)}</h1></header>
<dl><dt>收件人 <small lang="en">To</small></dt><dd>${escapeHtml(to)}</dd>
<dt>时间 <small lang="en">Received</small></dt><dd>${clock(date, timeZone)}</dd></dl>
<pre>${text ? linkify(text) : '（此邮件没有文本正文 <span lang="en">no text body</span>）'}</pre></article>`,
  );
}

/** For an address that shows nothing. */
export const notFoundPage = (): string =>
  page(
    '没有这封邮件',
    '<a class="back" href="/">← 全部邮件 <small lang="en">All mail</small></a><p class="empty">没有这封邮件<br><small lang="en">No such mail</small></p>',
  );

const page = (title: string, body: string, head = ''): string =>
  `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${head}
<title>${escapeHtml(title)}</title><style>${CSS}</style></head><body><main>${body}</main></body></html>
`;

function clock(date: string, timeZone: string): string {
  const shown = new Intl.DateTimeFormat('zh-CN', {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
  });
  return `<time datetime="${escapeHtml(date)}">${shown.format(new Date(date))}</time>`;
}

/** Escaped text in which http and https addresses are links. Every other scheme stays text. */
const linkify = (text: string): string =>
  text
    .split(/(https?:\/\/[^\s<>"'，。；、（）【】]+)/)
    .map((part, index) => {
      const safe = escapeHtml(part);
      return index % 2 === 0
        ? safe
        : `<a href="${safe}" rel="noopener noreferrer" target="_blank">${safe}</a>`;
    })
    .join('');
