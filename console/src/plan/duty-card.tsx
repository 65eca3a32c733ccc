import { durationInWords } from '../look/time.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import { useEditing } from './editing.ts';
import { LimitField } from './limit-field.tsx';
import type { ClauseDuty } from './plan.ts';
import { PLAN } from './words.ts';

/** A duty of the plan: where it comes from, in colour and in word, who owns it, by when, and whom it tells. */
export function DutyCard({ duty }: { duty: ClauseDuty }) {
  const words = useWords(PLAN);
  const { language } = useSpeech();
  const isEdited = useEditing() !== null;
  const { name, source, planText, ownerName, within, startsAfter, tells, branchName, path } = duty;
  return (
    <li className={`duty ${source}`}>
      <h3>
        <span className={`source ${source}`} title={words.sourceHint[source]}>
          {words.sources[source]}
        </span>
        {name}
        {branchName && <small>{branchName}</small>}
      </h3>
      <p>
        {words.owner} <b>{ownerName}</b> ·{' '}
        <span className="soft">{planText ? words.planText(planText) : words.noText}</span>
        {startsAfter && (
          <span className="soft"> · {words.startsAfter(durationInWords(startsAfter, language))}</span>
        )}
      </p>
      <div className="limits">
        <LimitField label={words.within} path={`${path}.within`} value={within} />
        {isEdited &&
          tells.map(({ party, partyName, receiptWithin }, index) => (
            <LimitField
              key={`${party} ${index}`}
              label={words.receiptWithin(partyName)}
              path={`${path}.tells.${index}.receiptWithin`}
              value={receiptWithin}
            />
          ))}
      </div>
      {!isEdited && <More duty={duty} />}
    </li>
  );
}

function More({ duty: { tells, outcomes, documents } }: { duty: ClauseDuty }) {
  const words = useWords(PLAN);
  const { language } = useSpeech();
  const time = (iso: string | null) => (iso === null ? words.none : durationInWords(iso, language));
  return (
    <details>
      <summary>{words.more}</summary>
      <ul className="plan-list">
        {tells.map(({ party, partyName, outside, duty, receiptWithin, chain }, index) => (
          <li key={`${party} ${index}`}>
            {words.tells} <b>{partyName}</b>
            {outside && <span className="mark"> {words.outside}</span>}：{duty}
            <small>
              {words.receiptWithin(partyName)} {time(receiptWithin)}
              {chain.length > 0 && ` · ${chain.map((step) => stepInWords(step)).join(' → ')}`}
            </small>
          </li>
        ))}
        {outcomes.map(({ key, name, evidence }) => (
          <li key={key}>
            {words.outcomes} <b>{name}</b>
            <small>
              {words.evidence}：{evidence}
            </small>
          </li>
        ))}
        {documents.map(({ key, name }) => (
          <li key={key}>
            {words.documents} <b>{name}</b>
          </li>
        ))}
      </ul>
    </details>
  );

  function stepInWords({ partyName, wait, repeatEvery }: ClauseDuty['tells'][number]['chain'][number]) {
    const after = wait ? `${words.wait} ${time(wait)}` : '';
    const again = repeatEvery ? `${words.repeatEvery} ${time(repeatEvery)}` : '';
    const said = [after, again].filter(Boolean).join('，');
    return said ? `${partyName}（${said}）` : partyName;
  }
}
