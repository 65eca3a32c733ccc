import type { EntryData } from '../incident/entry.ts';
import type { Instant } from '../incident/instant.ts';
import type { ChainEntry } from './told.ts';

/** Somebody a report was sent to, with a receipt of their own. */
export interface Recipient {
  party: string;
  toldAt: Instant | null;
  receivedAt: Instant | null;
  /** A person of ours; null for a receipt that was registered. */
  receivedBy: string | null;
  /** phone, paper, inPerson; null for one by link. */
  receivedVia: string | null;
  /** Who was asked last while it was silent, where that is somebody else. */
  climbedTo: string | null;
}

/** A report on its way to all recipients in the county. */
export interface ReportSending extends Omit<EntryData['reportSent'], 'parties'> {
  at: Instant;
  /** How its stage of receipts ended; null while it is open. */
  outcome: string | null;
  recipients: Recipient[];
}

type Sent = EntryData['messageSent'];

/** The sendings of an incident, oldest first, with who has received each and when. Pure. */
export const sendingsIn = (timeline: readonly ChainEntry[]): ReportSending[] =>
  timeline
    .filter(({ kind }) => kind === 'reportSent')
    .map(({ at, data }) => {
      const { parties, ...sent } = data as unknown as EntryData['reportSent'];
      const ofIts = timeline.filter((entry) => sent.stageId !== null && entry.data.stageId === sent.stageId);
      const ending = ofIts.find(({ kind }) => kind === 'stageEnded');
      return {
        ...sent,
        at,
        outcome: ending ? String(ending.data.outcome) : null,
        recipients: parties.map((party) => recipient(party, ofIts)),
      };
    });

function recipient(party: string, entries: ChainEntry[]): Recipient {
  const messages = entries.filter(({ kind, data }) => kind === 'messageSent' && data.line === party);
  // Somebody above who confirmed in its place is no recipient.
  const own = new Set(messages.filter(({ data }) => data.party === party).map(({ data }) => data.key));
  const receipt = entries.find(
    ({ kind, data }) => (kind === 'acknowledged' || kind === 'receiptRegistered') && own.has(data.key),
  );
  const last = messages.at(-1)?.data as Sent | undefined;
  return {
    party,
    toldAt: messages[0]?.at ?? null,
    receivedAt: receipt ? ((receipt.data.toldAt as Instant | undefined) ?? receipt.at) : null,
    receivedBy: receipt?.kind === 'acknowledged' ? String(receipt.data.person) : null,
    receivedVia: receipt?.kind === 'receiptRegistered' ? String(receipt.data.channel) : null,
    climbedTo: !receipt && last && last.party !== party ? last.party : null,
  };
}
