/* Writes docker-compose.yml and the files it mounts anew from deploy/topology.ts. */
import { register } from 'tsx/esm/api';
import { root } from './prepare.mjs';

register();
const { writeMade } = await import('../deploy/write-made.ts');
await writeMade(root);
