import { twins } from '../words/words.tsx';

/** The words of the messages. */
export const INBOX = twins(
  {
    title: '消息',
    how: '站内通知，不含当事人身份。“已读”只是整理，不算回执；要回执请点“确认收到”。',
    all: '包括已读',
    none: '没有未读消息。',
    noneAtAll: '没有消息。',
    receipt: '确认收到（打开回执页）',
    read: '标为已读',
    readAt: (time: string) => `${time} 已读`,
    isNew: '未读',
  },
  {
    title: 'Messages',
    how: 'Notices in the application, without identities. “Mark as read” only tidies up: a receipt is given by its button.',
    all: 'Read ones, too',
    none: 'No unread messages.',
    noneAtAll: 'No messages.',
    receipt: 'Confirm receipt (opens its page)',
    read: 'Mark as read',
    readAt: (time: string) => `read ${time}`,
    isNew: 'Unread',
  },
);
