import { Link, useParams } from 'react-router';
import { may, useSession } from '../api/session.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { dayAndClock, durationInWords } from '../look/time.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import { Consents } from './consents.tsx';
import { DrillActs } from './drill-acts.tsx';
import { useDrill, useScore, type Drill } from './drills.ts';
import { OfficeCard } from './office-card.tsx';
import { ScoreView } from './score-view.tsx';
import { WhatIsSent } from './what-is-sent.tsx';
import { DRILLS } from './words.ts';
import '../look/marks.css';
import './drills.css';

/** One drill: its order before it begins, how it runs, and what it showed. */
export function DrillPage() {
  const words = useWords(DRILLS);
  const { id = '' } = useParams();
  const { data: who } = useSession();
  const { data: drill, error } = useDrill(id);
  return (
    <section className="page drills">
      <p className="crumb">
        <Link to="/drills">{words.back}</Link>
      </p>
      <ProblemNote error={error} />
      {drill && who ? (
        <>
          <h1>
            {drill.title} <span className="mark drill">{words.statuses[drill.status]}</span>
          </h1>
          <DrillActs drill={drill} who={who} />
          <h2>{words.offices}</h2>
          <ul className="orders">
            {drill.offices.map((held) => (
              <OfficeCard key={held.office} drill={drill} held={held} />
            ))}
          </ul>
          <Scores drill={drill} person={who.account?.person ?? null} />
          <Order drill={drill} />
          <Consents drill={drill} mayAttach={may(who, 'orderDrill') && who.account?.person != null} />
          {['draft', 'approved'].includes(drill.status) && may(who, 'orderDrill') && drill.script && (
            <WhatIsSent id={drill.id} />
          )}
        </>
      ) : (
        !error && <Loading />
      )}
    </section>
  );
}

function Scores({ drill, person }: { drill: Drill; person: string | null }) {
  const words = useWords(DRILLS);
  const isOver = ['ended', 'scored', 'summarised'].includes(drill.status);
  const { data, error } = useScore(drill.id, isOver);
  if (!isOver) return null;
  const drafts = drill.status === 'summarised' ? null : person;
  return (
    <>
      <h2>{words.score}</h2>
      <p className="soft">{words.scoreNote}</p>
      <ProblemNote error={error} />
      {data?.offices.map((score) => (
        <ScoreView key={score.office} score={score} person={drafts} />
      ))}
    </>
  );
}

function Order({ drill }: { drill: Drill }) {
  const words = useWords(DRILLS);
  const { language } = useSpeech();
  const rows: [string, string][] = [
    [words.starts, dayAndClock(drill.startsAt)],
    [words.duration, durationInWords(drill.duration, language)],
    [words.pace, words.paceOf(drill.pace)],
    [words.director, drill.directorName],
    [words.keyPeriod, drill.keyPeriod],
    [words.weakPoint, drill.weakPoint],
    [words.riskPoint, drill.riskPoint],
    [words.situation, drill.report.situation],
    [words.place, drill.report.place ?? ''],
  ];
  return (
    <>
      <h2>{words.scenario}</h2>
      <dl className="order">
        {rows
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <h3>{words.script}</h3>
      {drill.script === null ? (
        <p className="soft">{words.hidden}</p>
      ) : (
        <ol className="scenes">
          {drill.script.scenes.map(({ nr, after, kind, text }) => (
            <li key={nr}>
              <span className="mark">{words.kinds[kind]}</span>{' '}
              <span className="soft">+{durationInWords(after, language)}</span> {text}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
