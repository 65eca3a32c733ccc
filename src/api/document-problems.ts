import type { PdfError } from '../documents/pdf.ts';
import { Problem, type ProblemDetails } from './problem.ts';

const problem =
  (status: number, code: string, title: string, detail: string) =>
  (more?: Record<string, unknown>): Problem =>
    new Problem({ status, code, title, detail, ...(more ? { more } : {}) } satisfies ProblemDetails);

export const unknownDocument = problem(404, 'UNKNOWN_DOCUMENT', '没有此文书', 'GET …/documents lists them.');
export const unknownTemplate = problem(
  422,
  'UNKNOWN_TEMPLATE',
  '没有此文书模板',
  'Choose one of the templates listed.',
);
export const unknownField = problem(
  422,
  'UNKNOWN_FIELD',
  '此模板没有这一栏',
  'Send only the fields that the template has.',
);
export const accusingWord = problem(
  422,
  'ACCUSING_WORD',
  '迟报、谎报、瞒报、漏报只能由签发的调查结论认定',
  'Say what happened and when. Only the conclusion of an investigation report may use one of these words.',
);
export const oldNeeded = problem(
  422,
  'OLD_DOCUMENT_NEEDED',
  '须指明所更正或撤回的文书',
  'Send "old" with a signed document of this incident: a correction is of the same template, a withdrawal of one that the template withdraws.',
);
export const mayNotSign = problem(
  403,
  'MAY_NOT_SIGN',
  '此人无权签发此文书',
  'It is signed by people of these parties, with these posts where some are named.',
);
export const signerDrafted = problem(
  409,
  'SIGNER_DRAFTED_IT',
  '起草人不能签发自己起草的文书',
  'Another responsible leader signs it; where the office has one person, the duty leader.',
);
export const draftChanged = problem(
  409,
  'DRAFT_CHANGED',
  '所签内容与此草稿不符',
  'Open the draft again and sign with the digest it has now.',
);
export const notADraft = problem(
  409,
  'DOCUMENT_NOT_A_DRAFT',
  '此文书已签发或已作废',
  'Somebody has signed it, or it was put away. What is signed is corrected or withdrawn by a new document.',
);
export const incomplete = problem(
  409,
  'DOCUMENT_INCOMPLETE',
  '仍有要素正在核实，不能签发',
  'Add what is named (POST …/facts, …/reports, or the fields), and draft it again.',
);
export const outdated = problem(
  409,
  'DOCUMENT_OUTDATED',
  '起草后情况有变化，请重新起草',
  'What is named is known otherwise now. Draft it again, and sign that.',
);
export const overtaken = problem(
  409,
  'DOCUMENT_OVERTAKEN',
  '情况已经改变，不再签发此文书',
  'The duty named has ended so that this paper would be wrong. Put the draft away.',
);
export const notConfirmed = problem(
  409,
  'DOCUMENT_NOT_CONFIRMED',
  '所依据的事实尚未确认，不能起草或签发',
  'It stands on confirmed facts alone: record one of the outcomes named, or the kind of sentence (POST …/facts), first.',
);
export const oldGone = problem(
  409,
  'OLD_DOCUMENT_GONE',
  '所指文书已被更正或撤回',
  'Another document took its place first; look at the list.',
);
export const staysInCounty = problem(
  403,
  'DRAFT_STAYS_IN_COUNTY',
  '未签发的文书不出本旗县',
  'It can be read above the county once it is signed.',
);
export const concludesUnsigned = problem(
  403,
  'CONCLUSION_UNSIGNED',
  '调查结论签发前仅起草人和签发人可以查看',
  'A draft that is to conclude an investigation is read by whoever drafted it and whoever may sign it.',
);
export const erased = problem(
  410,
  'DOCUMENT_ERASED',
  '此文书的内容已依法删除',
  'Its number, times and digest remain.',
);
export const notSigned = problem(
  409,
  'DOCUMENT_NOT_SIGNED',
  '尚未签发，不能附扫描件',
  'Sign it first; the scan is of the signed paper.',
);
export const badScan = problem(
  422,
  'SCAN_UNUSABLE',
  '扫描件须为 PDF、JPEG 或 PNG 文件',
  'Send the file itself as the body, at most 20 MiB.',
);
export const scanTooLarge = problem(
  413,
  'SCAN_TOO_LARGE',
  '扫描件超过 20 MiB',
  'Send a smaller photo, or the paper in parts; at most 20 MiB each.',
);
export const tooManyScans = problem(
  409,
  'TOO_MANY_SCANS',
  '此文书的扫描件已达上限',
  'A document takes 50. Put several pages into one PDF.',
);
export const unknownScan = problem(
  404,
  'UNKNOWN_SCAN',
  '没有此扫描件',
  'The document lists its scans by hash.',
);

const PDF: Record<PdfError['code'], ReturnType<typeof problem>> = {
  LIBREOFFICE_MISSING: problem(
    503,
    'LIBREOFFICE_MISSING',
    '未安装 LibreOffice，不能生成 PDF',
    'Install it where the API runs (apt-get install libreoffice-writer-nogui), or take the .docx, which needs nothing.',
  ),
  PDF_TIMEOUT: problem(504, 'PDF_TIMEOUT', '生成 PDF 超时', 'Try again, or take the .docx.'),
  PDF_FAILED: problem(
    500,
    'PDF_FAILED',
    '生成 PDF 失败',
    'Take the .docx; LibreOffice could not convert it.',
  ),
};

export const pdfProblem = ({ code }: PdfError): Problem => PDF[code]();
