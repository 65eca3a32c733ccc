import { setHandler } from '@temporalio/workflow';
import { hasStage, instanceOf } from '../incident/escalation.ts';
import { note, openStage, type Incident } from './incident-context.ts';
import { recordInstruction } from './messages-instructions.ts';
import { mustBeOpen, mustKeepUp, refused } from './refuse.ts';

/** 批示: a leader's instruction is a duty with an owner, and followed up like any other until somebody says how it was carried out. */
export function answerInstructions(incident: Incident): void {
  const { state, plan } = incident;
  setHandler(
    recordInstruction,
    ({ words, fromName, ...data }) => {
      const { party: owner, person, dueAt } = data;
      const instruction = (state.instructions = (state.instructions ?? 0) + 1);
      const stage = openStage(incident, instanceOf('leaderInstruction', instruction), {
        owner,
        about: { name: `第${instruction}件`, says: '' },
        ...(dueAt === null ? {} : { dueAt }),
        ...(person === null ? {} : { holder: person }),
      });
      note(incident, {
        kind: 'instructionRecorded',
        data: { instruction, ...data, stageId: stage.id },
        personal: { words, ...(fromName ? { 'from.name': fromName } : {}) },
      });
      return { instruction, stageId: stage.id };
    },
    {
      validator: ({ party }) => {
        mustBeOpen(incident);
        mustKeepUp(incident);
        if (!hasStage(plan, 'leaderInstruction')) throw refused('NotInPlan');
        const known = Object.keys(plan.parties).filter((key) => !plan.parties[key]!.outside);
        if (!known.includes(party)) throw refused('UnknownParty', known);
      },
    },
  );
}
