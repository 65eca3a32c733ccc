import { escapeHtml } from '../receipts/html.ts';
import { CSS, RECEIPT_HEADERS } from '../receipts/page-style.ts';
import type { ProblemDetails } from './problem.ts';

/** The receipts' own: no script, nothing from elsewhere, and the address in the bar is not passed on. */
export const PAGE_HEADERS = RECEIPT_HEADERS;

/**
 * Signed in: goes on to `path` by itself. A page of ours and no redirect, since a browser that was sent here by another site
 * keeps a strict cookie back until a page of this site asks.
 */
export const signedInPage = (path: string): string =>
  page(
    `<meta http-equiv="refresh" content="0;url=${escapeHtml(path)}">`,
    `<h1 class="good">已登录</h1><p><a class="button" href="${escapeHtml(path)}">进入系统</a></p>`,
  );

/** Not signed in: why, and what to do now. */
export const notSignedInPage = ({ title, code, more }: ProblemDetails): string =>
  page(
    '',
    `<h1>${escapeHtml(title)}</h1>${SAYINGS[code] ?? ''}${subjectOf(more)}<p class="system">${escapeHtml(code)}</p>
<a class="button" href="/api/session/oidc">重新登录</a><p class="note">警情不等人：请直接拨打值班电话报告。</p>`,
  );

const SAYINGS: Record<string, string> = {
  NO_ACCOUNT:
    '<p>统一身份认证已通过，但本系统没有与之对应的账号。请联系本局技术管理员开通，并把下面的标识告诉管理员。</p>',
  ACCOUNT_DISABLED: '<p>请联系本局技术管理员。</p>',
  ACCOUNT_EXPIRED: '<p>如仍需使用，请联系本局技术管理员延长有效期。</p>',
};

const subjectOf = (more: Record<string, unknown> | undefined): string =>
  typeof more?.subject === 'string'
    ? `<dl><div><dt>您的标识</dt><dd>${escapeHtml(more.subject)}</dd></div></dl>`
    : '';

const page = (head: string, body: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${head}
<title>烽火 · 登录</title><style>${CSS}</style></head>
<body><main><p class="system">烽火 社区矫正应急处置</p><div class="card">${body}</div></main></body></html>
`;
