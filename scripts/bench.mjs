import { prepare } from './prepare.mjs';

await prepare({ development: true });
const { register } = await import('tsx/esm/api');
register();
await import('../bench/main.ts');
