import { useState } from 'react';
import { serverNow } from '../api/clock.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { instantOf, localOf, shortly } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { ELEMENTS, useFilledIn, useSaid, type Chain, type Draft, type Kind } from './chain.ts';
import { ElementField, type Entered } from './element-field.tsx';
import { REPORTS } from './words.ts';

const KINDS: Kind[] = ['followUpReport', 'finalReport', 'supplementaryReport', 'firstReport'];
const NOTHING: Entered = { state: 'verifying', value: '', until: '' };

/** The next report by its six elements, filled in from the timeline: each a value, as before, or 正在核实 with a time. */
export function NextReport({ id, chain, reason }: { id: string; chain: Chain; reason: string }) {
  const words = useWords(REPORTS);
  const filled = useFilledIn(id);
  const saved = useSaid(id, 'reports');
  const isWritten = chain.reports[0]?.documents.some(({ signedAt }) => signedAt !== null) ?? false;
  const [kind, setKind] = useState<Kind>('followUpReport');
  const [source, setSource] = useState('');
  const [entered, setEntered] = useState<Partial<Record<string, Entered>>>({});
  const [lacking, setLacking] = useState<string | null>(null);
  const of = (name: string): Entered => entered[name] ?? NOTHING;

  function fill(): void {
    filled.mutate({ kind, reason }, { onSuccess: (draft) => setEntered(fromDraft(draft)) });
  }

  function save(): void {
    const open = ELEMENTS.filter((name) => of(name).state === 'verifying');
    const isFinal = kind === 'finalReport';
    if (isFinal && ELEMENTS.some((name) => of(name).value === '')) return setLacking(words.missing);
    if (!isFinal && open.some((name) => of(name).until === '')) return setLacking(words.untilMissing);
    setLacking(null);
    const told = (name: string): boolean => isFinal || of(name).state === 'told';
    const elements = Object.fromEntries(ELEMENTS.filter(told).map((name) => [name, of(name).value]));
    const verifyingUntil = Object.fromEntries(
      isFinal ? [] : open.map((name) => [name, instantOf(of(name).until)]),
    );
    const unchanged = isFinal ? [] : ELEMENTS.filter((name) => of(name).state === 'unchanged');
    saved.mutate(
      { kind, elements, verifyingUntil, unchanged, source: source || null },
      { onSuccess: () => setEntered({}) },
    );
  }

  return (
    <form
      className="card next-report"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <h2>{words.next}</h2>
      <label>
        {words.kind}
        <select value={kind} onChange={({ target }) => setKind(target.value as Kind)}>
          {KINDS.filter((each) => each !== 'firstReport' || !isWritten).map((each) => (
            <option key={each} value={each}>
              {words.kinds[each]}
            </option>
          ))}
        </select>
      </label>
      <button type="button" disabled={filled.isPending || reason.trim() === ''} onClick={fill}>
        {words.fill}
      </button>
      {reason.trim() === '' && <p className="soft">{words.withheld}</p>}
      <ProblemNote error={filled.error} />
      {filled.data && kind === 'followUpReport' && (
        <p className="soft">
          {words.afterLast(filled.data.after.name, shortly(filled.data.after.at, serverNow()))}
        </p>
      )}
      <label>
        {words.source}
        <input
          value={source}
          maxLength={500}
          placeholder={words.sourceHint}
          onChange={({ target }) => setSource(target.value)}
        />
      </label>
      {ELEMENTS.map((name) => (
        <ElementField
          key={name}
          name={name}
          entered={of(name)}
          isFinal={kind === 'finalReport'}
          set={(next) => setEntered((before) => ({ ...before, [name]: next }))}
        />
      ))}
      {lacking && (
        <p className="problem" role="alert">
          {lacking}
        </p>
      )}
      <button disabled={saved.isPending}>{words.save}</button>
      {saved.isSuccess && <p role="status">{words.saved}</p>}
      <ProblemNote error={saved.error} />
    </form>
  );
}

const fromDraft = ({ elements }: Draft): Partial<Record<string, Entered>> =>
  Object.fromEntries(
    elements.map(({ element, state, value, until }) => [
      element,
      {
        state: state === 'changed' ? 'told' : state === 'unchanged' ? 'unchanged' : 'verifying',
        value: value ?? '',
        until: until && Date.parse(until) > serverNow() ? localOf(until) : '',
      } satisfies Entered,
    ]),
  );
