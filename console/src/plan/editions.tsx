import { useState } from 'react';
import { Link } from 'react-router';
import { may, useSession } from '../api/session.ts';
import { dayAndClock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { DiffOf } from './changes.tsx';
import type { Plans } from './plan.ts';
import { Propose } from './propose.tsx';
import { PLAN } from './words.ts';

/** Every edition, what changed since, and the way to put one in force again. */
export function Editions({ plans }: { plans: Plans }) {
  return (
    <ul className="editions">
      {plans.editions.map((edition) => (
        <EditionRow key={edition.hash} edition={edition} inForce={plans.inForce.hash} />
      ))}
    </ul>
  );
}

function EditionRow({ edition, inForce }: { edition: Plans['editions'][number]; inForce: string }) {
  const words = useWords(PLAN);
  const { data: who } = useSession();
  const [open, setOpen] = useState<'diff' | 'again' | null>(null);
  const { key, hash, published } = edition;
  const toggle = (what: 'diff' | 'again') => setOpen(open === what ? null : what);
  return (
    <li className="proposal">
      <h2>
        <Link to={`/plan?edition=${hash}`}>{words.edition(edition.edition)}</Link>{' '}
        <code>{hash.slice(0, 8)}</code> {edition.inForce && <span className="mark new">{words.inForce}</span>}
      </h2>
      <p className="soft">
        {words.seen(dayAndClock(edition.firstSeenAt))} ·{' '}
        {published
          ? words.published(
              published.decidedBy ?? '',
              dayAndClock(published.decidedAt!),
              published.proposedBy,
            )
          : words.cameAs}
        {published?.documentNumber && ` · ${words.document(published.documentNumber)}`}
      </p>
      {!edition.inForce && (
        <div className="decide">
          <button type="button" aria-expanded={open === 'diff'} onClick={() => toggle('diff')}>
            {open === 'diff' ? words.hide : words.compare}
          </button>
          {may(who, 'draftPlan') && (
            <button type="button" aria-expanded={open === 'again'} onClick={() => toggle('again')}>
              {open === 'again' ? words.hide : words.again}
            </button>
          )}
        </div>
      )}
      {open && (
        <DiffOf
          plan={key}
          before={open === 'diff' ? hash : inForce}
          after={open === 'diff' ? inForce : hash}
        />
      )}
      {open === 'again' && (
        <Propose what={{ upon: inForce, earlier: hash }} done={() => undefined}>
          <p className="soft">{words.againCauses}</p>
        </Propose>
      )}
    </li>
  );
}
