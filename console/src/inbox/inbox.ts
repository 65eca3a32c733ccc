import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client.ts';
import { useSession } from '../api/session.ts';

/** An in-app message: what a notice says, without any identity. */
export interface Message {
  key: string;
  subject: string;
  text: string;
  at: string;
  readAt: string | null;
}

const MOST = 200;

/** The signed-in person's messages, the newest first; read ones as well where that is asked for. */
export function useInbox(all: boolean) {
  const person = useSession().data?.account?.person ?? null;
  return useQuery({
    queryKey: ['inbox', all],
    enabled: person !== null,
    queryFn: () =>
      ask<Message[]>(`/api/people/${encodeURIComponent(person!)}/messages?unread=${!all}&limit=${MOST}`),
  });
}

/** Marks a message as read. That is no receipt. */
export const markRead = (person: string, key: string): Promise<null> =>
  ask(`/api/people/${encodeURIComponent(person)}/messages/read`, { method: 'POST', body: { key } });

const LINK = /https?:\/\/[^\s，。；、）》]+/g;

/** A message's words without its receipt links, and those links: they become buttons. Pure. */
export function withoutLinks(text: string): { words: string; links: string[] } {
  const links = [...text.matchAll(LINK)].map(([link]) => link).filter((link) => /\/[rs]\//.test(link));
  const words = links.reduce((left, link) => left.replace(link, ''), text);
  return { words: words.replace(/[ \t]+$/gm, '').trim(), links };
}
