import { readConfig } from '../config.ts';
import { Refused } from './refused.ts';
import { serverOf, type Server } from './server.ts';

/** The server that runs here, and the key to it. Throws {@link Refused} `NO_API_KEY`. */
export async function serverHere(): Promise<Server> {
  const server = await serverOf(readConfig(process.env));
  if (server) return server;
  throw new Refused({
    code: 'NO_API_KEY',
    title: 'no API key is known here',
    detail: 'Run it where the server runs, or set FENGHUO_DATA to its data folder, or FENGHUO_API_KEY.',
  });
}
