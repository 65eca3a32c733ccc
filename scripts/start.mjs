import { prepare } from './prepare.mjs';

await prepare();
// In this very process: Ctrl-C then reaches one Node only, once.
const { register } = await import('tsx/esm/api');
register();
await import('../src/start.ts');
