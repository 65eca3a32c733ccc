import { useParams } from 'react-router';
import { ActingProvider } from '../acts/acting.tsx';
import { ActsPanel } from '../acts/acts-panel.tsx';
import { isProblem } from '../api/problem.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { Course } from './course.tsx';
import { Facts } from './facts.tsx';
import { Heading } from './heading.tsx';
import { Identities } from './identities.tsx';
import { useIncident, withIdentities } from './incident.ts';
import { Others } from './others.tsx';
import { Reports } from './reports.tsx';
import { Subjects } from './subjects.tsx';
import { Timeline } from './timeline.tsx';
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
  const identities = useIdentities(id);
  if (!incident.data) {
    return (
      <section className="page incident">
        {incident.error ? <ProblemNote error={incident.error} /> : <Loading />}
      </section>
    );
  }
  const detail = withIdentities(incident.data, identities.opened);
  return (
    <article className="page incident">
      <Heading detail={detail} />
      {!isProblem(incident.error, 'OFFLINE') && <ProblemNote error={incident.error} />}
      <ActingProvider detail={detail}>
        <div className="halves">
          <div>
            <Course detail={detail} />
          </div>
          <div>
            <ActsPanel />
            <Identities identities={identities} detail={incident.data} />
            <Facts detail={detail} />
            <Subjects detail={detail} />
            <Reports detail={detail} />
            <Others detail={detail} />
          </div>
        </div>
      </ActingProvider>
      <Timeline detail={detail} />
    </article>
  );
}
