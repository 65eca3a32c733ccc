import { buildConsole } from './build-console.mjs';
import { prepare } from './prepare.mjs';

/** `node scripts/screenshots.mjs`: draws docs/images/ anew from the sample data, on the real system in Chromium. */
await prepare({ development: true });
await buildConsole();
const { register } = await import('tsx/esm/api');
register();
const { drawScreenshots } = await import('../test/harness/screenshots.ts');
await drawScreenshots('docs/images');
process.exit(0);
