import { type FormEvent, useEffect, useRef } from 'react';
import { useWords } from '../words/words.tsx';
import { CallFirst } from './call-first.tsx';
import type { Draft } from './draft.ts';
import { useReportForm } from './form.ts';
import { KindGrid } from './kind-grid.tsx';
import { Similar } from './similar.tsx';
import { REPORT } from './words.ts';

interface Props {
  draft: Draft;
  change(part: Partial<Draft>): void;
  send(): Promise<void>;
}

/** What is asked before an alarm goes out; everything else is asked afterwards. */
export function ReportFields({ draft, change, send }: Props) {
  const words = useWords(REPORT);
  const { data: form } = useReportForm();
  const office = draft.office ?? form?.own ?? null; // `own` is only what the server says now
  const kind = form?.kinds.find(({ eventType }) => eventType === draft.eventType);
  const officeName = form?.offices.find(({ id }) => id === office)?.name ?? '';
  const situation = useRef<HTMLTextAreaElement>(null);

  // The own office is part of the draft from the start: a session may end while one types.
  useEffect(() => {
    if (draft.office === null && form?.own) change({ office: form.own });
  }, [draft.office, form?.own, change]);

  const lacking = [
    ...(draft.eventType === null ? [words.kind] : []),
    ...(office === null ? [words.office] : []),
    ...(draft.situation.trim() === '' ? [words.situation] : []),
  ];

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (lacking.length === 0) void send();
    else if (draft.situation.trim() === '') situation.current?.focus();
  }

  function choose(eventType: string): void {
    change({ eventType });
    // With one hand: the next thing to do comes to the thumb.
    situation.current?.scrollIntoView({ block: 'center' });
  }

  return (
    <form onSubmit={submit}>
      {form ? (
        <KindGrid kinds={form.kinds} chosen={draft.eventType} choose={choose} />
      ) : (
        <p className="soft">{words.noForm}</p>
      )}
      {kind && kind.callFirst.length > 0 && (
        <CallFirst
          numbers={kind.callFirst}
          office={officeName}
          place={draft.place}
          noteCall={(text) =>
            change({ measuresTaken: draft.measuresTaken ? `${draft.measuresTaken}；${text}` : text })
          }
        />
      )}
      {draft.measuresTaken !== '' && (
        <label>
          {words.measures} <small>{words.calledNoted}</small>
          <input
            value={draft.measuresTaken}
            maxLength={20_000}
            onChange={({ target }) => change({ measuresTaken: target.value })}
          />
        </label>
      )}
      <label>
        {words.situation}
        <textarea
          ref={situation}
          rows={4}
          maxLength={20_000}
          placeholder={words.situationHint}
          value={draft.situation}
          onChange={({ target }) => change({ situation: target.value })}
        />
      </label>
      <label>
        {words.office}
        <select value={office ?? ''} onChange={({ target }) => change({ office: target.value || null })}>
          <option value="">{words.chooseOffice}</option>
          {form?.offices.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <details>
        <summary>{words.later}</summary>
        <label>
          {words.place}
          <input
            value={draft.place}
            maxLength={2_000}
            onChange={({ target }) => change({ place: target.value })}
          />
        </label>
        <label>
          {words.subject} <small>{words.subjectHint}</small>
          <input
            value={draft.subject}
            maxLength={200}
            autoComplete="off"
            onChange={({ target }) => change({ subject: target.value })}
          />
        </label>
      </details>
      {office && draft.eventType && <Similar office={office} eventType={draft.eventType} />}
      <div className="send">
        <p role="status" className="soft">
          {lacking.length > 0 ? words.needs(lacking.join('、')) : words.draftKept}
        </p>
        <button className="primary alarm" aria-disabled={lacking.length > 0}>
          {words.send}
        </button>
      </div>
    </form>
  );
}
