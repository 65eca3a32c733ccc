import { createHmac } from 'node:crypto';
import type { Accepted, Channel } from './channel.ts';
import { post } from './http.ts';
import { membersOf, refusal, type Provider } from './refusal.ts';

export interface RobotOptions {
  /** The robot's webhook as its group shows it, key included: a secret. */
  webhook: string;
  /** What requests are signed with (加签), where the robot asks for it; WeCom's never does. */
  secret?: string;
  /** The longest a send may take, in ms. */
  deadline?: number;
  /** Ms since 1970. */
  now?: () => number;
}

/** A robot (群机器人) of a WeCom (企业微信) group: 20 messages a minute. `to` is not used: a robot knows its group. */
export const createWecomRobot = ({ webhook, deadline }: RobotOptions): Channel => ({
  name: 'wecom',
  async send({ text }) {
    const body = JSON.stringify({ msgtype: 'text', text: { content: text } });
    return tell('WECOM', { url: new URL(webhook), body, deadline });
  },
});

/** A robot (自定义机器人) of a DingTalk (钉钉) group: 20 messages a minute, then none for ten. Signed in the query. */
export const createDingtalkRobot = ({
  webhook,
  secret,
  deadline,
  now = Date.now,
}: RobotOptions): Channel => ({
  name: 'dingtalk',
  async send({ text }) {
    const url = new URL(webhook);
    if (secret !== undefined) {
      const timestamp = String(now());
      url.searchParams.set('timestamp', timestamp);
      url.searchParams.set('sign', dingtalkSign(secret, timestamp));
    }
    const body = JSON.stringify({ msgtype: 'text', text: { content: text } });
    return tell('DINGTALK', { url, body, deadline });
  },
});

/** A robot (自定义机器人) of a Feishu (飞书) group: 100 messages a minute, five a second. Signed in the body. */
export const createFeishuRobot = ({ webhook, secret, deadline, now = Date.now }: RobotOptions): Channel => ({
  name: 'feishu',
  async send({ text }) {
    const timestamp = String(Math.floor(now() / 1000));
    const signed = secret === undefined ? {} : { timestamp, sign: feishuSign(secret, timestamp) };
    const body = JSON.stringify({ ...signed, msg_type: 'text', content: { text } });
    return tell('FEISHU', { url: new URL(webhook), body, deadline });
  },
});

/** Over `timestamp\nsecret` (timestamp in ms) under the secret. */
export const dingtalkSign = (secret: string, timestamp: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');

/** Over nothing, under `timestamp\nsecret` (timestamp in s): their way. */
export const feishuSign = (secret: string, timestamp: string): string =>
  createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');

/** All three answer 200 with a code in the body, 0 where the message was taken. */
async function tell(
  provider: Provider,
  { url, body, deadline }: { url: URL; body: string; deadline?: number },
): Promise<Accepted> {
  const answer = await post({ url, body, deadline });
  const { errcode, code, StatusCode } = membersOf(answer.body);
  const said = errcode ?? code ?? StatusCode;
  if (answer.status !== 200 || said !== 0) throw refusal(provider, answer, said);
  return { code: `${provider}_0` };
}
