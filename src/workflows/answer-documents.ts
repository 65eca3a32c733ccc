import { setHandler } from '@temporalio/workflow';
import { now } from './clock.ts';
import { note, type Incident } from './incident-context.ts';
import { noteDocument } from './messages-documents.ts';
import { mustNotBeClosed, mustKeepUp } from './refuse.ts';

/** What was done with documents. Signing delivers nothing: the evidence that ends a stage is the receipt. */
export function answerDocuments(incident: Incident): void {
  setHandler(
    noteDocument,
    (data) => {
      const { state } = incident;
      const act = `${data.document} ${data.act} ${data.digest}`;
      const again = state.documents?.includes(act) ?? false;
      if (!again) {
        state.documents = [...(state.documents ?? []), act];
        note(incident, { kind: 'documentNoted', data });
      }
      return { at: now(), again };
    },
    {
      validator: (_said) => {
        mustNotBeClosed(incident);
        mustKeepUp(incident);
      },
    },
  );
}
