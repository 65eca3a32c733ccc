import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { bodiesSchema } from '../../../src/api/schemas-bodies.ts';
import { ask } from '../api/client.ts';

export type Bodies = z.infer<typeof bodiesSchema>;
export type Body = Bodies['bodies'][number];
export type Member = Body['people'][number];
export type Place = Bodies['jurisdictions'][number];

/** The bodies of one's jurisdiction and their people. */
export const useBodies = () =>
  useQuery({
    queryKey: ['bodies'],
    queryFn: () => ask<Bodies>('/api/bodies'),
    staleTime: 60_000,
  });

/** A place of the tree, how deep it lies among those that are shown, and its bodies. */
export interface Branch {
  place: Place | null;
  depth: number;
  bodies: Body[];
}

/** The tree from above to below; bodies without a place of their own come last. Pure. */
export function treeOf({ jurisdictions, bodies }: Bodies): Branch[] {
  const at = (id: string | null): Body[] => bodies.filter(({ jurisdiction }) => jurisdiction === id);
  const known = new Set(jurisdictions.map(({ id }) => id));
  const isTop = ({ within }: Place): boolean => within === null || !known.has(within);
  const under = (place: Place, depth: number): Branch[] => [
    { place, depth, bodies: at(place.id) },
    ...jurisdictions.filter(({ within }) => within === place.id).flatMap((one) => under(one, depth + 1)),
  ];
  const placed = jurisdictions.filter(isTop).flatMap((place) => under(place, 0));
  const rest = at(null);
  return rest.length > 0 ? [...placed, { place: null, depth: 0, bodies: rest }] : placed;
}
