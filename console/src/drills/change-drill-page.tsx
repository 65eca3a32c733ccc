import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { ask } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { DRILL_KEYS, useDrill, type Drill } from './drills.ts';
import { asOrder, fromDraft, mayBeChanged, type Draft } from './order-form.ts';
import { OrderFields } from './order-fields.tsx';
import { DRILLS } from './words.ts';
import './drills.css';

/** A draft written anew, before anybody has approved it. */
export function ChangeDrillPage() {
  const words = useWords(DRILLS);
  const { id = '' } = useParams();
  const { data: drill, error } = useDrill(id);
  const { data: who } = useSession();
  const [draft, setDraft] = useState<Draft | null>(null);
  // What was there when the page was opened is what is changed: what is typed stays, and the API refuses a draft that is another by then.
  if (!draft && drill && mayBeChanged(drill)) setDraft(drill);
  return (
    <section className="page drills">
      <p className="crumb">
        <Link to={`/drills/${id}`}>{drill?.title ?? words.back}</Link>
      </p>
      <h1>{words.change}</h1>
      <ProblemNote error={error} />
      {draft && who ? (
        <DraftForm draft={draft} person={who.account?.person ?? ''} />
      ) : drill ? (
        <p>{drill.status === 'draft' ? words.noScript : words.noDraft}</p>
      ) : (
        !error && <Loading />
      )}
    </section>
  );
}

function DraftForm({ draft, person }: { draft: Draft; person: string }) {
  const words = useWords(DRILLS);
  const client = useQueryClient();
  const go = useNavigate();
  const [{ behind, ...opened }] = useState(() => fromDraft(draft));
  const [typed, setTyped] = useState(opened.typed);
  async function save(): Promise<void> {
    await ask<Drill>(`/api/drills/${draft.id}`, {
      method: 'PUT',
      body: { by: person, order: asOrder(typed, behind), draftedAt: draft.draftedAt },
    });
    await client.invalidateQueries({ queryKey: DRILL_KEYS });
    await go(`/drills/${draft.id}`);
  }
  return (
    <>
      {draft.draftedBy !== person && <p className="soft">{words.changeNote}</p>}
      <OrderFields typed={typed} set={(change) => setTyped({ ...typed, ...change })} save={save} />
    </>
  );
}
