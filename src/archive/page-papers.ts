import { escapeHtml } from '../receipts/html.ts';
import { entryInWords, valueName } from './entry-words.ts';
import type { Gathered } from './gather.ts';
import {
  ATTACHMENTS, DOCUMENTS, ERASURES, INCIDENT, MANIFEST, PLAN, READINGS, SIGNATURE, TIMELINE,
  type AttachmentLine, type DocumentLine, type RunLine,
} from './layout.ts'; // prettier-ignore
import type { PageNames } from './names.ts';
import { ERASED, kilobytes, link, raw, section, shown, table, time, type Cell } from './page-parts.ts';

/** What a bundle lists besides its register. */
export interface Lists {
  documents: DocumentLine[];
  attachments: AttachmentLine[];
  runs: RunLine[];
}

const DOCUMENT_STATUS: Record<string, string> = {
  signed: '已签发',
  corrected: '已被更正',
  withdrawn: '已撤回',
};

export function documents({ unsigned }: Gathered, { documents: all }: Lists, n: PageNames): string {
  const rows = all.map((line): Cell[] => [
    line.name,
    line.number,
    DOCUMENT_STATUS[line.status] ?? line.status,
    line.signedBy && n.person(line.signedBy),
    time(line.signedAt),
    line.docx ? link(line.docx, '打开 .docx') : ERASED,
    line.scans.length === 0
      ? '无'
      : raw(
          line.scans.map(({ file }, nr) => shown(file ? link(file, `扫描件 ${nr + 1}`) : ERASED)).join(' '),
        ),
  ]);
  const left = unsigned > 0 ? `<p class="soft">另有 ${unsigned} 份草稿未经签发，不随归档外传。</p>` : '';
  return section(
    'documents',
    '文书',
    table(['文书', '发文字号', '状态', '签发人', '签发时间', '文件', '扫描件'], rows, '没有签发的文书。'),
    left,
  );
}

export const attachments = ({ attachments: all }: Lists, n: PageNames): string =>
  section(
    'attachments',
    '附件',
    table(
      ['名称', '环节', '添加人', '时间', '大小', 'SHA-256'],
      all.map(({ name, file, stageId, by, at, size, sha256 }) => [
        file ? link(file, name || file) : ERASED,
        stageId && n.stage(stageId),
        n.person(by),
        time(at),
        kilobytes(size),
        raw(`<span class="hash">${shown(sha256)}</span>`),
      ]),
      '没有附件。',
    ),
  );

export function timeline({ detail, personal }: Gathered, n: PageNames): string {
  const lines = detail.timeline.map((entry) => {
    const values = Object.entries(personal.get(entry.seq) ?? {}).map(
      ([name, value]) => `<dt>${escapeHtml(valueName(name))}</dt><dd>${shown(value ?? ERASED)}</dd>`,
    );
    return `<li><span class="nr">${entry.seq}</span><span class="at">${escapeHtml(time(entry.at)!)}</span><div class="what">${escapeHtml(entryInWords(entry, n))}${values.length > 0 ? `<dl>${values.join('')}</dl>` : ''}</div></li>`;
  });
  return section('timeline', '时间线', `<ol class="line">${lines.join('\n')}</ol>`);
}

export const files = ({ erasures }: Gathered, { runs }: Lists): string =>
  section(
    'files',
    '原始数据',
    table(
      ['文件', '内容'],
      [
        [link(INCIDENT), '事件、环节、通知、报告、子案的登记'],
        [link(TIMELINE), '时间线：逐条校验值，个人信息及其盐值，每行一条 JSON'],
        [link(PLAN), '适用预案全文'],
        [link(DOCUMENTS), '签发文书的登记与摘要'],
        [link(ATTACHMENTS), '附件的登记与校验值'],
        ...runs.map(({ file, workflowType, endedAt }): Cell[] => [link(file!), `流程历史：${workflowType}，结束于 ${time(endedAt)}`]),
        [link(READINGS), '身份信息查阅记录'],
        [link(ERASURES), erasures.length > 0 ? '依法删除记录' : '依法删除记录（无）'],
        [link(MANIFEST), '文件清单：大小与 SHA-256'],
        [link(SIGNATURE), '清单的签名与公钥'],
      ],
      '',
    ),
  ); // prettier-ignore
