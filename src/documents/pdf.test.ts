import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { renderDocx } from './docx.ts';
import { OFFICIAL_FONTS } from './fonts.ts';
import { tempFolders } from '../../test/harness/temp-folders.ts';
import { createPdfMaker } from './pdf.ts';
import { samplePaper, SIGNED } from './sample-paper.ts';

jest.setTimeout(180_000);

const isThere = (command: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`]);
    return true;
  } catch {
    return false;
  }
};
const newFolder = tempFolders();
const workIn = newFolder('pdf-test');
const leftBehind = (): string[] => readdirSync(workIn);

/** Something that stands where LibreOffice should. */
function impostor(script: string): string {
  const path = join(newFolder('impostor'), 'soffice');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('without LibreOffice the error says so, and nothing is left behind', async () => {
  const docx = await renderDocx(samplePaper(), SIGNED);
  await expect(createPdfMaker({ workIn, soffice: '/nowhere/soffice' })(docx)).rejects.toMatchObject({
    code: 'LIBREOFFICE_MISSING',
  });
  expect(leftBehind()).toEqual([]);
});

test('a LibreOffice that hangs is ended with what it has started; one that writes nothing has failed', async () => {
  const docx = Buffer.from('none');
  const hangs = createPdfMaker({ workIn, soffice: impostor('sleep 600 & wait'), patienceMs: 300 });
  await expect(hangs(docx)).rejects.toMatchObject({ code: 'PDF_TIMEOUT' });
  const writesNothing = createPdfMaker({ workIn, soffice: impostor('exit 0') });
  await expect(writesNothing(docx)).rejects.toMatchObject({ code: 'PDF_FAILED' });
  const fails = createPdfMaker({ workIn, soffice: impostor('exit 77') });
  await expect(fails(docx)).rejects.toMatchObject({ code: 'PDF_FAILED' });
  expect(leftBehind()).toEqual([]);
});

(isThere('soffice') ? test : test.skip)(
  'LibreOffice makes A4 of every form, two at once, and missing fonts are named with what stands in for them',
  async () => {
    const make = createPdfMaker({ workIn });
    const forms = ['letter', 'upward'] as const;
    const made = await Promise.all(
      forms.map(async (form) => make(await renderDocx(samplePaper({ form }), SIGNED))),
    );
    for (const { bytes, missing, used } of made) {
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      const [width, height] = /MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/
        .exec(bytes.toString('latin1'))!
        .slice(1);
      expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
      expect(missing.every((font) => OFFICIAL_FONTS.includes(font))).toBe(true);
      expect(used.length).toBeGreaterThan(0);
    }
    expect(leftBehind()).toEqual([]);
  },
);
