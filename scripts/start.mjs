import { buildConsole } from './build-console.mjs';
import { prepare } from './prepare.mjs';

await prepare();
// No page is worth an alarm: what cannot be built is said, and everything else starts.
await buildConsole().catch((error) => console.error(`The console was not built: ${error.message}`));
// In this very process: Ctrl-C then reaches one Node only, once.
const { register } = await import('tsx/esm/api');
register();
await import('../src/start.ts');
