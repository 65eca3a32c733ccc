import { clockInWords, limitInWords } from '../channels/words.ts';
import type { Language } from '../channels/words.ts';
import type { Instant } from '../incident/instant.ts';
import type { Notice } from '../incident/notice.ts';
import { answerForms } from './answer-forms.ts';
import type { Answer } from './answer.ts';
import { escapeHtml } from './html.ts';
import { CSS } from './page-style.ts';
import { PAGE_TEXT } from './page-text.ts';
import type { Saying } from './page-text.ts';

export type { Language } from '../channels/words.ts';
export { RECEIPT_CSP, RECEIPT_HEADERS } from './page-style.ts';

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

/** Asks for the receipt: forms that post to the page's own address. An outside party sees no limit and no 无法处理 (rules of care, 6). */
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
${answerForms(view.outside ? ['received', 'arrived'] : ['received', 'arrived', 'declined'], view.language)}<p class="note">${text.notDone}</p>`,
  );
}

/** An answer on record: since when, whether its note was cut, and which answers can still be given. */
export interface AnsweredContext extends PageContext {
  at: Instant;
  cut?: boolean;
  open?: readonly Answer[];
}

/** The receipt is on record, just now, at `at`. */
export const confirmedPage = (context: AnsweredContext): string => saying(context, 'confirmed', context);

/** The receipt was on record before, since `at`; by whom is not told. */
export const alreadyConfirmedPage = (context: AnsweredContext): string =>
  saying(context, 'alreadyConfirmed', context);

/** 已到场, just now; it was received with it. */
export const arrivedPage = (context: AnsweredContext): string => saying(context, 'arrivedNow', context);
export const alreadyArrivedPage = (context: AnsweredContext): string =>
  saying(context, 'alreadyArrived', context);

/** 无法处理, just now: the next in line is told, unless there is none. */
export const declinedPage = (context: AnsweredContext & { movedOn: boolean }): string =>
  saying(context, context.movedOn ? 'declinedNow' : 'declinedAtTop', context);
export const alreadyDeclinedPage = (context: AnsweredContext): string =>
  saying(context, 'alreadyDeclined', context);

/** 无法处理 without its reason. */
export const reasonNeededPage = (context: PageContext): string => saying(context, 'reasonNeeded');

/** An answer that this reader is not asked for. */
export const notOfferedPage = (context: PageContext): string => saying(context, 'notOffered');

/** The link was good once. */
export const expiredPage = (context: PageContext): string => saying(context, 'expired');

/** The link was never ours, or is broken. */
export const forgedPage = (context: PageContext): string => saying(context, 'forged');

/** One of ours has revoked it: it was sent by mistake. */
export const revokedPage = (context: PageContext): string => saying(context, 'revoked');

/** The incident has been closed. */
export const closedPage = (context: PageContext): string => saying(context, 'closed');

/** The stage ended before the receipt came. */
export const stageEndedPage = (context: PageContext): string => saying(context, 'stageEnded');

/** The system lost the incident: an answer is of no use here, a call is. */
export const notRunningPage = (context: PageContext): string => saying(context, 'notRunning');

/** For a 503: nothing was recorded; a link opens the same address again. */
export const tryAgainPage = (context: PageContext): string => saying(context, 'tryAgain', {}, true);

/** Sayings of an answer on record, and what its time is called. */
const RECORDED = {
  confirmed: 'confirmedAt',
  alreadyConfirmed: 'confirmedAt',
  arrivedNow: 'arrivedAt',
  alreadyArrived: 'arrivedAt',
  declinedNow: 'declinedAt',
  declinedAtTop: 'declinedAt',
  alreadyDeclined: 'declinedAt',
} as const;

type Unrecorded =
  | 'expired'
  | 'forged'
  | 'revoked'
  | 'closed'
  | 'stageEnded'
  | 'reasonNeeded'
  | 'notOffered'
  | 'notRunning'
  | 'tryAgain';

function saying(
  context: PageContext,
  name: keyof typeof RECORDED | Unrecorded,
  { at, cut = false, open = [] }: Partial<AnsweredContext> = {},
  again = false,
): string {
  const { timeZone, language, callBack } = context;
  const text = PAGE_TEXT[language ?? 'zh-CN'];
  const { title, lines }: Saying = text[name];
  const good = Object.hasOwn(RECORDED, name);
  const rows = [
    at === undefined
      ? ''
      : row(
          text[RECORDED[name as keyof typeof RECORDED]],
          clockInWords(at, timeZone, { seconds: true, language }),
        ),
    phoneRow(text.callBack, callBack),
  ].join('');
  const said = cut ? [...lines, text.cut] : lines;
  return page(
    context,
    title,
    `<div class="card"><h1${good ? ' class="good"' : ''}>${good ? '✓ ' : ''}${title}</h1>${said.map((line) => `<p>${line}</p>`).join('')}${rows ? `<dl>${rows}</dl>` : ''}</div>${answerForms(open, language)}${again ? `<a class="button" href="">${text.again}</a>` : ''}`,
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
