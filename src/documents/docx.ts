import { Document, Packer, type ISectionOptions } from 'docx';
import { annexPages, body } from './docx-body.ts';
import {
  annexList, FOOTER_FROM_EDGE, imprint, LETTER_RULE_FROM_EDGE, letterFooter, pageNumber, signature,
} from './docx-foot.ts'; // prettier-ignore
import { head, HEADER_FROM_EDGE, letterHeader, plainHeader } from './docx-head.ts';
import { allScripts, exactly } from './docx-text.ts';
import { FONTS } from './fonts.ts';
import { BODY_SIZE, LINE, PAGE } from './measures.ts';
import type { Issue, Paper } from './paper.ts';

/**
 * A paper as a .docx in the format of GB/T 9704-2012. The file names the official fonts, whether the machine has them or not,
 * and holds no picture: no seal is drawn.
 */
export async function renderDocx(paper: Paper, issue: Issue): Promise<Buffer> {
  const document = new Document({
    creator: 'Fenghuo',
    title: issue.number ?? paper.title.replaceAll('\n', ''),
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: {
          run: { font: allScripts(FONTS.fangsong), size: BODY_SIZE * 2, language: { eastAsia: 'zh-CN' } },
          paragraph: { spacing: exactly(LINE) },
        },
      },
    },
    sections: [section(paper, issue)],
  });
  return Packer.toBuffer(document);
}

function section(paper: Paper, issue: Issue): ISectionOptions {
  const isLetter = paper.form === 'letter';
  const plain = plainHeader(paper, issue);
  const below = isLetter ? FOOTER_FROM_EDGE - LETTER_RULE_FROM_EDGE : 0;
  const odd = pageNumber('odd', below);
  return {
    properties: {
      titlePage: isLetter,
      page: {
        size: { width: PAGE.width, height: PAGE.height },
        margin: {
          top: PAGE.top,
          left: PAGE.left,
          right: PAGE.right,
          bottom: PAGE.bottom,
          header: HEADER_FROM_EDGE,
          footer: isLetter ? LETTER_RULE_FROM_EDGE : FOOTER_FROM_EDGE,
        },
      },
    },
    headers: { default: plain, even: plain, ...(isLetter ? { first: letterHeader(paper, issue) } : {}) },
    footers: {
      default: odd,
      even: pageNumber('even', below),
      ...(isLetter ? { first: letterFooter() } : {}),
    },
    children: [
      ...head(paper, issue),
      ...body(paper),
      ...annexList(paper),
      ...signature(paper, issue),
      ...annexPages(paper),
      ...imprint(paper, issue),
    ],
  };
}
