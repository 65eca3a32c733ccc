/** What sort of file an attachment is, for people. */
const KINDS: Record<string, { zh: string; en: string }> = {
  'application/pdf': { zh: 'PDF', en: 'PDF' },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    zh: 'Word 文档',
    en: 'Word document',
  },
};

export const fileKind = (type: string, language: 'zh' | 'en'): string =>
  (KINDS[type] ?? (type.startsWith('image/') ? { zh: '照片', en: 'photo' } : { zh: '文件', en: 'file' }))[
    language
  ];
