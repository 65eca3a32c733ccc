import { Link, useSearchParams } from 'react-router';
import { may, useSession } from '../api/session.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { Tabs } from '../look/tabs.tsx';
import { useWords } from '../words/words.tsx';
import { Editions } from './editions.tsx';
import { useEdition, usePlans, type Plans } from './plan.ts';
import { Proposals } from './proposals.tsx';
import { Reading } from './reading.tsx';
import { Revise } from './revise.tsx';
import { PLAN } from './words.ts';
import '../look/marks.css';
import './plan.css';

const TABS = ['read', 'proposals', 'editions', 'revise'] as const;

/** The plan: read beside its data, its limits edited, its editions compared, and put in force by two people. */
export function PlanPage() {
  const words = useWords(PLAN);
  const { data: plans, error } = usePlans();
  if (!plans)
    return (
      <section className="page plan">
        <h1>{words.title}</h1>
        {error ? <ProblemNote error={error} /> : <Loading />}
      </section>
    );
  return <Shown plans={plans} error={error} />;
}

function Shown({ plans, error }: { plans: Plans; error: unknown }) {
  const words = useWords(PLAN);
  const { data: who } = useSession();
  const [query] = useSearchParams();
  const mayDraft = may(who, 'draftPlan');
  const shown = TABS.filter((tab) => mayDraft || tab !== 'revise');
  const tab = shown.find((one) => one === query.get('tab')) ?? 'read';
  const wanted = (tab === 'read' && query.get('edition')) || plans.inForce.hash;
  const edition = useEdition(plans.inForce.key, wanted);
  const address = (one: string) => (one === 'read' ? '/plan' : `/plan?tab=${one}`);
  const about = edition.data;
  return (
    <section className="page plan">
      <header className="plan-head">
        <h1>{plans.inForce.title}</h1>
        {about && (
          <p>
            {about.issuer} · {about.documentNumber} · {words.edition(about.edition)}
            {about.inForceFrom && ` · ${words.from(about.inForceFrom)}`} <code>{about.hash.slice(0, 8)}</code>{' '}
            {about.hash === plans.inForce.hash && <span className="mark new">{words.inForce}</span>}
          </p>
        )}
        {mayDraft && <Link to="/plan/preview">{words.tryIt}</Link>}
      </header>
      <Tabs
        label={words.title}
        current={address(tab)}
        tabs={shown.map((one) => ({
          to: address(one),
          name: words.tabs[one],
          ...(one === 'proposals' ? { count: plans.proposals.length } : {}),
        }))}
      />
      <ProblemNote error={error ?? edition.error} />
      {tab === 'proposals' && <Proposals plans={plans} />}
      {tab === 'editions' && <Editions plans={plans} />}
      {edition.isPending && (tab === 'read' || tab === 'revise') && <Loading />}
      {about && tab === 'read' && (
        <Reading key={about.hash} edition={{ ...about, inForce: about.hash === plans.inForce.hash }} />
      )}
      {about && tab === 'revise' && <Revise key={about.hash} edition={about} />}
    </section>
  );
}
