import { useWords } from '../words/words.tsx';
import { treeOf, type Bodies } from './bodies.ts';
import { PEOPLE } from './words.ts';

interface Props {
  bodies: Bodies;
  chosen: string;
  choose(id: string): void;
  /** Bodies of which something is to be mended. */
  lacking: ReadonlySet<string>;
}

/** The bodies as a tree of places on a desk, as one field to choose from on a phone. */
export function BodyChoice({ bodies, chosen, choose, lacking }: Props) {
  const words = useWords(PEOPLE);
  const tree = treeOf(bodies);
  return (
    <>
      <label className="body-select">
        {words.body}
        <select value={chosen} onChange={({ target }) => choose(target.value)}>
          {tree.map(({ place, bodies: own }) => (
            <optgroup key={place?.id ?? ''} label={place?.name ?? words.elsewhere}>
              {own.map(({ id, name }) => (
                <option key={id} value={id}>
                  {lacking.has(id) ? `${name} ⚠` : name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <nav className="body-tree" aria-label={words.bodies}>
        {tree.map(({ place, depth, bodies: own }) => (
          <div key={place?.id ?? ''} className={`depth-${Math.min(depth, 3)}`}>
            {own[0]?.name !== place?.name && <h2>{place?.name ?? words.elsewhere}</h2>}
            {own.map(({ id, name }) => (
              <button
                key={id}
                type="button"
                aria-current={id === chosen || undefined}
                onClick={() => choose(id)}
              >
                {name} {lacking.has(id) && <Lacking />}
              </button>
            ))}
          </div>
        ))}
      </nav>
    </>
  );
}

function Lacking() {
  const words = useWords(PEOPLE);
  return (
    <b className="lack">
      <span aria-hidden>!</span>
      <span className="visually-hidden">{words.lacking}</span>
    </b>
  );
}
