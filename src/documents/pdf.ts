import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { fontConfig, missingFonts } from './font-config.ts';

/** Why there is no PDF: `LIBREOFFICE_MISSING`, `PDF_TIMEOUT`, `PDF_FAILED`. */
export class PdfError extends Error {
  override name = 'PdfError';
  constructor(
    readonly code: 'LIBREOFFICE_MISSING' | 'PDF_TIMEOUT' | 'PDF_FAILED',
    message: string,
  ) {
    super(message);
  }
}

export interface Pdf {
  bytes: Buffer;
  /** Official fonts that this machine does not have. */
  missing: string[];
  /** The fonts that stand in the file. */
  used: string[];
}

export type PdfMaker = (docx: Buffer) => Promise<Pdf>;

const PATIENCE_MS = 60_000;

/**
 * Makes PDFs of .docx files with LibreOffice, one at a time, each under a profile of its own that is removed with everything
 * else: what it reads names people. Throws {@link PdfError}.
 */
export function createPdfMaker({
  soffice = 'soffice',
  patienceMs = PATIENCE_MS,
  workIn = tmpdir(),
} = {}): PdfMaker {
  const oneAtATime = pLimit(1);
  return (docx) => oneAtATime(() => convert(docx, { soffice, patienceMs, workIn }));
}

async function convert(
  docx: Buffer,
  { soffice, patienceMs, workIn }: { soffice: string; patienceMs: number; workIn: string },
): Promise<Pdf> {
  const folder = await mkdtemp(join(workIn, 'fenghuo-pdf-')); // 0700
  try {
    await writeFile(join(folder, 'paper.docx'), docx, { mode: 0o600 });
    await writeFile(join(folder, 'fonts.conf'), fontConfig());
    await runOffice(soffice, folder, patienceMs);
    const bytes = await readFile(join(folder, 'paper.pdf')).catch(() => {
      throw new PdfError('PDF_FAILED', 'LibreOffice wrote no PDF');
    });
    return { bytes, missing: await missingFonts(), used: fontsIn(bytes) };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function runOffice(soffice: string, folder: string, patienceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      soffice,
      [
        `-env:UserInstallation=file://${join(folder, 'profile')}`,
        '--headless',
        '--norestore',
        '--convert-to',
        'pdf',
        '--outdir',
        folder,
        join(folder, 'paper.docx'),
      ],
      {
        detached: true, // it starts processes of its own, which must go with it
        stdio: 'ignore',
        env: { PATH: process.env['PATH'], HOME: folder, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
      },
    );
    const late = setTimeout(() => {
      endGroup(child.pid);
      reject(new PdfError('PDF_TIMEOUT', `LibreOffice took longer than ${patienceMs} ms`));
    }, patienceMs);
    child.once('error', ({ code }: NodeJS.ErrnoException) => {
      clearTimeout(late);
      const isMissing = code === 'ENOENT' || code === 'EACCES';
      reject(
        new PdfError(isMissing ? 'LIBREOFFICE_MISSING' : 'PDF_FAILED', `LibreOffice did not start (${code})`),
      );
    });
    child.once('exit', (code) => {
      clearTimeout(late);
      if (code === 0) resolve();
      else reject(new PdfError('PDF_FAILED', `LibreOffice ended with ${code}`));
    });
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it has ended meanwhile
  }
}

/** Names of embedded fonts, without their subset's prefix. */
const fontsIn = (pdf: Buffer): string[] => [
  ...new Set(
    [...pdf.toString('latin1').matchAll(/\/BaseFont\s*\/(?:[A-Z]{6}\+)?([A-Za-z0-9_-]+)/g)].map(
      ([, name]) => name!,
    ),
  ),
];
