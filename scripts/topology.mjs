import { buildConsole } from './build-console.mjs';
import { prepare } from './prepare.mjs';

await prepare();
await buildConsole().catch((error) => console.error(`The console was not built: ${error.message}`));
const { register } = await import('tsx/esm/api');
register();
await import('../deploy/native/main.ts');
