import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { may, useSession } from '../api/session.ts';
import { useIncident, type Detail } from '../incident/incident.ts';
import { NamesProvider } from '../incident/names.ts';
import { useCourse, useNamesOf } from '../incident/use-course.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { useChain, useOpened, type Chain } from './chain.ts';
import { HandedOnForm } from './handed-on-form.tsx';
import { Instructions } from './instructions.tsx';
import { LinkCard } from './link-card.tsx';
import { NextReport } from './next-report.tsx';
import { Opened } from './opened.tsx';
import { PhoneForm } from './phone-form.tsx';
import { REPORTS } from './words.ts';
import '../look/marks.css';
import '../incident/incident.css';
import './reports.css';

/** The report chain of an incident: what was told, signed, sent and received, the next report, and instructions of leaders. */
export function ReportsPage() {
  const { id = '' } = useParams();
  const incident = useIncident(id);
  const chain = useChain(id);
  const error = incident.error ?? chain.error;
  if (incident.data && chain.data)
    return <Shown key={id} detail={incident.data} live={chain.data} error={error} />;
  return <section className="page incident">{error ? <ProblemNote error={error} /> : <Loading />}</section>;
}

function Shown({ detail, live, error }: { detail: Detail; live: Chain; error: unknown }) {
  const words = useWords(REPORTS);
  const { data: who } = useSession();
  const { data: course } = useCourse(detail.id);
  const names = useNamesOf(detail, course);
  const opened = useOpened(detail.id);
  const [reason, setReason] = useState('');
  const chain = withWords(live, opened.data);
  const acts = may(who, 'respond') && !live.closed;
  return (
    <NamesProvider value={names}>
      <article className="page incident reports">
        <p className="crumb">
          <Link to={`/incidents/${detail.id}`}>{words.back}</Link> ·{' '}
          <Link to={`/incidents/${detail.id}/documents`}>{words.documents}</Link>
        </p>
        <h1>
          {words.title} {live.number}
        </h1>
        <ProblemNote error={error} />
        {live.marks.includes('discoveredBeforeOccurred') && <p className="note-mark">{words.marks}</p>}
        <div className="halves">
          <div>
            <Opened
              shown={opened.data !== undefined}
              {...{ reason, setReason, busy: opened.isPending, error: opened.error }}
              open={() => opened.mutate(reason)}
            />
            {chain.reports.map((link) => (
              <LinkCard key={link.report} id={detail.id} link={link} chain={chain} acts={acts} />
            ))}
          </div>
          <div>
            {acts && <NextReport id={detail.id} chain={chain} reason={reason} />}
            {acts && <PhoneForm id={detail.id} chain={chain} />}
            {acts && <HandedOnForm id={detail.id} chain={chain} />}
            <Instructions id={detail.id} chain={chain} acts={acts} />
          </div>
        </div>
      </article>
    </NamesProvider>
  );
}

/** What was read for a reason, laid over the live chain: states stay live, and words stay what was read. */
function withWords(live: Chain, opened: Chain | undefined): Chain {
  if (!opened) return live;
  return {
    ...live,
    identities: 'shown',
    reports: live.reports.map((link) => {
      const read = opened.reports.find(({ report }) => report === link.report);
      if (!read) return link;
      const handedOn = link.handedOn.map((one, index) => ({
        ...one,
        receiver: read.handedOn[index]?.receiver ?? null,
      }));
      return { ...link, elements: read.elements, source: read.source, text: read.text, handedOn };
    }),
    instructions: live.instructions.map((one) => ({
      ...one,
      ...pickWords(opened.instructions.find(({ instruction }) => instruction === one.instruction)),
    })),
  };
}

const pickWords = (read: Chain['instructions'][number] | undefined) =>
  read ? { words: read.words, fromName: read.fromName, carriedOut: read.carriedOut } : {};
