import type { Email } from '../../src/channels/email.ts';

/** As long as a notice of ours. */
const TEXT = '本邮件用于测量，请勿回复，请勿转发。\n'.repeat(20);

export const createLadderActivities = (email: Email) => ({
  async mail(id: string): Promise<string> {
    const { code } = await email.send({
      id,
      to: 'ladder@example.invalid',
      subject: '【测量】请确认收到',
      text: TEXT,
    });
    return code;
  },
});

export type LadderActivities = ReturnType<typeof createLadderActivities>;
