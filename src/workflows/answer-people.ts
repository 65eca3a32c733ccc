import { setHandler } from '@temporalio/workflow';
import type { StageId } from '../incident/ids.ts';
import { plus } from '../incident/instant.ts';
import type { StageState } from '../incident/state.ts';
import { now } from './clock.ts';
import { note, openStages, type Incident } from './incident-context.ts';
import * as messages from './messages.ts';
import { mustBeOpen, mustKeepUp, refused } from './refuse.ts';

/** Who responds: 仍在处置 and 接管. */
export function answerPeople(incident: Incident): void {
  const { state, plan } = incident;
  setHandler(
    messages.stillResponding,
    ({ by }) => {
      const until = plus(now(), plan.quietFor.ms);
      state.quiet[by] = until;
      note(incident, { kind: 'stillResponding', data: { by, until } });
      return { until };
    },
    { validator: (_said) => mustBeOpen(incident) },
  );
  const takenOver = (stageId: StageId | null): StageState[] =>
    openStages(state).filter(({ id }) => stageId === null || id === stageId);
  setHandler(
    messages.takeOver,
    ({ by, stageId, reason }) => {
      const stages = takenOver(stageId);
      for (const [index, stage] of stages.filter(({ holder }) => holder !== by).entries()) {
        stage.holder = by;
        // Whoever had it is not tried any further.
        for (const line of stage.lines) if (line.rung === 0) line.further = null;
        const data = { stageId: stage.id, opening: stage.opening, by };
        // Once is enough: one act, one reason.
        note(incident, { kind: 'takenOver', data, ...(index === 0 ? { personal: { reason } } : {}) });
      }
      return { stages: stages.map(({ id }) => id) };
    },
    {
      validator: ({ stageId }) => {
        mustBeOpen(incident);
        mustKeepUp(incident);
        if (stageId === null) return;
        const stage = state.stages[stageId];
        if (!stage) throw refused('UnknownStage');
        if (stage.ended) throw refused('StageEnded', stage.ended);
      },
    },
  );
}
