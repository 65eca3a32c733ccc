/** One of the commands of `fenghuo`. */
export interface Command {
  /** How it is called, e.g. `plan check`. */
  name: string;
  /** What follows the name, e.g. `FILE [--organisation FILE]`. */
  takes: string;
  /** What it does and how it exits, line by line. */
  says: string[];
  /** A whole line as it could be typed. */
  example: string;
  /** What else `--help` tells, line by line: its options. */
  help?: string[];
  /** Gives the exit status. What it throws is shown, with exit status 2. Loads the command's own code first. */
  run(rest: string[]): Promise<number>;
}

/** The command that these words call, and what follows its name; null when there is none. */
export function commandOf(
  commands: readonly Command[],
  words: string[],
): { command: Command; rest: string[] } | null {
  for (const command of commands) {
    const name = command.name.split(' ');
    if (name.every((word, i) => words[i] === word)) return { command, rest: words.slice(name.length) };
  }
  return null;
}

/** All commands, as a text for a terminal. */
export const usage = (commands: readonly Command[]): string =>
  ['fenghuo COMMAND', ...commands.map(entry), '  COMMAND --help tells its options, with an example.'].join(
    '\n\n',
  );

const entry = ({ name, takes, says }: Command): string =>
  [`  ${name} ${takes}`.trimEnd(), ...says.map(indented)].join('\n');

/** One command with its options and an example. */
export const helpOf = ({ name, takes, says, example, help = [] }: Command): string =>
  [
    [`fenghuo ${name} ${takes}`.trimEnd(), ...says.map(indented)],
    ...(help.length > 0 ? [help.map((line) => `  ${line}`)] : []),
    ['Example:', indented(example)],
  ]
    .map((lines) => lines.join('\n'))
    .join('\n\n');

const indented = (line: string): string => `      ${line}`;
