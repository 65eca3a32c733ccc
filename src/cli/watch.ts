import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { toInstant } from '../incident/instant.ts';
import { toldToStop } from '../until-told.ts';
import { createWatch, type Look, type WatchDeps } from '../watchtower/keep-watch.ts';
import { lookFrom } from '../watchtower/look-from-outside.ts';
import { pinger } from '../watchtower/ping.ts';
import { again, lookEveryMs } from '../watchtower/run-watch.ts';
import { createSecondRoute } from '../watchtower/second-route.ts';
import { silentWord } from '../watchtower/words.ts';

/** `fenghuo watch`: the watch from another machine, over HTTP, with a route of its own. */
export async function watchCommand(rest: string[]): Promise<number> {
  const { values } = parseArgs({
    args: rest,
    options: { url: { type: 'string' }, keep: { type: 'boolean' }, say: { type: 'boolean' } },
  });
  const config = readConfig(process.env);
  const url = (values.url ?? config.PUBLIC_URL ?? `http://127.0.0.1:${config.PORT}`).replace(/\/+$/, '');
  if (values.keep) return keepWatching(config, url);

  const { isProcessed, look, line } = await lookFrom(url);
  console.log(line);
  if (isProcessed) await pinger(config.WATCH_PING_URL, { warn: () => undefined })?.();
  else if (values.say) await sayOnce(config, url, look);
  return isProcessed ? 0 : 1;
}

type Config = ReturnType<typeof readConfig>;

async function sayOnce(config: Config, system: string, { seen }: Look): Promise<void> {
  const route = createSecondRoute(config);
  const answers = await route.say(silentWord({ since: toInstant(Date.now()), seen, system }));
  for (const { way, code, isTaken } of answers)
    console.log(`${way}: ${isTaken ? 'told' : 'not told'} (${code})`);
  await route.close();
}

async function keepWatching(config: Config, system: string): Promise<number> {
  const log = pino({ name: 'fenghuo-watch' });
  const route = createSecondRoute(config);
  const deps: WatchDeps = {
    look: async () => (await lookFrom(system)).look,
    // Nobody stands beside it.
    claim: () => Promise.reject(new Error('alone')),
    noteSaid: async () => undefined,
    route,
    system,
    log,
    ping: pinger(config.WATCH_PING_URL, log),
    afterMs: config.WATCH_AFTER_SECONDS * 1_000,
    elapsed: () => performance.now(),
    now: () => toInstant(Date.now()),
  };
  const looking = again(createWatch(deps), lookEveryMs(config));
  log.info({ system }, 'watches');
  await toldToStop();
  await looking.stop();
  await route.close();
  return 0;
}
