import { commandOf, helpOf, usage } from './cli/command.ts';
import { COMMANDS } from './cli/commands.ts';

async function main(words: string[]): Promise<number> {
  const found = commandOf(COMMANDS, words);
  if (found?.rest.includes('--help')) {
    console.log(helpOf(found.command));
    return 0;
  }
  if (found) return found.command.run(found.rest);
  console.log(usage(COMMANDS));
  return [undefined, 'help', '--help'].includes(words[0]) ? 0 : 2;
}

// Whoever reads may have had enough (`fenghuo roster show centre | head`): that is no error, and nothing is left to say.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
