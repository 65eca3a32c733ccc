import { prepare } from './prepare.mjs';

/** `npm run contract -- [--max-time SECONDS] [--seed N]`: schemathesis over the OpenAPI document, with an API key, a session and neither. */
await prepare({ development: true });
const { register } = await import('tsx/esm/api');
register();
await import('../test/contract/main.ts');
