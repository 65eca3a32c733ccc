import { useWords } from '../words/words.tsx';
import type { Asked, Listed } from './documents.ts';
import { DOCUMENTS } from './words.ts';

interface Props {
  asked: Asked[];
  documents: Listed[];
  may: boolean;
  draft(template: string): void;
}

/** What the plan asks for at open duties, and how far each is. */
export function AskedList({ asked, documents, may, draft }: Props) {
  const words = useWords(DOCUMENTS);
  return (
    <section className="card">
      <h2>{words.asked}</h2>
      {asked.length === 0 && <p className="soft">{words.askedNone}</p>}
      <ul className="plain-list">
        {asked.map((one) => {
          const made = documents.filter(
            ({ template, status }) => template === one.template && status !== 'discarded',
          );
          const newest = made.at(-1);
          return (
            <li key={one.document} className="asked">
              <p>
                <b>{one.name}</b>{' '}
                <span className={`doc-state ${newest?.status ?? 'none'}`}>
                  {words.states[newest?.status ?? 'none']}
                </span>
              </p>
              <small>
                {one.stages.map(({ stageName }) => stageName).join('、')} · {one.clause}
                {newest?.number && ` · ${newest.number}`}
              </small>
              {one.template === null && <p className="soft">{words.byHand}</p>}
              {one.template !== null && may && (
                <button type="button" onClick={() => draft(one.template!)}>
                  {newest ? words.draftAnother : words.draft}
                  <span className="visually-hidden"> {one.name}</span>
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
