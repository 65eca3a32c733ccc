import { useSearchParams } from 'react-router';
import { may, useSession } from '../api/session.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { treeOf, useBodies } from './bodies.ts';
import { BodyChoice } from './body-choice.tsx';
import { Findings } from './findings.tsx';
import { Members } from './members.tsx';
import { RosterPanel } from './roster-panel.tsx';
import { useFindings } from './roster.ts';
import { PEOPLE } from './words.ts';
import '../look/marks.css';
import './people.css';
import './calendar.css';

/** The bodies of one's jurisdiction: who they are, how they are reached, who has duty, and what is to be mended. */
export function PeoplePage() {
  const words = useWords(PEOPLE);
  const who = useSession().data;
  const mayManage = may(who, 'manageRosters');
  const bodies = useBodies();
  const findings = useFindings(mayManage);
  const [search, setSearch] = useSearchParams();
  if (bodies.isPending) return <Loading />;
  const inOrder = bodies.data ? treeOf(bodies.data).flatMap((branch) => branch.bodies) : [];
  const person = who?.account?.person;
  const body =
    inOrder.find(({ id }) => id === search.get('body')) ??
    inOrder.find(({ people }) => people.some(({ id }) => id === person)) ??
    inOrder[0];
  const lacking = new Set((findings.data ?? []).flatMap((one) => one.body ?? []));
  return (
    <section className="page people">
      <h1>{words.title}</h1>
      <ProblemNote error={bodies.error ?? findings.error} />
      {bodies.data && !body && <p>{words.noBodies}</p>}
      {bodies.data && body && (
        <div className="people-columns">
          <BodyChoice
            bodies={bodies.data}
            chosen={body.id}
            choose={(id) => setSearch({ body: id }, { replace: true })}
            lacking={lacking}
          />
          <article key={body.id} className="body">
            <h2>{body.name}</h2>
            <p className="soft">
              {body.partyName} · {words.callBack} {body.callBack}
              {body.administrator && ` · ${words.keeper}：${body.administrator}`}
            </p>
            <RosterPanel body={body} mayImport={mayManage} />
            <h3>{words.members}</h3>
            <Members body={body} />
          </article>
          {mayManage && <Findings findings={findings.data ?? []} body={body.id} />}
        </div>
      )}
    </section>
  );
}
