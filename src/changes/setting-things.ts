import type { Config } from '../config.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Json } from '../store/change-entry.ts';
import { KEYRING } from '../store/key-usage.ts';
import { sha256, type Snapshot, type Thing } from './snapshot.ts';

/** Settings that are an address: what they reach is told, who logs in there is not. */
const ADDRESSES = ['SMTP_URL', 'PUBLIC_URL', 'TEMPORAL_UI_ORIGIN'] as const;

/** Settings of channels, as far as they may be told, and which keys the ring has, by id. */
export function settingThings(config: Config, keyring: Keyring): Snapshot {
  const things: Record<string, Thing> = {
    sender: { area: 'channels', fields: { MAIL_FROM: config.MAIL_FROM } },
    [KEYRING]: { area: 'keys', fields: { current: keyring.currentId, ids: [...keyring.ids] } },
  };
  for (const name of ADDRESSES) {
    const url = config[name];
    if (url) things[name] = { area: 'channels', ...addressThing(url) };
  }
  return { source: 'settings', of: 'settings', things };
}

/** Host and port in clear; user, password, path and query only as marks, since each of them may be a key. */
function addressThing(text: string): Pick<Thing, 'fields' | 'secrets'> {
  const { protocol, hostname, port, username, password, pathname, search } = new URL(text);
  const fields: Record<string, Json> = { protocol: protocol.replace(/:$/, ''), host: hostname, port };
  const secrets: Record<string, string> = {};
  if (username || password) secrets.login = sha256(`${username}:${password}`);
  if (pathname.length > 1 || search) secrets.rest = sha256(pathname + search);
  return { fields, secrets };
}
