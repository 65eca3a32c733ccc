import { serverNow } from '../api/clock.ts';
import { useNames } from '../incident/names.ts';
import { shortly } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import type { Chain, Link } from './chain.ts';
import { ElementList } from './element-list.tsx';
import { Papers } from './papers.tsx';
import { Sendings } from './sendings.tsx';
import { REPORTS } from './words.ts';

interface Props {
  id: string;
  link: Link;
  chain: Chain;
  acts: boolean;
}

/** One report of the chain: what it tells, and where its paper stands. */
export function LinkCard({ id, link, chain, acts }: Props) {
  const words = useWords(REPORTS);
  const names = useNames();
  const now = serverNow();
  return (
    <section className="card link" aria-label={link.name}>
      <h2>
        {link.name} <span className={`mark waits ${link.waits}`}>{words.waits[link.waits]}</span>
      </h2>
      <p className="soft">
        {words.received} {shortly(link.learntAt ?? link.at, now)}
        {link.by && ` · ${words.by} ${names.person(link.by)}`}
        {chain.identities === 'shown' && ` · ${words.source} ${link.source ?? words.nobody}`}
      </p>
      {link.written && link.written.endedAt === null && (
        <p className={link.written.overdueAt ? 'automatic' : 'soft'}>
          {link.written.overdueAt || link.written.dueAt === null
            ? words.writtenLate
            : words.written(shortly(link.written.dueAt, now))}
        </p>
      )}
      <ElementList elements={link.elements} shown={chain.identities === 'shown'} />
      {link.text && <p className="words">{link.text}</p>}
      {link.phoned.length > 0 && (
        <>
          <h3>{words.phoned}</h3>
          <ul className="plain-list">
            {link.phoned.map((call) => (
              <li key={`${call.party} ${call.at}`}>
                {call.name} {shortly(call.at, now)} · {names.person(call.by)}
                {!call.answered && ` · ${words.notAnswered}`}
              </li>
            ))}
          </ul>
        </>
      )}
      <Papers id={id} link={link} chain={chain} acts={acts} />
      <Sendings link={link} />
      {link.handedOn.length > 0 && (
        <>
          <h3>{words.handedOn}</h3>
          <ul className="plain-list">
            {link.handedOn.map((one) => (
              <li key={`${one.party} ${one.at}`}>
                {one.name} {shortly(one.at, now)} · {words.via[one.channel]}
                {one.receiver && ` · ${words.takenBy(one.receiver)}`} ·{' '}
                {words.decided(names.person(one.decidedBy))}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
