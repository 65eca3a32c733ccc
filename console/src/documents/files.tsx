import { useState } from 'react';
import { download } from '../look/download.ts';
import { useWords } from '../words/words.tsx';
import type { Listed } from './documents.ts';
import { DOCUMENTS } from './words.ts';

interface Props {
  incident: string;
  document: Listed;
  reason: string;
  fail(error: unknown): void;
}

/** A document to take along: as Word, and as PDF with the official fonts that the server lacks named. */
export function Files({ incident, document, reason, fail }: Props) {
  const words = useWords(DOCUMENTS);
  const [fonts, setFonts] = useState<{ missing: string; used: string } | null>(null);

  async function save(as: 'docx' | 'pdf'): Promise<void> {
    fail(undefined);
    try {
      const headers = await download(`/api/incidents/${incident}/documents/${document.id}/${as}`, reason);
      const named = (header: string): string =>
        (headers.get(header) ?? '').split(',').filter(Boolean).map(decodeURIComponent).join('、');
      setFonts(as === 'pdf' ? { missing: named('x-fonts-missing'), used: named('x-fonts-used') } : null);
    } catch (error) {
      fail(error);
    }
  }

  return (
    <>
      <button type="button" disabled={!reason} onClick={() => void save('docx')}>
        {words.docx}
      </button>
      <button type="button" disabled={!reason} onClick={() => void save('pdf')}>
        {words.pdf}
      </button>
      {fonts?.missing && <p className="lacking">{words.fontsMissing(fonts.missing, fonts.used)}</p>}
    </>
  );
}
