import { ApplicationFailure, heartbeat } from '@temporalio/activity';
import type { Channel } from '../channels/channel.ts';
import { failureCode, isPermanent } from '../channels/failure.ts';
import { noticeMail } from '../channels/notice-text.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { SHOWN_TIME_ZONE, toInstant } from '../incident/instant.ts';
import type { Delivery, Notice } from '../incident/notice.ts';
import {
  callBackNumber,
  contactFor,
  personById,
  type Organisation,
  type Person,
} from '../people/organisation.ts';
import { signReceipt } from '../receipts/token.ts';
import { within } from '../within.ts';
import { createDeliveryLog, type Claim, type DeliveryLog } from './delivery-log.ts';
import type { Register } from '../store/open.ts';
import { allotNumber } from '../store/append.ts';

export interface NotifyDeps {
  organisation: Organisation;
  register: Register;
  email: Channel;
  keyring: Keyring;
  /** Where receipt links lead, without a trailing slash. */
  publicUrl: string;
}

export type NotifyActivities = ReturnType<typeof createNotify>;

/** Less than the workflow's heartbeat time-out by a factor of three. */
const HEARTBEAT_MS = 1_000;

/** How long an alarm waits for the register to tell the incident's number before it goes without. */
const NUMBER_PATIENCE_MS = 1_000;

/** Telling people. */
export function createNotify(deps: NotifyDeps) {
  const log = createDeliveryLog(deps.register);
  return {
    /**
     * Sends one notice to whoever is to be told now, once: a key that was accepted before gives its first result again.
     * Refused for good is a result; a temporary failure is thrown, for Temporal to try again.
     */
    async send(notice: Notice): Promise<Delivery> {
      if (notice.drill && notice.outside) return unsent('withheld');
      const beat = setInterval(() => {
        heartbeat();
        void log.renew(notice.key);
      }, HEARTBEAT_MS);
      try {
        return await sendOnce(deps, log, notice);
      } finally {
        clearInterval(beat);
      }
    },
  };
}

async function sendOnce(deps: NotifyDeps, log: DeliveryLog, notice: Notice): Promise<Delivery> {
  const person = recipient(deps.organisation, notice);
  const claim = await log.claim(notice.key, person?.id ?? null);
  if (claim.state === 'settled') return claim.delivery;
  if (claim.state === 'busy') {
    throw ApplicationFailure.create({
      message: 'this is being sent',
      type: 'InFlight',
      nextRetryDelay: '1s',
    });
  }
  try {
    return await sendTo(deps, log, notice, claim);
  } finally {
    log.release(notice.key);
  }
}

async function sendTo(
  deps: NotifyDeps,
  log: DeliveryLog,
  notice: Notice,
  claim: Extract<Claim, { state: 'claimed' }>,
): Promise<Delivery> {
  const told = claim.person ? personById(deps.organisation, claim.person) : null;
  const tried = { attempts: claim.attempt };
  if (notice.withdrawn) return log.settle(notice.key, { ...unsent('withdrawn'), ...tried });
  if (!told?.email) return log.settle(notice.key, { ...unsent('noContact'), ...tried });
  if (notice.quiet.includes(told.id)) {
    return log.settle(notice.key, { ...unsent('quieted'), person: told.id, ...tried });
  }
  return attempt(deps, log, notice, { ...told, email: told.email }, claim.attempt);
}

const unsent = (result: Delivery['result']): Delivery => ({
  result,
  person: null,
  channel: null,
  code: null,
  attempts: 0,
});

/** Who is on duty when the message is sent, which may be after a change of shift: not when it was decided on. */
const recipient = (organisation: Organisation, notice: Notice): Person | null =>
  notice.holder
    ? personById(organisation, notice.holder)
    : contactFor(organisation, notice, toInstant(Date.now()));

async function attempt(
  { organisation, register, email, keyring, publicUrl }: NotifyDeps,
  log: DeliveryLog,
  notice: Notice,
  told: Person & { email: string },
  number: number,
): Promise<Delivery> {
  const tried = { person: told.id, channel: email.name, attempts: number };
  try {
    const receipt = await signReceipt(keyring, {
      key: notice.key,
      person: told.id,
      issuedAt: notice.sentAt,
      expiresAt: notice.linkExpiresAt,
    });
    const mail = noticeMail(notice, {
      number: await numberOf(register, notice),
      callBack: callBackNumber(organisation, notice.office) ?? '见值班表',
      receiptUrl: `${publicUrl}/r/${receipt}`,
      timeZone: SHOWN_TIME_ZONE,
    });
    const { code } = await email.send({ id: notice.key, to: told.email, ...mail });
    return await log.settle(notice.key, { ...tried, result: 'accepted', code });
  } catch (error) {
    const code = failureCode(error);
    if (isPermanent(error)) return await log.settle(notice.key, { ...tried, result: 'refused', code });
    await log.failed(notice.key, { ...tried, code });
    // Only the code goes on: a server's answer may repeat an address.
    throw ApplicationFailure.create({ message: `not accepted yet: ${code}`, type: 'SendFailed' });
  }
}

/** The incident's number, or null when the register cannot say so in time: the alarm goes ahead. */
const numberOf = async (register: Register, notice: Notice): Promise<string | null> =>
  notice.number ??
  within(NUMBER_PATIENCE_MS, allotNumber(register, notice.incidentId, notice.numberSeries)).catch(() => null);
