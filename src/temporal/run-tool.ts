import { execFile, type ExecFileException } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** `file` itself when it runs with `args` and ends well; throws `Error` saying in one line why not. */
export function runs(file: string, args: string[], { timeoutMs = 30_000 } = {}): Promise<string> {
  return new Promise((done, failed) => {
    execFile(file, args, { timeout: timeoutMs }, (error, stdout, stderr) => {
      if (error) failed(new Error(`${file} does not run: ${whyNot(error, `${stdout}\n${stderr}`)}`));
      else done(file);
    });
  });
}

function whyNot(error: ExecFileException, output: string): string {
  if (error.code === 'ENOENT') return 'it is not installed';
  if (error.killed) return 'it took too long';
  const said = output.split('\n').filter((line) => line.trim() !== '');
  // Maven names the cause first and help last, most others the other way round.
  return said.find((line) => line.startsWith('[ERROR]')) ?? said.at(-1) ?? error.message.split('\n')[0]!;
}

/** Reads `stream` to its end and keeps its last `count` lines that say something. */
export function lastLines(stream: Readable, count: number): { readonly lines: string[] } {
  const lines: string[] = [];
  createInterface({ input: stream }).on('line', (line) => {
    if (line.trim() === '') return;
    lines.push(line.trim());
    if (lines.length > count) lines.shift();
  });
  return { lines };
}
