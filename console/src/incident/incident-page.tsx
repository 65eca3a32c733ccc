import { useParams } from 'react-router';
import { ActingProvider } from '../acts/acting.tsx';
import { ActsPanel } from '../acts/acts-panel.tsx';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { Course } from './course.tsx';
import { Facts } from './facts.tsx';
import { Heading } from './heading.tsx';
import { Identities } from './identities.tsx';
import { useIncident, withIdentities, type Detail } from './incident.ts';
import { NamesProvider } from './names.ts';
import { NextLine } from './next-line.tsx';
import { Others } from './others.tsx';
import { FourTimesCard } from '../accountability/four-times-card.tsx';
import { Measures } from '../accountability/measures.tsx';
import { ArchiveCard } from '../archive/archive-card.tsx';
import { Attachments } from '../attachments/attachments.tsx';
import { Reports } from './reports.tsx';
import { Subjects } from './subjects.tsx';
import { Timeline } from './timeline.tsx';
import { useCourse, useNamesOf } from './use-course.ts';
import { useIdentities } from './use-identities.ts';
import '../look/marks.css';
import './incident.css';

/** One incident: what happened, where the plan stands, who was told, and what one may do now. */
export function IncidentPage() {
  const { id = '' } = useParams();
  return <Incident key={id} id={id} />;
}

function Incident({ id }: { id: string }) {
  const incident = useIncident(id);
  if (incident.data) return <Shown live={incident.data} error={incident.error} />;
  return (
    <section className="page incident">
      {incident.error ? <ProblemNote error={incident.error} /> : <Loading />}
    </section>
  );
}

function Shown({ live, error }: { live: Detail; error: unknown }) {
  const identities = useIdentities(live.id);
  const { data: course } = useCourse(live.id);
  const detail = withIdentities(live, identities.opened);
  const names = useNamesOf(live, course);
  return (
    <NamesProvider value={names}>
      <article className="page incident">
        <Heading detail={detail} />
        <ProblemNote error={error} />
        {live.status === 'open' && <NextLine next={course?.next} />}
        <ActingProvider detail={detail}>
          <div className="halves">
            <Course detail={detail} course={course} />
            <div>
              <ActsPanel />
              <Identities identities={identities} detail={live} />
              <Facts detail={detail} />
              <Subjects detail={detail} />
              <Reports detail={detail} />
              <Attachments incident={detail.id} open={detail.status === 'open'} />
              <Measures detail={detail} />
              <Others detail={detail} />
              {live.status === 'closed' && <ArchiveCard incident={live.id} />}
            </div>
          </div>
        </ActingProvider>
        <FourTimesCard detail={detail} />
        <Timeline detail={detail} record={course?.record} />
      </article>
    </NamesProvider>
  );
}
