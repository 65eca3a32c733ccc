import { prepare } from './prepare.mjs';

/** `npm run faults -- [--incidents N] [--seed N] [--faults N] [--broken] [--keep]`: everything breaks while incidents run; then counts. */
await prepare({ development: true });
const { register } = await import('tsx/esm/api');
register();
await import('../test/faults/main.ts');
