import { randomUUID } from 'node:crypto';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Command } from './command.ts';
import type { Request } from './server.ts';

/** An option of an act: what it takes and means. One that takes no `value` is a switch. */
export interface Option {
  value?: string;
  says: string;
  /** Without it, and without it in `--body`, the command was called wrongly. */
  needed?: boolean;
  /** May be given several times. */
  multiple?: boolean;
  /** The field of the body it fills; its own name unless told otherwise, none where null. */
  field?: string | null;
}

/** What was typed after an act's name. */
export interface Given {
  /** Positionals in order; the first `INCIDENT` and an `INTO` are ids by now. */
  words: string[];
  text(option: string): string | undefined;
  texts(option: string): string[];
  isOn(option: string): boolean;
  /** The body of `--body` under the fields that options fill. */
  body: Record<string, unknown>;
}

/** A command that says something to the running server, or asks it. */
export interface Act<Answer = unknown> {
  name: string;
  says: string[];
  example: string;
  /** What follows the name: `INCIDENT` and `INTO` may be given by number; in brackets what may be left out; `…` repeats. */
  takes: readonly string[];
  options: Record<string, Option>;
  /** Repeating it would count twice: it is sent under a key. */
  counts?: boolean;
  request(given: Given): Request;
  /** The answer in lines for a terminal. */
  tells(answer: Answer, given: Given): string[];
}

const SHARED: Record<string, Option> = {
  json: { says: 'print the raw answer', field: null },
};
const WITH_BODY: Record<string, Option> = {
  body: {
    value: 'FILE',
    says: 'more of what the API takes, as a JSON file, or - for standard input: names are not for a command line',
    field: null,
  },
};
const COUNTED: Record<string, Option> = {
  key: {
    value: 'KEY',
    says: 'the same act under the same key counts once; made up where none is given',
    field: null,
  },
};

export const optionsOf = ({ options, counts }: Act): Record<string, Option> => ({
  ...options,
  ...(Object.hasOwn(options, 'by') || counts ? WITH_BODY : {}),
  ...(counts ? COUNTED : {}),
  ...SHARED,
});

/** An act as a command. Gives 0, or 1 when the server refused or did not answer; throws when called wrongly. */
export const actCommand = (act: Act): Command => ({
  name: act.name,
  takes: [...act.takes, ...Object.entries(act.options).flatMap(neededOption), '[OPTIONS]'].join(' '),
  says: act.says,
  example: act.example,
  help: optionLines(optionsOf(act)),
  run: async (rest) => (await import('./run-act.ts')).runAct(act, rest),
});

const neededOption = ([name, { value, needed }]: [string, Option]): string[] =>
  needed ? [`--${name} ${value}`] : [];

function optionLines(options: Record<string, Option>): string[] {
  const lines = Object.entries(options).map(([name, option]) => [
    `--${name}${option.value ? ` ${option.value}` : ''}`,
    `${option.says}${option.needed ? ' (needed)' : ''}${option.multiple ? ' (may be repeated)' : ''}`,
  ]);
  const width = Math.max(...lines.map(([option]) => option!.length));
  return lines.map(([option, says]) => `${option!.padEnd(width)}  ${says}`);
}

/** Reads what was typed. `file` is the parsed `--body`. Throws, saying how to call it, when it cannot be meant. */
export function readWords(act: Act, rest: string[]): Omit<Given, 'body'> {
  const options = Object.entries(optionsOf(act)).map(([name, { value, multiple }]) => [
    name,
    { type: value ? 'string' : 'boolean', ...(multiple ? { multiple } : {}) },
  ]);
  const config = Object.fromEntries(options) as NonNullable<ParseArgsConfig['options']>;
  const { values, positionals } = parseArgs({ args: rest, options: config, allowPositionals: true });
  mustFit(act, positionals);
  return {
    words: positionals,
    text: (option) => values[option] as string | undefined,
    texts: (option) => (values[option] as string[] | undefined) ?? [],
    isOn: (option) => values[option] === true,
  };
}

function mustFit(act: Act, words: string[]): void {
  const needed = act.takes.filter((word) => !word.startsWith('[')).length;
  const most = act.takes.some((word) => word.includes('…')) ? Infinity : act.takes.length;
  if (words.length >= needed && words.length <= most) return;
  throw new Error(
    `${act.name} takes ${act.takes.join(' ') || 'no words, only options'}; see ${act.name} --help`,
  );
}

/** The body: what `--body` holds, under what the options say. Throws when something needed is in neither. */
export function bodyOf(act: Act, given: Omit<Given, 'body'>, file: Record<string, unknown>) {
  const body = { ...file };
  for (const [name, { value, multiple, field = name }] of Object.entries(act.options)) {
    if (field === null) continue;
    const typed = multiple ? given.texts(name) : value ? given.text(name) : given.isOn(name) || undefined;
    if (typed !== undefined && (!Array.isArray(typed) || typed.length > 0)) body[field] = typed;
  }
  const missing = Object.entries(act.options)
    .filter(([name, { needed, field = name }]) => needed && body[field ?? name] === undefined)
    .map(([name]) => `--${name}`);
  if (missing.length > 0) throw new Error(`${act.name} needs ${missing.join(', ')}; see ${act.name} --help`);
  return body;
}

/** The key under which a repeatable act is sent. */
export const keyOf = (act: Act, given: Omit<Given, 'body'>): string | undefined =>
  act.counts ? (given.text('key') ?? randomUUID()) : undefined;
