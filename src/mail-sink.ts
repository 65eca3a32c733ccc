import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startMailbox } from './channels/mailbox/mailbox.ts';
import { failStart, toldToStop } from './until-told.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const settings = z.object({
  HOST: z.string().default('127.0.0.1'),
  /** Where it takes mail, and where its page is. */
  PORT: port.default(1025),
  PAGE_PORT: port.default(1026),
  MAILBOX: z.string().default(join(tmpdir(), 'fenghuo-mailbox')),
});

/** A mail server that sends nothing on, for looking at what would be sent: never in production. */
async function main(): Promise<void> {
  const { HOST: host, PORT: smtpPort, PAGE_PORT: pagePort, MAILBOX: dir } = settings.parse(process.env);
  const mailbox = await startMailbox({ dir, host, smtpPort, pagePort });
  await toldToStop();
  await mailbox.close();
}

await main().catch(failStart);
