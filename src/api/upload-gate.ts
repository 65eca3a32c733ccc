import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorId } from './actor.ts';
import { Problem } from './problem.ts';

/** Bytes. What is smaller is held in memory like any other request, and waits for nobody. */
const SMALL = 1024 * 1024;

/** How many files are taken at once by this process, and of them from one account: each is held in memory, and sealed. */
export const UPLOADS = { all: 4, ofOne: 2 } as const;

/**
 * Lets a few large bodies be read at a time. Asked before a body is read: throws 503 `UPLOADS_BUSY` with Retry-After. A body whose
 * length is not said counts as large. Alarms are no files and never come here.
 */
export function createUploadGate({ all, ofOne }: { all: number; ofOne: number } = UPLOADS) {
  const reading = new Map<string, number>();
  return (request: FastifyRequest, reply: FastifyReply): void => {
    const length = request.headers['content-length'];
    if (length !== undefined && Number(length) <= SMALL) return;
    const { actor } = request;
    const who = actor ? actorId(actor) : '';
    const mine = actor?.kind === 'account' ? (reading.get(who) ?? 0) : 0; // a key is another system's: many people's
    const everybodys = [...reading.values()].reduce((sum, count) => sum + count, 0);
    if (mine >= ofOne || everybodys >= all) throw busy();
    reading.set(who, (reading.get(who) ?? 0) + 1);
    let isOver = false;
    const over = (): void => {
      if (isOver) return;
      isOver = true;
      const left = (reading.get(who) ?? 1) - 1;
      if (left > 0) reading.set(who, left);
      else reading.delete(who);
    };
    reply.raw.once('finish', over).once('close', over);
  };
}

const busy = (): Problem =>
  new Problem({
    status: 503,
    code: 'UPLOADS_BUSY',
    title: '正在接收其他文件，请稍后重试',
    detail: 'Nothing was kept. Send the file again in a moment; alarms and everything else are not affected.',
    retryAfter: 5,
  });
