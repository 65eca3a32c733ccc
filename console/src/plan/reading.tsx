import { useMemo, useState } from 'react';
import { may, useSession } from '../api/session.ts';
import { useWords } from '../words/words.tsx';
import { ClauseCard } from './clause-card.tsx';
import { CommonCard } from './common-card.tsx';
import { EditingProvider, useLimitEdits, useSettled } from './editing.ts';
import { withLimits } from './limits.ts';
import { LimitsBar } from './limits-bar.tsx';
import { useCheck, type Edition } from './plan.ts';
import { PLAN } from './words.ts';

/** So long nobody types on: then it is checked. */
const TYPED_MS = 400;

const SOURCES = ['plan', 'statutory', 'local'] as const;

/** The plan clause by clause; whoever drafts it edits the bureau's own limits in place. */
export function Reading({ edition }: { edition: Edition }) {
  const words = useWords(PLAN);
  const { data: who } = useSession();
  const { edits, set, clear } = useLimitEdits(edition.hash);
  const mayDraft = edition.inForce && may(who, 'draftPlan');
  const count = Object.keys(edits).length;
  const [isEditing, setEditing] = useState(mayDraft && count > 0);
  const settled = useSettled(edits, TYPED_MS);
  const text = useMemo(
    () => (Object.keys(settled).length > 0 ? withLimits(edition.text, settled) : null),
    [edition.text, settled],
  );
  const check = useCheck(mayDraft ? text : null);
  const isStale = settled !== edits || check.isFetching || check.isPlaceholderData;
  const wrong = useMemo(
    () => new Set(text === null ? [] : check.data?.problems.map(({ path }) => path)),
    [check.data, text],
  );
  return (
    <>
      <p className="legend">
        {SOURCES.map((source) => (
          <span key={source}>
            <span className={`source ${source}`}>{words.sources[source]}</span> {words.sourceHint[source]}
          </span>
        ))}
        <span className="soft">{words.legend}</span>
      </p>
      {mayDraft && (
        <p className="edit-switch">
          <button
            type="button"
            aria-pressed={isEditing}
            onClick={() => {
              if (isEditing) clear();
              setEditing(!isEditing);
            }}
          >
            {isEditing ? words.stop : words.edit}
          </button>{' '}
          <span className="soft">{words.editHint}</span>
        </p>
      )}
      <EditingProvider value={isEditing ? { edits, set, wrong } : null}>
        <div className={isEditing ? 'plan-halves' : ''}>
          <div>
            <CommonCard text={edition.text} />
            {edition.clauses.map((clause) => (
              <ClauseCard key={clause.clause} clause={clause} />
            ))}
          </div>
          {isEditing && (
            <LimitsBar
              {...{ edits, isStale, checked: check.data, error: check.error }}
              upon={edition.hash}
              done={clear}
            />
          )}
        </div>
      </EditingProvider>
    </>
  );
}
