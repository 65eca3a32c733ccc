import { useWords } from '../words/words.tsx';
import type { TypedOrder } from './order-form.ts';
import { useOutsideParties } from './outside-parties.ts';
import { DRILLS } from './words.ts';

interface Props {
  /** One that takes part, and its name. */
  office: string;
  name: string;
  typed: TypedOrder;
  set(change: Partial<TypedOrder>): void;
}

/** Which outside parties the drill tells at one office; nobody unless somebody ticks them. */
export function OutsideChoice({ office, name, typed, set }: Props) {
  const words = useWords(DRILLS);
  const parties = useOutsideParties();
  const isNamed = (party: string): boolean =>
    typed.outside.some((each) => each.office === office && each.party === party);
  const put = (party: string, on: boolean): void => {
    const others = typed.outside.filter((each) => each.office !== office || each.party !== party);
    set({ outside: on ? [...others, { office, party }] : others });
  };
  if (parties.length === 0) return null;
  return (
    <div className="outside-choice" role="group" aria-label={words.outsideOf(name)}>
      <span>{words.outsideShort}</span>
      {parties.map(({ key, name: partyName }) => (
        <label key={key} className="check person">
          <input type="checkbox" checked={isNamed(key)} onChange={({ target }) => put(key, target.checked)} />
          {partyName}
        </label>
      ))}
      {typed.outside.some((each) => each.office === office) && <p className="soft">{words.outsideHint}</p>}
    </div>
  );
}
