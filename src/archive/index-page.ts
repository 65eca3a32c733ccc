import { escapeHtml } from '../receipts/html.ts';
import { personById } from '../people/organisation.ts';
import type { BundleDeps, Gathered } from './gather.ts';
import { howToVerify } from './how-to-verify.ts';
import { namesFor, type PageNames } from './names.ts';
import { messages, reports, stages, subjects, summary } from './page-incident.ts';
import { attachments, documents, files, timeline, type Lists } from './page-papers.ts';
import { table, time } from './page-parts.ts';
import { PAGE_STYLE } from './page-style.ts';
import { bundleKey } from './signing.ts';

const SECTIONS = [
  ['summary', '概要'],
  ['subjects', '涉及对象'],
  ['stages', '环节'],
  ['messages', '通知与回执'],
  ['reports', '报告'],
  ['documents', '文书'],
  ['attachments', '附件'],
  ['timeline', '时间线'],
  ['files', '原始数据'],
  ['verify', '如何核验'],
] as const;

/** A bundle for a person: one page that any browser opens without a network. Everything that people wrote is escaped. */
export function indexPage({ register, organisation }: BundleDeps, gathered: Gathered, lists: Lists): string {
  const names = namesFor(gathered, organisation);
  const { incident } = gathered.detail;
  const title = incident.number ?? incident.id;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${escapeHtml(`${title} 事件归档`)}</title><style>${PAGE_STYLE}</style></head><body><main>
<header><h1>${incident.drill ? '【演练】' : ''}事件归档 ${escapeHtml(title)}</h1>
<p>${status(gathered)}<span class="soft">生成于 ${escapeHtml(time(gathered.madeAt)!)}（北京时间，下同）</span></p>
<nav aria-label="目录"><ul>${SECTIONS.map(([id, name]) => `<li><a href="#${id}">${name}</a></li>`).join('')}</ul></nav></header>
<p class="box">本文件含个人身份信息。社区矫正对象的身份信息依法应予保密，请妥善保管，不得外传。</p>
${erased(gathered, names)}
${summary(gathered, names)}${subjects(gathered)}${stages(gathered, names)}${messages(gathered, names)}${reports(gathered, names)}
${documents(gathered, lists, names)}${attachments(lists, names)}${timeline(gathered, names)}${files(gathered, lists)}
${howToVerify(bundleKey(register.keyring).fingerprint)}
</main></body></html>`;

  function status({ detail }: Gathered): string {
    if (detail.incident.status === 'closed') return '<span class="mark">已办结</span>';
    return '<span class="mark">尚未办结·临时副本</span>';
  }

  function erased({ erasures }: Gathered, n: PageNames): string {
    if (erasures.length === 0) return '';
    const rows = erasures.map(
      ({ decidedAt, basis, legalBasis, proposedBy, decidedBy, values, files: gone, runs }) => [
        time(decidedAt),
        basis === 'retention' ? '保存期限届满' : legalBasis,
        `${who(proposedBy, n)} 提出，${who(decidedBy, n)} 批准`,
        `个人信息 ${values ?? 0} 项，文件 ${gone ?? 0} 份，流程历史 ${runs?.length ?? 0} 份`,
      ],
    );
    return `<section id="erased"><h2>已依法删除</h2><p class="gone">本事件的个人信息已依法删除，下文以“已依法删除”标明。时间线的校验值仍可核验。</p>${table(['删除时间', '依据', '经办', '范围'], rows, '')}</section>`;
  }

  function who(id: string | null, n: PageNames): string {
    return id === null ? '' : personById(organisation, id) ? n.person(id) : id;
  }
}
