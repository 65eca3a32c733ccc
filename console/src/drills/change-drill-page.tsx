import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { ask } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { drillKey, useDrill, type Drill } from './drills.ts';
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
  return (
    <section className="page drills">
      <p className="crumb">
        <Link to={`/drills/${id}`}>{drill?.title ?? words.back}</Link>
      </p>
      <h1>{words.change}</h1>
      <ProblemNote error={error} />
      {drill && who ? (
        mayBeChanged(drill) ? (
          <DraftForm draft={drill} person={who.account?.person ?? ''} />
        ) : (
          <p>{words.noDraft}</p>
        )
      ) : (
        !error && <Loading />
      )}
    </section>
  );
}

/** What was there when it was opened is what is changed, whatever comes meanwhile. */
function DraftForm({ draft, person }: { draft: Draft; person: string }) {
  const client = useQueryClient();
  const go = useNavigate();
  const [{ behind, ...opened }] = useState(() => fromDraft(draft));
  const [typed, setTyped] = useState(opened.typed);
  async function save(): Promise<void> {
    const changed = await ask<Drill>(`/api/drills/${draft.id}`, {
      method: 'PUT',
      body: { by: person, order: asOrder(typed, behind) },
    });
    client.setQueryData(drillKey(draft.id), changed);
    await go(`/drills/${draft.id}`);
  }
  return <OrderFields typed={typed} set={(change) => setTyped({ ...typed, ...change })} save={save} />;
}
