import { register } from 'node:module';

/** Breaks the build on purpose: whoever sends forgets which messages were sent before. The fault suite has to notice. */
register(new URL('./forget-key-hooks.mjs', import.meta.url));
