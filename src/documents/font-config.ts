import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FONTS, OFFICIAL_FONTS } from './fonts.ts';

const run = promisify(execFile);

/** What stands in for an official font where it is missing: other names of the same, then what Linux brings. */
const INSTEAD: Record<string, string[]> = {
  [FONTS.xiaobiaosong]: ['方正小标宋_GBK', 'FZXiaoBiaoSong-B05S', 'STZhongsong', 'Noto Serif CJK SC'],
  [FONTS.fangsong]: ['仿宋', 'FangSong', 'STFangsong', 'Noto Serif CJK SC'],
  [FONTS.kaiti]: ['楷体', 'KaiTi', 'STKaiti', 'Noto Serif CJK SC'],
  [FONTS.heiti]: ['SimHei', 'Noto Sans CJK SC'],
  [FONTS.songti]: ['SimSun', 'STSong', 'Noto Serif CJK SC'],
};

const alias = (font: string, others: string[]): string =>
  `<alias binding="same"><family>${font}</family><prefer><family>${font}</family>${others
    .map((other) => `<family>${other}</family>`)
    .join('')}</prefer></alias>`;

/** A fontconfig file upon the machine's own, with our substitutes. */
export const fontConfig = (): string =>
  [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
    ...Object.entries(INSTEAD).map(([font, others]) => alias(font, others)),
    '</fontconfig>',
  ].join('\n');

/** The official fonts this machine does not have; all of them where that cannot be asked. */
export async function missingFonts(): Promise<string[]> {
  const known = await run('fc-list', [':', 'family'], { timeout: 10_000 }).then(
    ({ stdout }) => new Set(stdout.split(/[\n,]/).map((name) => name.trim())),
    () => new Set<string>(),
  );
  return OFFICIAL_FONTS.filter((font) => !known.has(font));
}
