import { Problem } from './problem.ts';

const DETAIL = 'A photo (JPEG, PNG, WebP, HEIC), a PDF or a .docx, the file itself as the body.';

export const badAttachment = (): Problem =>
  new Problem({
    status: 422,
    code: 'ATTACHMENT_UNUSABLE',
    title: '附件须为照片（JPEG、PNG、WebP、HEIC）、PDF 或 Word（.docx）文件，此文件的内容不是',
    detail: `Its content is none of them, whatever its name says. ${DETAIL}`,
  });

export const attachmentTooLarge = (): Problem =>
  new Problem({
    status: 413,
    code: 'ATTACHMENT_TOO_LARGE',
    title: '附件超过 20 MiB',
    detail: 'Send a smaller photo, or the paper in parts; at most 20 MiB each.',
  });

export const tooManyAttachments = (): Problem =>
  new Problem({
    status: 409,
    code: 'TOO_MANY_ATTACHMENTS',
    title: '此事件的附件已达上限',
    detail: 'An incident takes 200. Put several papers into one PDF.',
  });

export const unknownAttachment = (): Problem =>
  new Problem({
    status: 404,
    code: 'UNKNOWN_ATTACHMENT',
    title: '没有此附件',
    detail: 'GET …/attachments lists them.',
  });

export const erasedAttachment = (): Problem =>
  new Problem({
    status: 410,
    code: 'ATTACHMENT_ERASED',
    title: '此附件的内容已依法删除',
    detail: 'Its hash, size and times remain.',
  });
