import { openMailboxStore } from './store.ts';
import { startMailboxSmtp } from './smtp.ts';
import { startMailboxWeb } from './web.ts';

export interface MailboxOptions {
  /** Where the mails lie, one `.eml` file each. */
  dir: string;
  /** 0, the default, takes a free port. */
  smtpPort?: number;
  pagePort?: number;
  /** The address both listen on; within a container alone another than 127.0.0.1. */
  host?: string;
  /** In which the page shows times. */
  timeZone?: string;
}

export interface Mailbox {
  /** For `createEmail`. */
  smtpUrl: string;
  pageUrl: string;
  close(): Promise<void>;
}

/**
 * The embedded mailbox: a real SMTP server and a page, both on 127.0.0.1 only. Nothing in it is sent on.
 * Rejects with Node's error (`EADDRINUSE`, `EACCES`) when a port is taken or the folder cannot be written.
 */
export async function startMailbox({
  dir,
  smtpPort = 0,
  pagePort = 0,
  host = '127.0.0.1',
  timeZone = 'Asia/Shanghai',
}: MailboxOptions): Promise<Mailbox> {
  const store = await openMailboxStore(dir);
  const smtp = await startMailboxSmtp(smtpPort, (raw) => store.add(raw), host);
  const web = await startMailboxWeb(pagePort, store, timeZone, host).catch(async (error: unknown) => {
    await smtp.close();
    throw error;
  });
  return {
    smtpUrl: smtp.url,
    pageUrl: web.url,
    async close() {
      await Promise.all([smtp.close(), web.close()]);
    },
  };
}
