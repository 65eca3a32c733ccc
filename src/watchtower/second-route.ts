import { randomUUID } from 'node:crypto';
import type { Channel } from '../channels/channel.ts';
import { createEmail } from '../channels/email.ts';
import { failureCode } from '../channels/failure.ts';
import { createDingtalkRobot, createFeishuRobot, createWecomRobot } from '../channels/robots.ts';
import type { WatchSettings } from './settings.ts';
import type { Word } from './words.ts';

/** The way to the administrators that is not the way of notices. */
export interface SecondRoute {
  /** How many ways there are; with none nothing can be said. */
  ways: number;
  /** Says it by all ways at once. Gives how each went, by a code; rejects never. */
  say(word: Word): Promise<{ way: string; isTaken: boolean; code: string }[]>;
  close(): Promise<void>;
}

/** Mail and robots as set; see {@link WatchSettings}. */
export function createSecondRoute(settings: WatchSettings): SecondRoute {
  const { WATCH_SMTP_URL: smtpUrl, WATCH_MAIL_FROM: from, WATCH_MAIL_TO: receivers = '' } = settings;
  const email = smtpUrl ? createEmail({ smtpUrl, from }) : null;
  const ways: [channel: Channel, to: string][] = [
    ...(email ? receivers.split(',').map((to): [Channel, string] => [email, to.trim()]) : []),
    ...robotsOf(settings).map((robot): [Channel, string] => [robot, '']),
  ];
  return {
    ways: ways.length,
    say: ({ subject, text }) =>
      Promise.all(
        ways.map(async ([channel, to]) => {
          const message = { id: `watch/${randomUUID()}`, to, subject };
          // A robot's group sees no subject.
          const words = channel === email ? text : `${subject}\n${text}`;
          return channel.send({ ...message, text: words }).then(
            ({ code }) => ({ way: channel.name, isTaken: true, code }),
            (error: unknown) => ({ way: channel.name, isTaken: false, code: failureCode(error) }),
          );
        }),
      ),
    close: async () => email?.close(),
  };
}

function robotsOf(settings: WatchSettings): Channel[] {
  const {
    WATCH_ROBOT_WECOM_WEBHOOK: wecom,
    WATCH_ROBOT_DINGTALK_WEBHOOK: dingtalk,
    WATCH_ROBOT_FEISHU_WEBHOOK: feishu,
  } = settings;
  const signed = (webhook: string, secret: string | undefined) => ({
    webhook,
    ...(secret ? { secret } : {}),
  });
  return [
    ...(wecom ? [createWecomRobot({ webhook: wecom })] : []),
    ...(dingtalk ? [createDingtalkRobot(signed(dingtalk, settings.WATCH_ROBOT_DINGTALK_SECRET))] : []),
    ...(feishu ? [createFeishuRobot(signed(feishu, settings.WATCH_ROBOT_FEISHU_SECRET))] : []),
  ];
}
