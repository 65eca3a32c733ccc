import type { Bodies } from '../people/bodies.ts';
import { OutsideChoice } from './outside-choice.tsx';
import { useWords } from '../words/words.tsx';
import type { TypedOrder } from './order-form.ts';
import { DRILLS } from './words.ts';

interface Props {
  bodies: Bodies['bodies'];
  offices: { id: string; name: string }[];
  typed: TypedOrder;
  set(change: Partial<TypedOrder>): void;
}

/** At which offices, who of them takes part for real, and whom the drill tells from outside there. */
export function OfficeChoice({ bodies, offices, typed, set }: Props) {
  const words = useWords(DRILLS);
  const known = (office: string) => bodies.find(({ id }) => id === office)?.people ?? [];
  /** Whoever is chosen already can be taken out, though the organisation has them no more. */
  const peopleOf = (office: string) => withChosen(known(office), typed.offices[office] ?? []);
  const choose = (office: string, people: string[], on: boolean): void => {
    const { [office]: _, ...others } = typed.offices;
    set({ offices: on ? { ...others, [office]: people } : others });
  };
  const join = (office: string, person: string, on: boolean): void => {
    const now = (typed.offices[office] ?? []).filter((id) => id !== person);
    set({ offices: { ...typed.offices, [office]: on ? [...now, person] : now } });
  };
  return (
    <fieldset className="wide">
      <legend>{words.offices}</legend>
      {withChosen(offices, Object.keys(typed.offices)).map(({ id, name }) => (
        <div key={id} className="office-choice">
          <label className="check">
            <input
              type="checkbox"
              checked={id in typed.offices}
              onChange={({ target }) =>
                choose(
                  id,
                  peopleOf(id).map((one) => one.id),
                  target.checked,
                )
              }
            />
            {name}
          </label>
          {id in typed.offices &&
            peopleOf(id).map((one) => (
              <label key={one.id} className="check person">
                <input
                  type="checkbox"
                  checked={typed.offices[id]!.includes(one.id)}
                  onChange={({ target }) => join(id, one.id, target.checked)}
                />
                {one.name}
              </label>
            ))}
          {id in typed.offices && <OutsideChoice {...{ office: id, name, typed, set }} />}
        </div>
      ))}
    </fieldset>
  );
}

interface Named {
  id: string;
  name: string;
}

const withChosen = (known: Named[], chosen: string[]): Named[] => [
  ...known,
  ...chosen.filter((id) => !known.some((one) => one.id === id)).map((id) => ({ id, name: id })),
];
