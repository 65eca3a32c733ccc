import type { FastifyInstance, InjectOptions } from 'fastify';
import { pino } from 'pino';
import { admitApiKey, newApiKey } from '../../src/api/auth.ts';
import { buildApp } from '../../src/api/app.ts';
import type { Keyring } from '../../src/crypto/keyring.ts';
import type { Drill, DrillGround } from './drill.ts';

/** What an API call was answered; `body` is parsed where it is JSON. */
export interface ApiAnswer {
  status: number;
  body: Record<string, unknown>;
  text: string;
}

/** The API on a drill's ground, as a browser and a program reach it. */
export interface DrillApi {
  /** The next act waits until the incident's record has caught up, as {@link Drill.say} does. */
  post(path: string, body: object, about: Drill[]): Promise<ApiAnswer>;
  get(path: string): Promise<ApiAnswer>;
  /** Posts a file as it is, over a real connection. */
  send(path: string, file: Buffer, headers: Record<string, string>): Promise<ApiAnswer>;
  /** Gets a file as it is, over a real connection. */
  fetch(path: string): Promise<{ bytes: Buffer; headers: Record<string, string> }>;
  /** Opens a receipt link (null), or presses one of its buttons. No key. */
  page(link: string, form: Record<string, string> | null, about: Drill): Promise<ApiAnswer>;
  close(): Promise<void>;
}

export async function openApi(ground: DrillGround, keyring: Keyring): Promise<DrillApi> {
  const { register, client, plan, organisation } = ground;
  const key = newApiKey();
  await admitApiKey(register, key, 'drill');
  const app: FastifyInstance = await buildApp({
    register,
    client,
    plan,
    keyring,
    organisation,
    checkMail: async () => undefined,
    refreshRosters: async () => undefined,
    refreshPlan: async () => undefined,
    log: pino({ enabled: false }),
  });
  const ask = async (request: InjectOptions): Promise<ApiAnswer> => {
    const { statusCode, payload, headers } = await app.inject(request);
    const isJson = /[/+]json/.test(String(headers['content-type']));
    return { status: statusCode, text: payload, body: isJson ? JSON.parse(payload) : {} };
  };
  const authorization = `Bearer ${key}`;
  let listening: Promise<string> | undefined;
  const address = () => (listening ??= app.listen({ host: '127.0.0.1', port: 0 }));
  const settled = (drills: Drill[]) => Promise.all(drills.map((drill) => drill.written()));
  return {
    async post(url, payload, about) {
      await settled(about);
      return ask({ method: 'POST', url, payload, headers: { authorization } });
    },
    async send(path, file, headers) {
      const body = new Uint8Array(file);
      const sent = { method: 'POST', body, headers: { ...headers, authorization } };
      const answer = await fetch(`${await address()}${path}`, sent);
      const text = await answer.text();
      return { status: answer.status, text, body: JSON.parse(text) as Record<string, unknown> };
    },
    async fetch(path) {
      const answer = await fetch(`${await address()}${path}`, { headers: { authorization } });
      const bytes = Buffer.from(await answer.arrayBuffer());
      return { bytes, headers: Object.fromEntries(answer.headers) };
    },
    get: (url) => ask({ method: 'GET', url, headers: { authorization } }),
    async page(link, form, about) {
      await settled([about]);
      const url = new URL(link).pathname;
      if (form === null) return ask({ method: 'GET', url });
      return ask({
        method: 'POST',
        url,
        payload: new URLSearchParams(form).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    },
    close: async () => {
      await app.close();
    },
  };
}
