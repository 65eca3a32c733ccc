import { Readable } from 'node:stream';
import type { Happening } from '../store/happenings.ts';

/** Proxies end connections on which nothing is said; a line each quarter of a minute keeps one open, and finds those that are gone. */
const HEARTBEAT_MS = 15_000;
/** Events that wait for a reader who does not read. Beyond it they give way to one that says: read everything anew. */
const WAITING = 2_000;
/** Who has taken nothing for so long is gone. */
const GONE_MS = 120_000;

/** `id` is what a reader who comes back sends as Last-Event-ID. */
export interface StreamEvent {
  id: number;
  event: 'hello' | 'incident' | 'reset';
  data: unknown;
}

export interface EventStream {
  body: Readable;
  send(event: StreamEvent): void;
  /** A comment, where nothing was said for a while. */
  beat(): void;
  end(): void;
}

/** Server-sent events as a stream of text: it takes as much as its reader does, and keeps little beyond that. */
export function createEventStream(onClose: () => void): EventStream {
  const waiting: StreamEvent[] = [];
  let takes = true;
  let saidAt = Date.now();
  const body = new Readable({
    read() {
      takes = true;
      flow();
    },
  });
  body.on('close', onClose);

  function say(text: string): void {
    saidAt = Date.now();
    takes = body.push(text);
  }

  function flow(): void {
    while (takes && waiting.length > 0) say(textOf(waiting.shift()!));
  }

  return {
    body,
    send(event) {
      if (body.destroyed) return;
      const isTooMuch = waiting.length >= WAITING || waiting[0]?.event === 'reset';
      if (isTooMuch) waiting.splice(0, waiting.length, { id: event.id, event: 'reset', data: {} });
      else waiting.push(event);
      flow();
    },
    beat() {
      const silence = Date.now() - saidAt;
      if (!takes && silence >= GONE_MS) body.destroy();
      else if (takes && silence >= HEARTBEAT_MS) say(': \n\n');
    },
    end() {
      if (!body.destroyed) body.push(null);
      onClose();
    },
  };
}

const textOf = ({ id, event, data }: StreamEvent): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** A notice as the console hears it: that something happened, never what or to whom. */
export const noticeOf = ({ incidentId, kind, number, at }: Happening) => ({
  id: incidentId,
  kind,
  number,
  at,
});
