import { Link } from 'react-router';
import { useReportForm } from '../report/form.ts';
import { serverNow } from '../api/clock.ts';
import { shortly } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import type { Detail } from './incident.ts';
import { INCIDENT } from './words.ts';

/** Which incident it is, and how it stands. */
export function Heading({ detail }: { detail: Detail }) {
  const words = useWords(INCIDENT);
  const { data: form } = useReportForm();
  const office = form?.offices.find(({ id }) => id === detail.office)?.name ?? detail.office;
  const kind = form?.kinds.find(({ eventType }) => eventType === detail.eventType)?.name;
  const now = serverNow();
  const status =
    detail.status === 'open'
      ? words.open
      : `${words.closed}（${words.closedAs[detail.closedAs ?? ''] ?? detail.closedAs}）`;
  return (
    <header className="incident-head">
      <p className="crumb">
        <Link to="/board">{words.back}</Link>
      </p>
      <h1>
        {detail.number ?? words.numberSoon}
        <span className={`mark status ${detail.status}`}>{status}</span>
        {detail.drill && <span className="mark drill">{words.drill}</span>}
      </h1>
      <p>
        <b>{detail.branchName}</b>
        {kind && ` · ${kind}`} · {office} ·{' '}
        {words.received(shortly(detail.facts.receivedAt ?? detail.openedAt!, now))}
      </p>
      {detail.responseEndedAt && detail.status === 'open' && (
        <p>{words.ended(shortly(detail.responseEndedAt, now))}</p>
      )}
      {detail.drill && <p className="soft">{words.drillNote}</p>}
      {detail.parent && (
        <p>
          <Link to={`/incidents/${detail.parent}`}>{words.parent}</Link>
        </p>
      )}
      {detail.mergedInto && (
        <p>
          <Link to={`/incidents/${detail.mergedInto}`}>{words.mergedInto}</Link>
        </p>
      )}
      <p>
        <Link className="act-link" to={`/incidents/${detail.id}/documents`}>
          {words.documents}
        </Link>
      </p>
      <p className="soft">
        {words.plan(detail.plan.edition)} ·{' '}
        <Link to={`/incidents/${detail.id}/history`}>{words.history}</Link>
      </p>
    </header>
  );
}
