import { setHandler } from '@temporalio/workflow';
import { msBetween } from '../incident/instant.ts';
import { now } from './clock.ts';
import { note, type Incident } from './incident-context.ts';
import { logCall } from './messages-receipts.ts';
import { mustBeOpen, mustKeepUp, refused } from './refuse.ts';

/** Phone calls that people of ours made: on record, and no receipt by themselves. */
export function answerCalls(incident: Incident): void {
  setHandler(
    logCall,
    ({ by, to, number, calledAt, answered, said }) => {
      note(incident, {
        kind: 'phoneCalled',
        data: { by, person: to.person ?? null, party: to.party ?? null, calledAt, answered },
        personal: { number, ...(said ? { said } : {}) },
      });
      return { at: now() };
    },
    {
      validator: ({ to, calledAt }) => {
        mustBeOpen(incident);
        mustKeepUp(incident);
        if (to.party !== undefined && !Object.hasOwn(incident.plan.parties, to.party))
          throw refused('UnknownParty');
        if (msBetween(now(), calledAt) > 0) throw refused('ToldInFuture');
      },
    },
  );
}
