import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { readConfig, type Config } from '../config.ts';
import { changeKeyFile, nextId, withCurrent, withKey, withoutKey } from '../crypto/key-file.ts';
import { loadPlan } from '../plan/load.ts';
import type { Json } from '../store/change-entry.ts';
import { recordChange } from '../store/changes.ts';
import { archivesUsing, keyUsage, type KeyUsage } from '../store/key-usage.ts';
import type { Register } from '../store/open.ts';
import { reseal, type Resealed } from '../store/reseal.ts';
import { keysOfArchive, resealArchive } from '../temporal/codec-archives.ts';
import { onRegister } from './offline.ts';

/** `fenghuo keys list`: every key with what still uses it. Gives 0. */
export const keysList = (): Promise<number> =>
  offline(async (register, config) => {
    for (const id of register.keyring.ids) {
      const mark = id === register.keyring.currentId ? ' (current)' : '';
      console.log(`${id}${mark}: ${inWords(await usageOf(register, config, id)) || 'nothing uses it'}`);
    }
    return 0;
  });

/** `fenghuo keys add [ID]`: a key more, which nothing is encrypted with yet. Gives 0. */
export const keysAdd = ([id]: string[]): Promise<number> =>
  offline(async (register, config) => {
    const added = id ?? nextId(register.keyring);
    const { backup } = await changeKeyFile(keyFile(config), (text) => withKey(text, added));
    await onRecord(register, added, null, { place: 'known' });
    console.log(`Key ${added} is in ${keyFile(config)}; the file before is ${backup}.`);
    console.log(
      `Next: give the file to every process, restart them one by one, then "fenghuo keys promote ${added}".`,
    );
    return 0;
  });

/** `fenghuo keys promote ID`: the key that new data is encrypted with, once every process knows it. Gives 0. */
export const keysPromote = ([id]: string[]): Promise<number> =>
  offline(async (register, config) => {
    const key = given(id, 'keys promote ID');
    const before = register.keyring.currentId;
    const { backup } = await changeKeyFile(keyFile(config), (text) => withCurrent(text, key));
    await onRecord(register, key, { place: 'known' }, { place: 'current', instead: before });
    console.log(`Key ${key} is the current one in ${keyFile(config)}; the file before is ${backup}.`);
    console.log(
      'Next: give the file to every process and restart them one by one; then "fenghuo keys reseal".',
    );
    return 0;
  });

/** `fenghuo keys rotate [ID]`: both in one, where one process is all there is. Gives 0. */
export const keysRotate = ([id]: string[]): Promise<number> =>
  offline(async (register, config) => {
    if (config.FENGHUO_KEYS_FILE)
      throw new Error(
        'Several processes may share this file: "keys add", restart all of them, then "keys promote". One that does not know the key yet could not read what the others write.',
      );
    const key = id ?? nextId(register.keyring);
    const before = register.keyring.currentId;
    const change = (text: string) => withCurrent(withKey(text, key), key);
    const { backup } = await changeKeyFile(keyFile(config), change);
    await onRecord(register, key, null, { place: 'current', instead: before });
    console.log(
      `From the next start on ${key} encrypts; ${before} still reads. The file before is ${backup}.`,
    );
    console.log(`Back up ${keyFile(config)}. Next: start, and whenever it suits "fenghuo keys reseal".`);
    return 0;
  });

/** `fenghuo keys retire ID`: takes a key out that nothing uses any more. Gives 0, or 1 when something does. */
export const keysRetire = ([id]: string[]): Promise<number> =>
  offline(async (register, config) => {
    const key = given(id, 'keys retire ID');
    const usage = inWords(await usageOf(register, config, key));
    if (usage) {
      console.log(`Key ${key} stays: ${usage}.`);
      console.log(
        'Sealed values, ends and archives: "fenghuo keys reseal". Incidents: close them. Links: wait for them to run out.',
      );
      return 1;
    }
    const { backup } = await changeKeyFile(keyFile(config), (text) => withoutKey(text, key));
    await onRecord(register, key, { place: 'known' }, null);
    console.log(`Key ${key} is out of ${keyFile(config)}.`);
    console.log(
      `It still stands in ${backup}, and in backups of the register's time: destroy or lock them away.`,
    );
    return 0;
  });

/** `fenghuo keys reseal`: everything at rest under the current key. Gives 0, 1 when something could not be read or it was stopped. */
export const keysReseal = (): Promise<number> =>
  offline(async (register) => {
    let stopped = false;
    const stop = () => {
      stopped = true;
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
    const { currentId, ids } = register.keyring;
    console.log(
      `Under ${currentId}: what ${ids.filter((id) => id !== currentId).join(', ') || 'nothing else'} holds. Ctrl-C stops it after a batch; begin again at any time.`,
    );
    const done = await reseal(register, {
      resealArchive: (history) => resealArchive(register.keyring, history),
      goOn: (sofar) => {
        console.log(`  ${counted(sofar)}`);
        return !stopped;
      },
    });
    await onRecord(register, currentId, null, { resealed: { ...done }, stopped });
    console.log(`${stopped ? 'Stopped' : 'Done'}: ${counted(done)}`);
    return stopped || done.unreadable > 0 ? 1 : 0;
  });

const counted = ({ values, heads, archives, unreadable }: Resealed): string =>
  `${values} sealed values, ${heads} ends, ${archives} archives${unreadable > 0 ? `, ${unreadable} unreadable: see "fenghuo audit"` : ''}`;

const RUNS =
  'Stop it first: keys are read at start, so this takes effect at the next one; deadlines are kept meanwhile.';

async function offline(work: (register: Register, config: Config) => Promise<number>): Promise<number> {
  const config = readConfig(process.env);
  return onRegister(config, (register) => work(register, config), RUNS);
}

/** Throws where the keys stand in the environment, which no command can change. */
function keyFile({ FENGHUO_KEYS, FENGHUO_KEYS_FILE, FENGHUO_DATA }: Config): string {
  if (FENGHUO_KEYS_FILE) return resolve(FENGHUO_KEYS_FILE);
  if (!FENGHUO_KEYS) return join(resolve(FENGHUO_DATA), 'keys');
  throw new Error(
    'The keys stand in FENGHUO_KEYS: put them into a file and name it in FENGHUO_KEYS_FILE instead.',
  );
}

function given(id: string | undefined, usage: string): string {
  if (id === undefined) throw new Error(`fenghuo ${usage}`);
  return id;
}

type Usage = KeyUsage & { archives: number };

async function usageOf(register: Register, config: Config, id: string): Promise<Usage> {
  const linksValidFor = loadPlan(config.FENGHUO_PLAN).receiptLinkValidFor.ms;
  const usage = await keyUsage(register, id, { now: new Date().toISOString(), linksValidFor });
  return { ...usage, archives: await archivesUsing(register, id, keysOfArchive) };
}

/** What uses a key; empty when nothing does. */
function inWords({ sealed, heads, archives, openIncidents, receiptLinks }: Usage): string {
  const uses: [number, string][] = [
    [sealed, 'sealed values'],
    [heads, 'ends of timelines'],
    [archives, 'archived histories'],
    [openIncidents, 'open incidents'],
    [receiptLinks, 'receipt links that have not run out'],
  ];
  return uses
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(', ');
}

/** After the act: where it breaks off between the two, the next start still records what the ring looks like. */
const onRecord = (register: Register, id: string, from: Json, to: Json) =>
  recordChange(register, {
    by: `os:${userInfo().username}`,
    via: 'cli',
    area: 'keys',
    subject: `key ${id}`,
    from,
    to,
  });
