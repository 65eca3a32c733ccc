import { useWords } from '../words/words.tsx';
import type { Drill } from './drills.ts';
import { DRILLS } from './words.ts';

export type NamedOutside = Drill['outside'][number];

/** Those that the order names and that have not consented in writing. Pure. */
export const withoutConsent = ({ outside }: Drill): NamedOutside[] =>
  outside.filter(({ consents }) => consents.length === 0);

/** An office by its name. Pure. */
export const officeName = ({ offices }: Drill, office: string): string =>
  offices.find((each) => each.office === office)?.name ?? office;

/** Why a draft cannot be approved yet: whose consent is missing, and where to put it. */
export function ConsentsMissing({ drill }: { drill: Drill }) {
  const words = useWords(DRILLS);
  const missing = withoutConsent(drill);
  if (drill.status !== 'draft' || missing.length === 0) return null;
  const names = missing.map(({ office, partyName }) => words.at(partyName, officeName(drill, office)));
  return (
    <p className="consents-missing">
      {words.missingNote(names)} <a href="#consents">{words.toConsents}</a>
    </p>
  );
}
