import type { Body, Organisation } from '../people/organisation.ts';
import { Problem } from './problem.ts';

/** A body by id; throws `UNKNOWN_BODY` with those there are. */
export function mustKnowBody({ bodies }: Organisation, id: string): Body {
  const body = bodies.find((one) => one.id === id);
  if (body) return body;
  throw new Problem({
    status: 404,
    code: 'UNKNOWN_BODY',
    title: '组织机构中没有此单位',
    detail: 'Choose one of the bodies listed.',
    more: { bodies: bodies.map((one) => ({ id: one.id, name: one.name })) },
  });
}
