import { useWords } from '../words/words.tsx';
import type { Body } from './bodies.ts';
import { PEOPLE } from './words.ts';

/** A body's people in the order in which they are told, and how each is reached. */
export function Members({ body }: { body: Body }) {
  const words = useWords(PEOPLE);
  const { columns } = words;
  const withNumbers = body.people.some(({ phone, email }) => phone !== null || email !== null);
  return (
    <ul className="members">
      {body.people.map(({ id, name, post, contact, methods, phone, email }) => (
        <li key={id}>
          <b>{name}</b> <span className="soft">{post}</span>{' '}
          <span className="mark">{contact === null ? words.noContact : words.contact(contact)}</span>
          <p className={methods.length > 0 ? 'soft' : 'lack'}>
            {columns.methods}：
            {methods.length > 0 ? methods.map((by) => words.methods[by]).join(' → ') : words.noMethods}
          </p>
          {withNumbers && (
            <p>
              {phone && <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>} {email}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
