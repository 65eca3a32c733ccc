import { setHandler } from '@temporalio/workflow';
import { close } from './answer-closing.ts';
import { now } from './clock.ts';
import { closeStage, note, openStages, openSubCases, type Incident } from './incident-context.ts';
import * as messages from './messages-drills.ts';
import { mustBeOpen, mustKeepUp, mustNotBeClosed, refused } from './refuse.ts';

/** What a drill order says to the incidents that are carried out for it: its script, and its end. */
export function answerDrills(incident: Incident): void {
  const { state } = incident;
  const mustBeOf = (drill: string): void => {
    if (!state.drill || state.drillOrder?.drill !== drill) throw refused('NotADrill');
  };
  setHandler(
    messages.giveInject,
    ({ inject, kind, by, text }) => {
      const again = state.injects?.includes(inject) ?? false;
      if (!again) {
        state.injects = [...(state.injects ?? []), inject];
        note(incident, { kind: 'injectGiven', data: { inject, kind, by }, personal: { inject: text } });
      }
      return { at: now(), again };
    },
    {
      validator: ({ drill }: messages.Inject) => {
        mustBeOf(drill);
        mustBeOpen(incident);
        mustKeepUp(incident);
      },
    },
  );
  setHandler(
    messages.endDrill,
    ({ as, by, reason }) => {
      if (state.drillEnded) return { at: state.drillEnded.at };
      // First, so that no procedure goes on to its next step.
      state.drillEnded = { as, at: now() };
      for (const stage of openStages(state)) closeStage(incident, stage, 'closed', by);
      note(incident, { kind: 'drillEnded', data: { as, by }, personal: { reason } });
      return { at: now() };
    },
    {
      validator: ({ drill }: messages.DrillEnding) => {
        mustBeOf(drill);
        mustNotBeClosed(incident);
      },
    },
  );
  setHandler(
    messages.closeDrill,
    ({ by, reason }) => {
      close(incident, { by, proposedBy: null, as: 'drillEnded', mergedInto: null }, reason);
      return { at: now() };
    },
    {
      validator: ({ drill }: messages.DrillEnding) => {
        mustBeOf(drill);
        mustNotBeClosed(incident);
        const open = openSubCases(state);
        if (open.length) throw refused('SubCasesOpen', open);
      },
    },
  );
}
