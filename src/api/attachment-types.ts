import { fileTypeFromBuffer } from 'file-type';
import { imageSize } from 'image-size';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** What is taken as evidence, and how such a file ends. */
export const ATTACHMENT_TYPES: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'image/heif': 'heif',
  'application/pdf': 'pdf',
  [DOCX]: 'docx',
};

/**
 * The type of a file by its content, whatever it is called or was said to be; null for what is not taken. An image must have a
 * width and a height that can be read: its first bytes alone make none.
 */
export async function attachmentType(file: Buffer): Promise<string | null> {
  const found = await fileTypeFromBuffer(file).catch(() => undefined);
  const mime = found?.mime ?? '';
  if (!Object.hasOwn(ATTACHMENT_TYPES, mime)) return null;
  return mime.startsWith('image/') && !isPicture(file) ? null : mime;
}

function isPicture(file: Buffer): boolean {
  try {
    const { width, height } = imageSize(file);
    return width > 0 && height > 0;
  } catch {
    return false;
  }
}
