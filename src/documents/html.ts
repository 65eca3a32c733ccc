import { escapeHtml, styleSource } from '../receipts/html.ts';
import { FONTS } from './fonts.ts';
import type { Block, Issue, Paper, TextKind } from './paper.ts';

const faces = (...fonts: string[]): string => [...fonts.map((font) => `"${font}"`), 'serif'].join(',');

const CSS = `
body{margin:0;background:#ddd;color:#000;font:16pt/28pt ${faces(FONTS.fangsong, 'FangSong', 'STFangsong')}}
.page{width:156mm;min-height:225mm;margin:8mm auto;padding:37mm 26mm 35mm 28mm;background:#fff;box-shadow:0 0 4mm #999;position:relative}
.stamp{position:absolute;top:15mm;right:26mm;margin:0;font-family:${faces(FONTS.heiti, 'SimHei')}}
.issuer{margin:0;color:#f00;font:50pt/60pt ${faces(FONTS.xiaobiaosong, 'STZhongsong')};font-size:clamp(22pt,6.4vw,50pt);text-align:center}
.headed .issuer,.upward .issuer{margin-top:35mm}
.letter .page{padding-top:30mm}
.number{display:flex;justify-content:space-between;margin:56pt 1em 0}
.headed .number{justify-content:center}
.rule{border:0;border-top:1.5pt solid #f00;margin:4mm 0 56pt}
.letter .rule{border-top:4pt double #f00;margin:4mm -6mm 0 -8mm}
.letter .number{margin:14pt 0 56pt}
.urgency,h2.h1{font-family:${faces(FONTS.heiti, 'SimHei')}}
h1{margin:0 0 28pt;font:22pt/35pt ${faces(FONTS.xiaobiaosong, 'STZhongsong')};text-align:center;white-space:pre-line}
p,h2,h3,h4,h5{margin:0;font-size:16pt;font-weight:400;overflow-wrap:anywhere}
.text,h2,h3,h4,h5{text-indent:2em;text-align:justify}
h3{font-family:${faces(FONTS.kaiti, 'KaiTi', 'STKaiti')}}
.annexes{margin-top:28pt;text-indent:2em}
.signature{margin:84pt 4em 0 0;text-align:right}
.copies{margin:56pt 0 0;border-top:1pt solid;border-bottom:1pt solid;font-size:14pt;padding:0 1em}
table{width:100%;border-collapse:collapse;font-size:12pt;line-height:18pt}
th,td{border:.5pt solid;padding:1mm;overflow-wrap:anywhere;font-weight:400}
@media screen and (max-width:205mm){
body{background:#fff;font-size:17px;line-height:1.75}
.page{width:auto;min-height:0;margin:0 0 12px;padding:20px 14px;box-shadow:none;border-bottom:1px solid #ccc}
.stamp{position:static;text-align:right}
.letter .page,.headed .page,.upward .page{padding-top:20px}
.headed .issuer,.upward .issuer{margin-top:8px}
.issuer{line-height:1.4}
.number,.letter .number{margin:12px 0 20px;flex-wrap:wrap;gap:0 1em}
.rule,.letter .rule{margin:8px 0 16px}
h1{margin-bottom:16px;font-size:21px;line-height:1.5}
p,h2,h3,h4,h5{font-size:17px}
.signature{margin:32px 1em 0 0}
.copies{margin-top:24px;font-size:15px}
table{font-size:14px;line-height:1.5}
}
@media print{body{background:#fff}.page{margin:0;box-shadow:none;break-after:page}}
`;

/** No script, no image, no other server. */
export const PREVIEW_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src ${styleSource(CSS)}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** A paper as a page for the browser, near to what is printed. Everything that people wrote is escaped. */
export const renderHtml = (paper: Paper, issue: Issue): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(issue.number ?? '文书预览')}</title><style>${CSS}</style></head>
<body class="${paper.form}"><div class="page">${stamp(paper, issue)}${head(paper, issue)}
<h1>${escapeHtml(`${paper.drill ? '【演练】\n' : ''}${paper.title}`)}</h1>
${paper.addressee ? `<p>${escapeHtml(paper.addressee)}：</p>` : ''}
${paper.blocks.map(block).join('\n')}
${paper.annexes.map(({ title }, nr) => `<p class="annexes">附件${paper.annexes.length > 1 ? nr + 1 : ''}：${escapeHtml(title)}</p>`).join('\n')}
<div class="signature"><p>${escapeHtml(paper.signature)}</p><p>${escapeHtml(issue.date ?? '　　年　月　日')}</p></div>
${paper.copies.length > 0 ? `<p class="copies">抄送：${escapeHtml(paper.copies.join('，'))}。</p>` : ''}</div>
${paper.annexes.map(({ title, blocks }, nr) => `<div class="page"><p class="urgency">附件${paper.annexes.length > 1 ? nr + 1 : ''}</p><h1>${escapeHtml(title)}</h1>${blocks.map(block).join('\n')}</div>`).join('\n')}
</body></html>`;

function stamp({ drill }: Paper, { stamp: text }: Issue): string {
  const words = [drill ? '【演练】' : '', text ? `【${text}】` : ''].join('');
  return words && `<p class="stamp">${escapeHtml(words)}</p>`;
}

function head({ form, issuer, urgency }: Paper, { number, signer }: Issue): string {
  if (form === 'plain') return '';
  const name = `<p class="issuer">${escapeHtml(issuer)}</p>`;
  const right = form === 'upward' ? `<span>签发人：${escapeHtml(signer ?? '')}</span>` : '';
  const numbered = `<div class="number">${form === 'letter' ? urgencyOf(urgency) : ''}<span>${escapeHtml(number ?? '')}</span>${right}</div>`;
  if (form === 'letter') return `${name}<hr class="rule">${numbered}`;
  return `${urgency ? `<p>${urgencyOf(urgency)}</p>` : ''}${name}${numbered}<hr class="rule">`;
}

const urgencyOf = (urgency: string | null): string =>
  `<span class="urgency">${escapeHtml(urgency ?? '')}</span>`;

const TAGS: Record<TextKind, string> = { h1: 'h2', h2: 'h3', h3: 'h4', h4: 'h5', p: 'p' };

function block(given: Block): string {
  if (given.kind !== 'table') {
    const tag = TAGS[given.kind];
    return `<${tag} class="${given.kind === 'p' ? 'text' : given.kind}">${escapeHtml(given.text)}</${tag}>`;
  }
  const row = (cells: string[], tag: 'th' | 'td') =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${row(given.head, 'th')}</thead><tbody>${given.rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`;
}
