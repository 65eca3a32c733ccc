import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { installPackages } from './debian-packages.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export interface ChromiumOptions {
  log: (line: string) => void;
  /** A browser to take and nothing else. */
  browser?: string;
  /** Whether Debian's package may be installed: on a machine that is there for tests, not on somebody's own. */
  mayInstall: boolean;
}

/** The path of a Chromium: `browser`, one on PATH, Debian's package. Throws `Error` with what to install. */
export async function provideChromium({ log, browser, mayInstall }: ChromiumOptions): Promise<string> {
  if (browser !== undefined) return browser;
  const there = await onPath();
  if (there) return there;
  if (mayInstall) {
    await installPackages(['chromium', 'fonts-noto-cjk'], log);
    const installed = await onPath();
    if (installed) return installed;
  }
  throw new Error(
    'The browser tests need Chromium: install it (Debian: apt-get install chromium fonts-noto-cjk), or name one in FENGHUO_CHROMIUM, and run the tests again.',
  );
}

async function onPath(): Promise<string | null> {
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const name of NAMES) {
    for (const folder of folders) {
      const path = join(folder, name);
      const isThere = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) return path;
    }
  }
  return null;
}
