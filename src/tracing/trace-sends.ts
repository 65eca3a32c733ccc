import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Channels } from '../activities/compose.ts';
import type { Channel } from '../channels/channel.ts';
import { failureCode } from '../channels/failure.ts';

/** The same channels, each try of which is a span: the message by its key, never to whom or what it says. */
export function traceSends(channels: Channels): Channels {
  const tracer = trace.getTracer('fenghuo');
  const traced = (by: string, channel: Channel): Channel => ({
    ...channel,
    send: (message) => {
      const attributes = { 'fenghuo.channel': by, 'fenghuo.message': message.id };
      return tracer.startActiveSpan(`send ${by}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
        try {
          return await channel.send(message);
        } catch (error) {
          span.setAttribute('error.type', failureCode(error)).setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      });
    },
  });
  return Object.fromEntries(Object.entries(channels).map(([by, channel]) => [by, traced(by, channel)]));
}
