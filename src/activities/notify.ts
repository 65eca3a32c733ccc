import { ApplicationFailure, heartbeat } from '@temporalio/activity';
import { priorityOf } from '../channels/alarms-first.ts';
import type { Channel } from '../channels/channel.ts';
import { failureCode, isPermanent } from '../channels/failure.ts';
import { noticeRobot } from '../channels/robot-text.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { sendId } from '../incident/ids.ts';
import { SHOWN_TIME_ZONE, toInstant, type Instant } from '../incident/instant.ts';
import type { Delivery, Notice, Try as Tried } from '../incident/notice.ts';
import type { Try } from '../people/methods.ts';
import {
  callBackNumber,
  personById,
  triesFor,
  type Organisation,
  type Person,
} from '../people/organisation.ts';
import { keysBefore, methodAfter, recipientOf } from '../people/telling.ts';
import { within } from '../within.ts';
import { createDeliveryLog, type Claim, type DeliveryLog } from './delivery-log.ts';
import type { Register } from '../store/open.ts';
import { allotNumber } from '../store/append.ts';
import { noteProviderMessage } from '../store/provider-messages.ts';
import { receiptLink, shortReceiptLink } from './receipt-link.ts';
import { compose, servedBy, type Channels } from './compose.ts';

export interface NotifyDeps {
  organisation: Organisation;
  register: Register;
  channels: Channels;
  /** Groups that hear of each new duty of ours; whether they did holds nothing up. */
  robots?: Channel[];
  /** What texts begin with, in 【】; 烽火 if left out. */
  smsSignature?: string | undefined;
  keyring: Keyring;
  /** Who has duty is asked for this instant; now unless told otherwise. */
  now?: () => Instant;
  /** Where receipt links lead, without a trailing slash. */
  publicUrl: string;
}

type Claimed = Extract<Claim, { state: 'claimed' }>;

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
     * Sends one notice to whoever is to be told now, once: a key that was accepted before gives its first result again. Where
     * one method fails the person's next is tried at once. Refused by all for good is a result; when some may work later that
     * is thrown, for Temporal to try again.
     */
    async send(notice: Notice): Promise<Delivery> {
      if (notice.drill && notice.outside && !notice.consented) return unsent('withheld');
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
  const person = await recipient(deps, log, notice);
  const claim = await log.claim(notice, person?.id ?? null);
  if (claim.state === 'settled') return withNext(deps, notice, claim.delivery);
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

async function sendTo(deps: NotifyDeps, log: DeliveryLog, notice: Notice, claim: Claimed): Promise<Delivery> {
  const { organisation, channels } = deps;
  const told = claim.person ? personById(organisation, claim.person) : null;
  const tried = { attempts: claim.attempt - claim.firstAttempt + 1 };
  const tries = told ? triesFor(organisation, told, notice, servedBy(channels)) : [];
  if (notice.withdrawn) return log.settle(notice, { ...unsent('withdrawn'), ...tried });
  // Groups hear of it also where the person cannot be reached: then most of all.
  if (isNewDuty(notice) && claim.attempt === claim.firstAttempt)
    void tellGroups(deps, notice, claim).catch(() => undefined);
  if (!told || !tries[notice.method ?? 0]) {
    return log.settle(notice, { ...unsent('noContact'), person: told?.id ?? null, ...tried });
  }
  if (notice.quiet.includes(told.id)) {
    return log.settle(notice, { ...unsent('quieted'), person: told.id, ...tried });
  }
  return tryEach(deps, log, notice, { told, tries, claim });
}

const isNewDuty = ({ kind, outside, rung, repeat, method = 0 }: Notice): boolean =>
  kind === 'duty' && !outside && rung + repeat + method === 0;

async function tellGroups(deps: NotifyDeps, notice: Notice, { firstAttempt }: Claimed): Promise<void> {
  if (!deps.robots?.length) return;
  const text = noticeRobot(notice, {
    ...(await placeOf(deps, notice)),
    receiptUrl: null,
    timeZone: SHOWN_TIME_ZONE,
  });
  const message = { id: sendId(notice.key, firstAttempt), to: '', text, priority: priorityOf(notice) };
  await Promise.allSettled(deps.robots.map((robot) => robot.send(message)));
}

const unsent = (result: Delivery['result']): Delivery => ({
  result,
  person: null,
  channel: null,
  code: null,
  attempts: 0,
});

const wallClock = (): Instant => toInstant(Date.now());

/** Who is on duty when the message is sent, which may be after a change of shift: not when it was decided on. */
async function recipient(
  { organisation, now = wallClock }: NotifyDeps,
  log: DeliveryLog,
  notice: Notice,
): Promise<Person | null> {
  const keys = keysBefore(notice);
  const tried = keys.length > 0 ? await log.tried(keys) : [];
  return recipientOf(organisation, notice, now(), tried);
}

/** The person's methods one after the other, each at once when the one before has failed, until one takes the message. */
async function tryEach(
  deps: NotifyDeps,
  log: DeliveryLog,
  notice: Notice,
  { told, tries, claim }: { told: Person; tries: Try[]; claim: Claimed },
): Promise<Delivery> {
  const { firstAttempt } = claim;
  const attempt = claim.attempt - firstAttempt + 1;
  const earlier = attempt > 1 ? await log.earlier(notice.key, firstAttempt) : [];
  const failed: Tried[] = [];
  const soFar = () => ({ person: told.id, attempts: attempt + failed.length });
  let hopeless = true;
  let code = '';
  for (let method = notice.method ?? 0; method < tries.length; method += 1) {
    const { by, to } = tries[method]!;
    // A repeat is for a call that nobody took; it is of no use where the same channel has just refused.
    if (method > (notice.method ?? 0) && tries[method - 1]!.by === by) continue;
    try {
      ({ code } = await sendBy(deps, notice, { told, by, to, id: sendId(notice.key, firstAttempt) }));
    } catch (error) {
      code = failureCode(error);
      hopeless &&= isPermanent(error);
      const last = nextOf(tries, method, by) === null;
      if (!(last && hopeless)) await log.failed(notice.key, { ...soFar(), channel: by, code, done: last });
      failed.push({ channel: by, code, at: toInstant(Date.now()) });
      continue;
    }
    const settled = await log.settle(notice, { ...soFar(), result: 'accepted', channel: by, code });
    return withNext(deps, notice, { ...settled, ...before([...earlier, ...failed]) });
  }
  // Only the code goes on: a server's answer may repeat an address.
  if (!hopeless)
    throw ApplicationFailure.create({ message: `not accepted yet: ${code}`, type: 'SendFailed' });
  const settled = await log.settle(notice, {
    result: 'refused',
    person: told.id,
    channel: failed.at(-1)!.channel,
    code,
    attempts: attempt + failed.length - 1,
  });
  return { ...settled, ...before([...earlier, ...failed.slice(0, -1)]) };
}

/** With what comes after: the method that follows the one which took the message. Also for a message settled by an earlier run. */
function withNext({ organisation, channels }: NotifyDeps, notice: Notice, delivery: Delivery): Delivery {
  const told = delivery.person === null ? null : personById(organisation, delivery.person);
  if (delivery.result !== 'accepted' || !told) return delivery;
  const tries = triesFor(organisation, told, notice, servedBy(channels));
  const next = methodAfter(tries, notice.method ?? 0, delivery.channel);
  return next ? { ...delivery, next } : delivery;
}

const before = (tries: Tried[]): { tries?: Tried[] } => (tries.length > 0 ? { tries } : {});

/** The next method of another channel; null after the last. */
const nextOf = (tries: Try[], method: number, by: string): Try | null =>
  tries.slice(method + 1).find((one) => one.by !== by) ?? null;

async function sendBy(
  deps: NotifyDeps,
  notice: Notice,
  { told, by, to, id }: Pick<Try, 'by' | 'to'> & { told: Person; id: string },
): Promise<{ code: string }> {
  const { channels } = deps;
  const receipt = {
    key: notice.key,
    person: told.id,
    issuedAt: notice.sentAt,
    expiresAt: notice.linkExpiresAt,
  };
  const link = by === 'sms' ? shortReceiptLink : receiptLink;
  const text = compose(by, notice, {
    ...(await placeOf(deps, notice)),
    receiptUrl: await link(deps, receipt),
    ...(deps.smsSignature ? { signature: deps.smsSignature } : {}),
  });
  const { code, providerId } = await channels[by]!.send({ id, to, ...text });
  // A report that is understood moves the next try forward; the message itself does not wait for that.
  if (providerId)
    void noteProviderMessage(deps.register, { channel: by, providerId, key: notice.key }).catch(ignored);
  return { code };
}

const ignored = (): void => undefined;

const placeOf = async ({ organisation, register }: NotifyDeps, notice: Notice) => ({
  number: await numberOf(register, notice),
  callBack: callBackNumber(organisation, notice.office) ?? '见值班表',
});

/** The incident's number, or null when the register cannot say so in time: the alarm goes ahead. */
const numberOf = async (register: Register, notice: Notice): Promise<string | null> =>
  notice.number ??
  within(NUMBER_PATIENCE_MS, allotNumber(register, notice.incidentId, notice.numberSeries)).catch(() => null);
