import { useWords } from '../words/words.tsx';
import { DutyCard } from './duty-card.tsx';
import { useEditing } from './editing.ts';
import type { Clause } from './plan.ts';
import { PLAN } from './words.ts';

/** A clause, and beside it all that the plan's data has for it. */
export function ClauseCard({ clause }: { clause: Clause }) {
  const words = useWords(PLAN);
  const isEdited = useEditing() !== null;
  const { duties, eventTypes, documents, requirements, quirks } = clause;
  if (isEdited && duties.length === 0) return null;
  return (
    <section className="clause-card" aria-label={clause.clause}>
      <h2>{clause.clause}</h2>
      <div>
        {duties.length > 0 && (
          <ul className="duties-of">
            {duties.map((duty) => (
              <DutyCard key={duty.path} duty={duty} />
            ))}
          </ul>
        )}
        {!isEdited && (
          <dl className="clause-data">
            <Data
              name={words.eventTypes}
              all={eventTypes.map(({ name, branch }) => (branch ? name : `${name}（${words.noBranch}）`))}
            />
            <Data
              name={words.documents}
              all={documents.map(({ name, signedBy }) => `${name}（${signedBy}）`)}
            />
            <Data name={words.requirements} all={requirements.map(({ requirement }) => requirement)} />
            <Data name={words.quirks} all={quirks} />
          </dl>
        )}
      </div>
    </section>
  );
}

function Data({ name, all }: { name: string; all: string[] }) {
  if (all.length === 0) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {all.map((one) => (
          <p key={one}>{one}</p>
        ))}
      </dd>
    </div>
  );
}
