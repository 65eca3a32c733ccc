import { useState } from 'react';
import { Link } from 'react-router';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { durationInWords } from '../look/time.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import { LimitForm } from './limit-form.tsx';
import { useSend, useStudy, type Study } from './registers.ts';
import { SessionForm } from './session-form.tsx';
import { REGISTERS } from './words.ts';

/** Who has studied the edition in force: oneself, then body by body. */
export function StudyTab() {
  const words = useWords(REGISTERS);
  const { data, error } = useStudy();
  if (!data) return error ? <ProblemNote error={error} /> : <Loading />;
  const { edition, since, dueOn, within, own, bodies } = data;
  return (
    <>
      <ProblemNote error={error} />
      <p>
        {words.inForce(edition.title, edition.edition, since)}
        {dueOn && ` ${words.studyDue(dueOn)}`} <Link to="/plan">{words.readPlan}</Link>
      </p>
      <LimitForm name="study" period={within} />
      {own && <OwnStudy own={own} hash={edition.hash} />}
      <h2>{words.byBody}</h2>
      {bodies.map((body) => (
        <BodyStudy key={body.id} body={body} hash={edition.hash} />
      ))}
    </>
  );
}

/** One's own duties, and the word that one has studied: said once they were open. */
function OwnStudy({ own, hash }: { own: NonNullable<Study['own']>; hash: string }) {
  const words = useWords(REGISTERS);
  const { language } = useSpeech();
  const send = useSend();
  const [wasOpen, setWasOpen] = useState(false);
  const { studiedOn, isOverdue, duties } = own;
  return (
    <section className={`card ${isOverdue ? 'late' : ''}`}>
      <h2>
        {words.own}{' '}
        {studiedOn ? (
          <span className="mark">{words.studied(studiedOn)}</span>
        ) : (
          <span className={isOverdue ? 'overdue' : 'mark'}>{isOverdue ? words.overdue : words.notYet}</span>
        )}
      </h2>
      <details onToggle={({ currentTarget }) => currentTarget.open && setWasOpen(true)}>
        <summary>{words.ownDuties(duties.length)}</summary>
        {duties.length === 0 && <p className="soft">{words.noDuties}</p>}
        <ul className="plain">
          {duties.map(({ clause, branchName, name, duty, planText, within }, index) => (
            <li key={index}>
              <span className="mark">{clause}</span> {branchName && `${branchName} · `}
              <strong>{name}</strong>：{duty}{' '}
              <span className="soft">
                {planText && `“${planText}” `}
                {within ? words.ourLimit(durationInWords(within, language)) : words.unset}
              </span>
            </li>
          ))}
        </ul>
      </details>
      {!studiedOn && (
        <>
          <ProblemNote error={send.error} />
          <button
            type="button"
            className="go"
            disabled={!wasOpen || send.isPending}
            onClick={() => send.mutate({ path: '/api/study', body: { hash } })}
          >
            {words.haveStudied}
          </button>
          {!wasOpen && <p className="soft">{words.openFirst}</p>}
        </>
      )}
    </section>
  );
}

function BodyStudy({ body, hash }: { body: Study['bodies'][number]; hash: string }) {
  const words = useWords(REGISTERS);
  const { name, people, done, overdue, mayRecordSession } = body;
  return (
    <details className={`card ${overdue > 0 ? 'late' : ''}`}>
      <summary>
        {name} <span className="soft">{words.doneOf(done, people.length)}</span>{' '}
        {overdue > 0 && <span className="overdue">{words.overduePeople(overdue)}</span>}
      </summary>
      <ul className="plain">
        {people.map(({ id, name: person, post, studiedOn, inSession, isOverdue }) => (
          <li key={id}>
            {person} <span className="soft">{post}</span>{' '}
            {studiedOn ? (
              <span className="mark">{(inSession ? words.inSession : words.studied)(studiedOn)}</span>
            ) : (
              <span className={isOverdue ? 'overdue' : 'mark'}>
                {isOverdue ? words.overdue : words.notYet}
              </span>
            )}
          </li>
        ))}
      </ul>
      {mayRecordSession && <SessionForm body={body} hash={hash} />}
    </details>
  );
}
