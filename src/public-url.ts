import type { Config } from './config.ts';

/** What links to the API begin with. */
export const publicUrlOf = (config: Config, port = config.PORT): string =>
  (config.PUBLIC_URL ?? `http://127.0.0.1:${port}`).replace(/\/+$/, '');
