import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where Temporal's own download service answers and how long it may stay silent. */
export interface OfficialSource {
  /** Without a slash at the end. */
  origin?: string;
  /** Milliseconds without an answer or a further byte after which the download is given up. */
  silenceMs?: number;
}

export interface OfficialDownload extends OfficialSource {
  artifact: 'cli' | 'temporal-test-server';
  version: string;
  /** An empty folder; what was downloaded stays in it. */
  folder: string;
  log: (line: string) => void;
}

/**
 * Downloads a binary from the service that the Temporal SDKs download from, and says where it lies in `folder`. Throws
 * `Error` with a one-line reason: no network, no such release, no build for this machine.
 */
export async function downloadOfficial(download: OfficialDownload): Promise<string> {
  const { artifact, version, folder, log } = download;
  const { origin = 'https://temporal.download', silenceMs = 5_000 } = download;
  const silence = deadline(silenceMs);
  try {
    const asked = `${origin}/${artifact}/${version}?arch=${architecture()}&platform=${platform()}&format=tar.gz`;
    const { archiveUrl, fileToExtract } = where(await (await get(asked, silence.signal)).json());
    log(`Downloading ${artifact} ${version} from ${archiveUrl}`);
    const archive = join(folder, 'archive.tar.gz');
    const body = (await get(archiveUrl, silence.signal)).body;
    if (!body) throw new Error(`${archiveUrl} answered with nothing`);
    const heard = new Transform({
      transform(chunk, _encoding, next) {
        silence.restart();
        next(null, chunk);
      },
    });
    await pipeline(Readable.fromWeb(body), heard, createWriteStream(archive), { signal: silence.signal });
    silence.stop();
    await run('tar', ['-xzf', archive, '-C', folder, fileToExtract]);
    return join(folder, fileToExtract);
  } catch (cause) {
    const why = silence.signal.aborted
      ? `no answer from ${origin} within ${silenceMs / 1000} s`
      : reason(cause);
    throw new Error(why, { cause });
  } finally {
    silence.stop();
  }
}

async function get(url: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response;
}

/** What the service says about a release: the archive and the one file in it that is wanted. */
function where(answer: unknown): { archiveUrl: string; fileToExtract: string } {
  const { archiveUrl, fileToExtract } = answer as Record<string, unknown>;
  if (typeof archiveUrl !== 'string' || typeof fileToExtract !== 'string' || /^\/|\.\./.test(fileToExtract)) {
    throw new Error('the answer names no archive');
  }
  return { archiveUrl, fileToExtract };
}

function architecture(): string {
  if (process.arch === 'x64') return 'amd64';
  if (process.arch === 'arm64') return 'arm64';
  throw new Error(`there is no build for ${process.arch}`);
}

function platform(): string {
  if (process.platform === 'linux' || process.platform === 'darwin') return process.platform;
  throw new Error(`there is no archive for ${process.platform} that this can unpack`);
}

function deadline(ms: number) {
  const controller = new AbortController();
  let timer = setTimeout(() => controller.abort(), ms);
  return {
    signal: controller.signal,
    restart(): void {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(), ms);
    },
    stop: () => clearTimeout(timer),
  };
}

/** `fetch` says only "fetch failed"; why stands in its cause, for several addresses as a code without a message. */
function reason(error: unknown): string {
  const { message, cause } = error as { message: string; cause?: { message?: string; code?: string } };
  const why = cause?.message || cause?.code;
  return why ? `${message}: ${why}` : message;
}
