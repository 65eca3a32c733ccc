import { useWords } from '../words/words.tsx';
import { ConsentCard } from './consent-card.tsx';
import type { Drill } from './drills.ts';
import { DRILLS } from './words.ts';

/** Outside parties that the order names, each with its written consent, or that it is missing. */
export function Consents({ drill, mayAttach }: { drill: Drill; mayAttach: boolean }) {
  const words = useWords(DRILLS);
  return (
    <section id="consents">
      <h2>{words.outside}</h2>
      {drill.outside.length === 0 && <p className="soft">{words.noOutside}</p>}
      <ul className="orders">
        {drill.outside.map((named) => (
          <ConsentCard
            key={`${named.office} ${named.party}`}
            drill={drill}
            named={named}
            mayAttach={mayAttach && drill.status === 'draft'}
          />
        ))}
      </ul>
    </section>
  );
}
