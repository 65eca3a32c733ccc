#!/usr/bin/env node
import { prepare } from '../scripts/prepare.mjs';

await prepare();
const { register } = await import('tsx/esm/api');
register();
await import('../src/cli.ts');
