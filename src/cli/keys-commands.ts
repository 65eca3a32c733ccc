import type { Command } from './command.ts';
import type * as Keys from './keys.ts';

const OFFLINE = 'On the data folder the server must be stopped; on DATABASE_URL it may run.';

const command = (
  name: string,
  takes: string,
  says: string[],
  run: (keys: typeof Keys, rest: string[]) => Promise<number>,
): Command => ({
  name: `keys ${name}`,
  takes,
  says: [...says, OFFLINE],
  example: `fenghuo keys ${name}${takes === 'ID' ? ' k2' : ''}`,
  run: async (rest) => run(await import('./keys.ts'), rest),
});

/** Keys of payloads, seals, ends and receipt links: see docs/operations.md. */
export const KEY_COMMANDS: readonly Command[] = [
  command('list', '', ['Every key, the current one, and how much still uses each.'], (keys) =>
    keys.keysList(),
  ),
  command(
    'rotate',
    '[ID]',
    ['A new key, which encrypts from the next start on; the old ones go on reading. For the embedded mode.'],
    (keys, rest) => keys.keysRotate(rest),
  ),
  command(
    'add',
    '[ID]',
    ['First step with several processes: a new key that all must know before one encrypts with it.'],
    (keys, rest) => keys.keysAdd(rest),
  ),
  command(
    'promote',
    'ID',
    ['Second step: from the next start of each process on it encrypts with this key.'],
    (keys, rest) => keys.keysPromote(rest),
  ),
  command(
    'reseal',
    '',
    ['Bring everything in the register under the current key, in batches; may be stopped and begun again.'],
    (keys) => keys.keysReseal(),
  ),
  command(
    'retire',
    'ID',
    [
      'Take out a key that nothing uses any more.',
      'Exit status: 0 it is out, 1 something uses it: how many of what.',
    ],
    (keys, rest) => keys.keysRetire(rest),
  ),
];
