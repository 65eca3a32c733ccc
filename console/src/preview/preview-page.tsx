import { useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { keptEdits } from '../plan/editing.ts';
import { withLimits } from '../plan/limits.ts';
import { useEdition, usePlans, type Edition, type Plans } from '../plan/plan.ts';
import { useReportForm } from '../report/form.ts';
import { useWords } from '../words/words.tsx';
import { instantOf, PRESETS } from './instants.ts';
import { Ladder } from './ladder.tsx';
import { minutesOf, usePreview, type Preview, type Tried } from './preview.ts';
import { TrialForm, type Typed } from './trial-form.tsx';
import { PREVIEW } from './words.ts';
import '../look/marks.css';
import '../plan/plan.css';
import './preview.css';

/** Who would be told if nobody ever answered, of the plan in force and of one beside it. */
export function PreviewPage() {
  const words = useWords(PREVIEW);
  const plans = usePlans();
  const edition = useEdition(plans.data?.inForce.key, plans.data?.inForce.hash);
  const { data: form, error } = useReportForm();
  return (
    <section className="page plan preview">
      <p className="crumb">
        <Link to="/plan">{words.back}</Link>
      </p>
      <h1>{words.title}</h1>
      <p className="soft">{words.hint}</p>
      <ProblemNote error={plans.error ?? edition.error ?? error} />
      {plans.data && edition.data && form ? (
        <Trying
          plans={plans.data}
          edition={edition.data}
          firstOffice={form.own ?? form.offices[0]?.id ?? ''}
        />
      ) : (
        <Loading />
      )}
    </section>
  );
}

function Trying({ plans, edition, firstOffice }: { plans: Plans; edition: Edition; firstOffice: string }) {
  const [query] = useSearchParams();
  const draft = useMemo(() => {
    const edits = keptEdits(edition.hash);
    return Object.keys(edits).length > 0 ? withLimits(edition.text, edits) : null;
  }, [edition]);
  const [typed, setTyped] = useState<Typed>(() => ({
    type: edition.eventTypes.find(({ branch }) => branch)?.key ?? '',
    office: firstOffice,
    at: PRESETS.now(),
    minutes: 360,
    drill: false,
    beside: query.get('draft') && draft ? 'draft' : (query.get('with') ?? ''),
  }));
  const { beside, at, type, ...rest } = typed;
  const trial = at && rest.office ? { ...rest, type: type || null, at: instantOf(at) } : null;
  const other: Tried | null =
    beside === '' ? null : beside === 'draft' && draft ? { text: draft } : { edition: beside };
  const inForce = usePreview(trial, { edition: edition.hash });
  const compared = usePreview(trial, other);
  return (
    <>
      <TrialForm
        {...{ typed, edition, plans, hasDraft: draft !== null }}
        change={(changes) => setTyped({ ...typed, ...changes })}
      />
      <ProblemNote error={inForce.error ?? compared.error} />
      {inForce.data ? (
        <Result
          preview={inForce.data}
          other={other ? compared.data : undefined}
          busy={inForce.isFetching || compared.isFetching}
        />
      ) : (
        inForce.isFetching && <Loading />
      )}
    </>
  );
}

function Result({ preview, other, busy }: { preview: Preview; other: Preview | undefined; busy: boolean }) {
  const words = useWords(PREVIEW);
  const [onlyChanged, setOnlyChanged] = useState(false);
  const all = useMemo(() => minutesOf(preview, other), [preview, other]);
  const isChanged = ({ change }: { change: string | null }) => change !== null && change !== 'same';
  const differ = all.reduce((sum, { rows }) => sum + rows.filter(isChanged).length, 0);
  const shown =
    other && onlyChanged
      ? all.flatMap((minute) => {
          const rows = minute.rows.filter(isChanged);
          return rows.length > 0 ? [{ ...minute, rows }] : [];
        })
      : all;
  return (
    <section aria-busy={busy} className="result">
      <h2>
        {words.branch(preview.branchName, preview.clause)}{' '}
        <small>
          {words.lines(preview.lines.length)}
          {other && ` · ${differ === 0 ? words.same : words.differs(differ)}`}
        </small>
      </h2>
      {other && differ > 0 && (
        <label className="check">
          <input
            type="checkbox"
            checked={onlyChanged}
            onChange={({ target }) => setOnlyChanged(target.checked)}
          />
          {words.onlyChanged}
        </label>
      )}
      {(preview.truncated || other?.truncated) && <p className="wrong">{words.truncated}</p>}
      {shown.length === 0 && !other && <p className="soft">{words.nothing}</p>}
      <Ladder minutes={shown} />
    </section>
  );
}
