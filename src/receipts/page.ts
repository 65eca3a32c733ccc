import { clockInWords, limitInWords } from '../channels/words.ts';
import type { Language } from '../channels/words.ts';
import type { Instant } from '../incident/instant.ts';
import type { Notice } from '../incident/notice.ts';
import { escapeHtml, styleSource } from './html.ts';
import { PAGE_TEXT } from './page-text.ts';
import type { Saying } from './page-text.ts';

export type { Language } from '../channels/words.ts';

/** What every page may know. None of it is of a person (rules of care, 2). */
export interface PageContext {
  /** IANA name of the zone times are shown in. */
  timeZone: string;
  language?: Language;
  /** The number to ask back at; null where the link does not tell whose it is. */
  callBack: string | null;
  drill?: boolean;
}

/** What the reader is asked to confirm: as the notice said it. */
export interface ConfirmView
  extends
    PageContext,
    Pick<
      Notice,
      | 'number'
      | 'incidentId'
      | 'urgency'
      | 'branchName'
      | 'stageName'
      | 'duty'
      | 'clause'
      | 'within'
      | 'dueAt'
      | 'outside'
    > {
  drill: boolean;
}

const CSS = `
:root{color-scheme:light dark;--bg:#f4f5f7;--card:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d8dde3;--urgent:#b42318;--act:#0b57d0;--on-act:#fff;--good:#18794e;--drill:#7a4100;--drill-bg:#ffe8c7}
@media (prefers-color-scheme:dark){:root{--bg:#111418;--card:#1b2026;--ink:#e8eaed;--soft:#a3adb8;--line:#333b44;--urgent:#ff8a80;--act:#8ab4f8;--on-act:#0b1b33;--good:#5fd39a;--drill:#ffd699;--drill-bg:#45300f}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:17px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:32rem;margin:0 auto;padding:1rem 1rem 2rem}
.system{margin:.25rem 0 .75rem;color:var(--soft);font-size:.875rem}
.drill{margin:0 0 .75rem;padding:.6rem .9rem;border-radius:10px;background:var(--drill-bg);color:var(--drill);font-weight:700}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.1rem 1rem}
.urgency{margin:0;color:var(--urgent);font-weight:700}
h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.3;overflow-wrap:anywhere}
h1.good{color:var(--good)}
p{margin:.35rem 0}
dl{margin:.9rem 0 0;border-top:1px solid var(--line)}
dl div{display:grid;grid-template-columns:5.5rem 1fr;gap:.5rem;padding:.55rem 0;border-bottom:1px solid var(--line)}
dl div:last-child{border-bottom:0;padding-bottom:0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
.duty dd{font-weight:600}
form{margin:1rem 0 0}
button,.button{display:block;width:100%;min-height:56px;padding:.8rem 1rem;border:0;border-radius:12px;background:var(--act);color:var(--on-act);font:inherit;font-size:1.25rem;font-weight:700;text-align:center;text-decoration:none;cursor:pointer}
.button{margin-top:1rem}
button:focus-visible,a:focus-visible{outline:3px solid var(--act);outline-offset:3px}
.note{margin:.75rem 0 0;color:var(--soft);text-align:center}
a{color:var(--act)}
.phone{display:inline-block;min-height:44px;line-height:44px;margin:-.5rem 0;font-weight:600;font-variant-numeric:tabular-nums}
`;

/** No script, no image, no other server; the form posts to its own address only. */
export const RECEIPT_CSP = `default-src 'none'; style-src ${styleSource(CSS)}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** The headers every receipt page is sent with: the address in its bar is a key, so it is neither kept nor passed on. */
export const RECEIPT_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': RECEIPT_CSP,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex, nofollow',
};

/** Asks for the receipt: a form that posts to the page's own address. An outside party sees no limit (rules of care, 6). */
export function confirmPage(view: ConfirmView): string {
  const text = PAGE_TEXT[view.language ?? 'zh-CN'];
  const source = view.within === null ? '' : ` · ${text.withinSource}`;
  const rows = [
    view.number === null ? row(text.code, view.incidentId.slice(0, 8)) : row(text.incident, view.number),
    row(text.stage, `${view.branchName} · ${view.stageName}`),
    row(view.outside ? text.matter : text.duty, view.duty, 'duty'),
    row(text.clause, `${text.clauseOf}${view.clause}`),
    view.outside
      ? ''
      : row(text.within, limitInWords(view.within, view.dueAt, view.timeZone, view.language) + source),
    phoneRow(text.callBack, view.callBack),
  ];
  return page(
    view,
    text.ask.title,
    `<div class="card"><p class="urgency">【${escapeHtml(view.urgency)}】</p><h1>${escapeHtml(view.stageName)}</h1><dl>${rows.join('')}</dl></div>
<form method="post"><button type="submit">${text.confirm}</button></form><p class="note">${text.notDone}</p>`,
  );
}

/** The receipt is on record, just now, at `at`. */
export const confirmedPage = (context: PageContext & { at: Instant }): string =>
  saying(context, 'confirmed', { good: true, at: context.at });

/** The receipt was on record before, since `at`; by whom is not told. */
export const alreadyConfirmedPage = (context: PageContext & { at: Instant }): string =>
  saying(context, 'alreadyConfirmed', { good: true, at: context.at });

/** The link was good once. */
export const expiredPage = (context: PageContext): string => saying(context, 'expired');

/** The link was never ours, or is broken. */
export const forgedPage = (context: PageContext): string => saying(context, 'forged');

/** The incident has been closed. */
export const closedPage = (context: PageContext): string => saying(context, 'closed');

/** The stage ended before the receipt came. */
export const stageEndedPage = (context: PageContext): string => saying(context, 'stageEnded');

/** For a 503: nothing was recorded; a link opens the same address again. */
export const tryAgainPage = (context: PageContext): string => saying(context, 'tryAgain', { again: true });

type SayingName =
  'confirmed' | 'alreadyConfirmed' | 'expired' | 'forged' | 'closed' | 'stageEnded' | 'tryAgain';

function saying(
  context: PageContext,
  name: SayingName,
  { good = false, again = false, at }: { good?: boolean; again?: boolean; at?: Instant } = {},
): string {
  const text = PAGE_TEXT[context.language ?? 'zh-CN'];
  const { title, lines }: Saying = text[name];
  const rows = [
    at === undefined
      ? ''
      : row(
          text.confirmedAt,
          clockInWords(at, context.timeZone, { seconds: true, language: context.language }),
        ),
    phoneRow(text.callBack, context.callBack),
  ].join('');
  return page(
    context,
    title,
    `<div class="card"><h1${good ? ' class="good"' : ''}>${good ? '✓ ' : ''}${title}</h1>${lines.map((line) => `<p>${line}</p>`).join('')}${rows ? `<dl>${rows}</dl>` : ''}</div>${again ? `<a class="button" href="">${text.again}</a>` : ''}`,
  );
}

const row = (name: string, value: string, kind = ''): string =>
  `<div${kind ? ` class="${kind}"` : ''}><dt>${name}</dt><dd>${escapeHtml(value)}</dd></div>`;

function phoneRow(name: string, callBack: string | null): string {
  if (callBack === null) return '';
  const dialled = callBack.replace(/[^\d+]/g, '');
  return `<div><dt>${name}</dt><dd><a class="phone" href="tel:${dialled}">${escapeHtml(callBack)}</a></dd></div>`;
}

function page({ language = 'zh-CN', drill = false }: PageContext, title: string, body: string): string {
  const text = PAGE_TEXT[language];
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="format-detection" content="telephone=no">
<title>${drill ? (language === 'en' ? '[DRILL] ' : '【演练】') : ''}${title}</title><style>${CSS}</style></head>
<body><main><p class="system">${text.system}</p>${drill ? `<p class="drill">${text.drill}</p>` : ''}${body}</main></body></html>
`;
}
