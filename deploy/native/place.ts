import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Place } from '../places.ts';
import { BUILD } from '../versions.ts';
import type { Ports } from './allot-ports.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The folders of a topology on one machine. */
export const foldersOf = (data: string) => ({
  secrets: join(data, 'secrets'),
  made: join(data, 'made'),
  logs: join(data, 'logs'),
  cache: join(data, 'cache'),
  postgres: join(data, 'postgres'),
  scratch: join(data, 'scratch'),
  mailbox: join(data, 'mailbox'),
});

/** Everything on this machine, on the ports given. */
export function nativePlace(data: string, ports: Ports): Place {
  const folders = foldersOf(data);
  return {
    host: () => '127.0.0.1',
    port: (service, name = 'main') => ports[name === 'main' ? service : `${service} ${name}`] ?? 0, // 0: not here
    listenOn: '127.0.0.1',
    secret: (name) => join(folders.secrets, name),
    file: (path) => join(ROOT, path),
    made: (name) => join(folders.made, name),
    publicUrl: `https://127.0.0.1:${ports['proxy']}`,
    uiOrigin: `https://127.0.0.1:${ports['proxy']}`,
    proxies: '127.0.0.1',
    build: BUILD,
    buildBefore: BUILD,
    cache: folders.cache,
  };
}
