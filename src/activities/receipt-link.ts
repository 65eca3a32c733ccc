import type { Keyring } from '../crypto/keyring.ts';
import { newShortCode, shortCodeHash } from '../receipts/short-link.ts';
import { signReceipt, type Receipt } from '../receipts/token.ts';
import type { Register } from '../store/open.ts';
import { addShortLink } from '../store/short-links.ts';
import { within } from '../within.ts';

/** How long an alarm waits for the register to keep a short link before it goes with the long one, which needs no register. */
const PATIENCE_MS = 1_000;

export interface ReceiptLinkDeps {
  register: Register;
  keyring: Keyring;
  publicUrl: string;
}

/** A link that carries its own signature. */
export const receiptLink = async (
  { keyring, publicUrl }: ReceiptLinkDeps,
  receipt: Receipt,
): Promise<string> => `${publicUrl}/r/${await signReceipt(keyring, receipt)}`;

/** A link short enough for a text message; the long one where the register cannot keep it. */
export async function shortReceiptLink(deps: ReceiptLinkDeps, receipt: Receipt): Promise<string> {
  const code = newShortCode();
  try {
    await within(PATIENCE_MS, addShortLink(deps.register, shortCodeHash(code), receipt));
    return `${deps.publicUrl}/s/${code}`;
  } catch {
    return receiptLink(deps, receipt);
  }
}
