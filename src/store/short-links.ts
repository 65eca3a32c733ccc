import { eq } from 'drizzle-orm';
import type { Receipt } from '../receipts/token.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { shortLink } from './tables-links.ts';

/** Keeps a receipt under the hash of its short code. */
export function addShortLink({ db }: Register, hash: string, receipt: Receipt): Promise<void> {
  return guarded(async () => {
    await db.insert(shortLink).values({ hash, ...receipt });
  });
}

/** The receipt of a short code's hash; null when there is none. Whether it has expired is for the reader to see. */
export const shortLinkByHash = ({ db }: Register, hash: string): Promise<Receipt | null> =>
  guarded(async () => {
    const { key, person, issuedAt, expiresAt } = shortLink;
    const columns = { key, person, issuedAt, expiresAt };
    const [row] = await db.select(columns).from(shortLink).where(eq(shortLink.hash, hash));
    return row ?? null;
  });
