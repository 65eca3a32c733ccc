/**
 * A code as some provider wrote it (`isv.MOBILE_NUMBER_ILLEGAL`, `MK:0001`, `-1`), or null when it might be a sentence, an
 * address or a phone number: what is kept and shown holds none.
 */
export const safeCode = (code: unknown): string | null => {
  const text = typeof code === 'number' ? String(code) : code;
  if (typeof text !== 'string' || !/^-?[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/.test(text)) return null;
  return /\d{7}/.test(text.replace(/[._:-]/g, '')) ? null : text;
};
