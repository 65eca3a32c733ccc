import { readFileSync } from 'node:fs';
import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import { z } from 'zod';
import { suggestion } from './nearest.ts';

/** One mistake in a YAML file. `line` and `column` count from 1; `path` is dotted, e.g. `chains.office.0.wait`. */
export interface FileProblem {
  line: number;
  column: number;
  path: string;
  problem: string;
  expected: string;
}

/** All mistakes of one file at once, in the order of its lines. `code` is stable for programs. */
export class FileError extends Error {
  override name = 'FileError';
  constructor(
    readonly code: string,
    readonly file: string,
    readonly problems: FileProblem[],
  ) {
    super(
      [`${file}: ${problems.length} problem(s) [${code}]`, ...problems.map((p) => `  ${inWords(p)}`)].join(
        '\n',
      ),
    );
  }
}

const inWords = (p: FileProblem): string =>
  `line ${p.line}, column ${p.column}${p.path && `, ${p.path}`}: ${p.problem}; expected: ${p.expected}`;

/** A file to read, by its path, or a text with the name that messages call it by. */
export type YamlSource = string | { name: string; text: string };

export type Path = readonly (string | number)[];

/** Puts one mistake on the list: at the value under `path`, or at the last key of `path`. */
export type Report = (path: Path, problem: string, expected: string, at?: 'key' | 'value') => void;

interface Reading<S extends z.ZodType> {
  schema: S;
  /** Which error is thrown. */
  error: new (file: string, problems: FileProblem[]) => FileError;
  /** Looks for what a schema cannot see. Gets the file as it stands, right or wrong, so that all mistakes show at once. */
  check(raw: unknown, report: Report): void;
}

/** Reads, parses and checks a YAML file. Throws the {@link FileError} asked for, with every mistake found. */
export function readYaml<S extends z.ZodType>(
  source: YamlSource,
  { schema, check, error }: Reading<S>,
): { value: z.output<S>; text: string } {
  const { name, text } = readText(source, error);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems = syntaxProblems(document, lines);
  // A tree with holes in it would only produce follow-up errors; a key given twice leaves the tree whole.
  if (document.errors.some((e) => e.code !== 'DUPLICATE_KEY') || problems.some((p) => p.path === ALIAS)) {
    throw new error(name, inOrder(problems));
  }

  const raw: unknown = document.toJS();
  const report: Report = (path, problem, expected, at = 'value') =>
    problems.push({ ...place(document, lines, path, at), path: path.join('.'), problem, expected });
  const parsed = schema.safeParse(raw);
  for (const issue of parsed.error?.issues ?? []) reportIssue(issue, raw, schema, report);
  check(raw, report);
  if (parsed.success && problems.length === 0) return { value: parsed.data, text };
  throw new error(name, inOrder(problems));
}

/** The text of a source. Bytes that are no UTF-8 (a file saved as GBK, say) are refused: its hash would not be the text's. */
function readText(source: YamlSource, error: Reading<z.ZodType>['error']): { name: string; text: string } {
  if (typeof source !== 'string') return source;
  const whole = (problem: string, expected: string) =>
    new error(source, [{ line: 1, column: 1, path: '', problem, expected }]);
  let bytes: Buffer;
  try {
    bytes = readFileSync(source);
  } catch (cause) {
    throw whole(`cannot be read (${(cause as NodeJS.ErrnoException).code})`, 'a file that can be read');
  }
  try {
    return { name: source, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    throw whole('is not UTF-8 text', 'a file saved as UTF-8');
  }
}

const ALIAS = '*';

function syntaxProblems(document: Document, lines: LineCounter): FileProblem[] {
  const at = (offset: number) => position(lines, offset);
  const problems = document.errors.map((error) => ({
    ...at(error.pos[0]),
    path: '',
    problem: error.code === 'DUPLICATE_KEY' ? 'this key stands here twice' : error.message,
    expected: error.code === 'DUPLICATE_KEY' ? 'every key once' : 'valid YAML',
  }));
  visit(document, {
    Alias(_key, alias) {
      problems.push({
        ...at(alias.range?.[0] ?? 0),
        path: ALIAS,
        problem: 'refers to another place of the file',
        expected: 'the value itself, so that each limit can be read where it applies',
      });
    },
  });
  return problems;
}

/** Where things stand in a YAML text that has been read without mistakes: by path, at the last key of it. */
export function placesIn(text: string): (path: Path) => { line: number; column: number } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  return (path) => place(document, lines, path, 'key');
}

/** Where a path stands in the file; for what is missing, where the thing it is missing from begins. */
function place(document: Document, lines: LineCounter, path: Path, at: 'key' | 'value') {
  let key: Node | null = null;
  let node: unknown = document.contents;
  for (const step of path) {
    if (isMap(node)) {
      const pair = pairOf(node, String(step));
      if (!pair) return position(lines, startOf(key ?? node));
      key = isNode(pair.key) ? pair.key : null;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number' && node.items[step] !== undefined) {
      key = null;
      node = node.items[step];
    } else {
      return position(lines, startOf(key ?? node));
    }
  }
  return position(lines, startOf(at === 'key' || !isScalar(node) ? (key ?? node) : node));
}

const pairOf = (map: YAMLMap, key: string) =>
  map.items.findLast((pair) => isScalar(pair.key) && String(pair.key.value) === key);

const startOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

function position(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

const inOrder = (problems: FileProblem[]): FileProblem[] =>
  problems.toSorted((a, b) => a.line - b.line || a.column - b.column);

/** Our schemas' messages say what is expected; `params.problem` says what is wrong where the kind of issue does not. */
function reportIssue(issue: z.core.$ZodIssue, raw: unknown, schema: z.ZodType, report: Report): void {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const value = valueAt(raw, path);
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      report([...path, key], 'this field is not known', suggestion(key, fieldsAt(schema, path)), 'key');
    }
  } else if (issue.code === 'invalid_key') {
    report(path, 'cannot be a key', issue.issues[0]?.message ?? issue.message, 'key');
  } else if (value === undefined) {
    report(path, 'is missing', kindExpected(issue));
  } else if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    report(path, 'is not one of the values known', suggestion(String(value), known));
  } else if (issue.code === 'custom') {
    report(path, String(issue.params?.problem ?? 'does not fit'), issue.message);
  } else {
    // A phone number of digits only, unquoted, reads as a number and loses its leading zeros.
    const quotes = issue.code === 'invalid_type' && issue.expected === 'string' && typeof value !== 'object';
    if (quotes) return report(path, `is ${kindOf(value)}`, 'text: put it in quotes');
    report(path, issue.code === 'invalid_type' ? `is ${kindOf(value)}` : 'does not fit', kindExpected(issue));
  }
}

const KINDS: Record<string, string> = {
  string: 'text',
  object: 'a map',
  record: 'a map',
  array: 'a list',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function kindExpected(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return KINDS[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`;
  return issue.message;
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return (
    { string: 'text', object: 'a map', number: 'a number', boolean: 'true or false' }[
      typeof value as string
    ] ?? 'odd'
  );
}

/** What stands under a path; undefined when nothing does. */
function valueAt(raw: unknown, path: Path): unknown {
  let value = raw;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** The fields that a schema knows under a path. */
function fieldsAt(schema: z.ZodType, path: Path): string[] {
  let at: unknown = schema;
  for (const step of path) {
    at = plain(at);
    if (at instanceof z.ZodObject) at = (at.shape as Record<string, unknown>)[step];
    else if (at instanceof z.ZodRecord) at = at.valueType;
    else if (at instanceof z.ZodArray) at = at.element;
  }
  at = plain(at);
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

const plain = (schema: unknown): unknown =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable
    ? plain(schema.unwrap())
    : schema;
