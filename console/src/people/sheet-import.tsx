import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { isProblem } from '../api/problem.ts';
import { SESSION } from '../api/session.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { importSheet, preview, undo, type Preview } from './sheet.ts';
import { SheetPreview } from './sheet-preview.tsx';
import { PEOPLE } from './words.ts';

interface State {
  file?: File;
  shown?: Preview;
  busy?: 'reading' | 'sending';
  error?: unknown;
  said?: string;
  undoing?: boolean;
}

/** A sheet in: shown first, imported once confirmed; and the way back. `standing`: the number of the newest import, if any. */
export function SheetImport({ body, standing }: { body: string; standing: number | null }) {
  const words = useWords(PEOPLE);
  const client = useQueryClient();
  const [state, setState] = useState<State>({});
  const picker = useRef<HTMLInputElement>(null);
  const { file, shown, busy, error, said, undoing } = state;
  const isGood = shown !== undefined && shown.problems.length === 0;

  async function doing(begun: State, act: () => Promise<State>): Promise<void> {
    setState(begun);
    try {
      setState(await act());
    } catch (caught) {
      setState({ ...begun, busy: undefined, error: caught });
      if (isProblem(caught) && caught.status === 401) void client.invalidateQueries({ queryKey: SESSION });
    }
    if (picker.current) picker.current.value = ''; // the same file, once mended, is chosen again
  }
  async function afresh(): Promise<void> {
    for (const queryKey of [['roster'], ['bodies'], ['roster-findings']])
      await client.invalidateQueries({ queryKey });
  }
  const read = (chosen: File) =>
    doing({ file: chosen, busy: 'reading' }, async () => ({
      file: chosen,
      shown: await preview(body, chosen),
    }));
  const send = () =>
    doing({ ...state, busy: 'sending', error: undefined }, async () => {
      const { nr, changes } = await importSheet(body, file!, shown!.preview);
      await afresh();
      return { said: words.imported(nr, changes) };
    });
  const takeBack = () =>
    doing({}, async () => {
      const { undone } = await undo(body);
      await afresh();
      return { said: words.undone(undone) };
    });

  return (
    <div className="import">
      <label className="pick">
        <span>{words.file}</span>
        <input
          ref={picker}
          className="visually-hidden"
          type="file"
          accept=".xlsx,.csv"
          onChange={({ target }) => target.files?.[0] && void read(target.files[0])}
        />
      </label>
      {file && <p className="soft">{file.name}</p>}
      {busy === 'reading' && <p role="status">{words.reading}</p>}
      {shown && <SheetPreview shown={shown} />}
      <ProblemNote error={error} />
      {said && (
        <p role="status" className="done">
          {said}
        </p>
      )}
      <div className="import-end">
        {isGood && shown.changes.length > 0 && (
          <button type="button" className="confirm" disabled={busy === 'sending'} onClick={() => void send()}>
            {busy === 'sending' ? words.sending : words.confirm(shown.changes.length)}
          </button>
        )}
        {(shown || undoing) && (
          <button type="button" onClick={() => setState({})}>
            {words.cancel}
          </button>
        )}
        {standing !== null && !shown && !undoing && (
          <button type="button" onClick={() => setState({ undoing: true })}>
            {words.undo}
          </button>
        )}
        {standing !== null && undoing && (
          <>
            <p>{words.undoSure(standing)}</p>
            <button type="button" className="confirm" onClick={() => void takeBack()}>
              {words.undoYes}
            </button>
          </>
        )}
      </div>
    </div>
  );
}
