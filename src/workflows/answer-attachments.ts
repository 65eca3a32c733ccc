import { setHandler } from '@temporalio/workflow';
import { now } from './clock.ts';
import { note, type Incident } from './incident-context.ts';
import { noteAttachment } from './messages-attachments.ts';
import { mustNotBeClosed, mustKeepUp, refused } from './refuse.ts';

/** Photos and files as evidence. A stage that has ended takes them, too: the film is developed after the search. */
export function answerAttachments(incident: Incident): void {
  setHandler(
    noteAttachment,
    (data) => {
      const { state } = incident;
      const again = state.attachments?.includes(data.attachment) ?? false;
      if (!again) {
        state.attachments = [...(state.attachments ?? []), data.attachment];
        note(incident, { kind: 'attachmentAdded', data });
      }
      return { at: now(), again };
    },
    {
      validator: ({ stageId }) => {
        mustNotBeClosed(incident);
        mustKeepUp(incident);
        if (stageId !== null && !Object.hasOwn(incident.state.stages, stageId)) throw refused('UnknownStage');
      },
    },
  );
}
