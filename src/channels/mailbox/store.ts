import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { toInstant } from '../../incident/instant.ts';
import type { Instant } from '../../incident/instant.ts';

/** One stored mail. `date` is when it arrived here, to the millisecond; the mail's own Date header knows seconds only. */
export interface MailboxMessage {
  id: string;
  to: string;
  subject: string;
  text: string;
  date: Instant;
  /** With its angle brackets; empty when the mail has none. */
  messageId: string;
}

export interface MailboxStore {
  /** Stores one mail as it came; resolves when it is safely on disk. */
  add(raw: Buffer): Promise<void>;
  /** Newest first. `limit` counts mails, all by default. */
  list(limit?: number): Promise<MailboxMessage[]>;
  /** Null for an id that is not there. */
  read(id: string): Promise<MailboxMessage | null>;
}

/** Milliseconds of arrival, a counter for those of one millisecond, and randomness against a clock set back. */
const FILE = /^(\d{13})-(\d{6})-[0-9a-f]{8}\.eml$/;

/** Mails as `.eml` files in the folder `dir`, which is created; their names sort by arrival. */
export async function openMailboxStore(dir: string): Promise<MailboxStore> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await removeUnfinished(dir);
  const parsed = new Map<string, MailboxMessage>();
  let count = 0;

  async function load(file: string): Promise<MailboxMessage | null> {
    const known = parsed.get(file);
    if (known) return known;
    const raw = await readFile(join(dir, file)).catch(() => null);
    if (!raw) return null; // taken away by hand meanwhile
    const message = await parseMail(file, raw);
    parsed.set(file, message);
    return message;
  }

  return {
    async add(raw) {
      const counter = String(count++ % 1_000_000).padStart(6, '0');
      const name = `${String(Date.now()).padStart(13, '0')}-${counter}-${randomBytes(4).toString('hex')}.eml`;
      const unfinished = join(dir, `${name}.part`);
      try {
        await writeFile(unfinished, raw, { flush: true, mode: 0o600 });
        await rename(unfinished, join(dir, name));
        await flushFolder(dir);
      } catch (error) {
        await rm(unfinished, { force: true }).catch(() => undefined); // what counts is why it could not be kept
        throw error;
      }
    },
    async list(limit = Infinity) {
      const files = (await readdir(dir)).filter((name) => FILE.test(name)).sort();
      const newest = files.reverse().slice(0, limit);
      const messages: MailboxMessage[] = [];
      for (const file of newest) {
        const message = await load(file);
        if (message) messages.push(message);
      }
      return messages;
    },
    async read(id) {
      const file = `${id}.eml`;
      return FILE.test(file) ? load(file) : null;
    },
  };
}

async function parseMail(file: string, raw: Buffer): Promise<MailboxMessage> {
  const mail = await PostalMime.parse(raw);
  const recipients = (mail.to ?? []).map((to) => to.address ?? to.name);
  return {
    id: file.replace(/\.eml$/, ''),
    to: recipients.join(', '),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    date: toInstant(Number(FILE.exec(file)![1])),
    messageId: mail.messageId ?? '',
  };
}

/** A kill in mid-write leaves a part that was never acknowledged: its sender tries again. */
async function removeUnfinished(dir: string): Promise<void> {
  const parts = (await readdir(dir)).filter((name) => name.endsWith('.eml.part'));
  await Promise.all(parts.map((name) => rm(join(dir, name), { force: true })));
}

/** A rename is safe against a power cut only once its folder is on disk too. */
async function flushFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
