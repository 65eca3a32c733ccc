import { useEdition, usePlans, type Edition } from '../plan/plan.ts';

/** The outside parties of the plan in force; none while it is not read yet. */
export function useOutsideParties(): Edition['parties'] {
  const { data: plans } = usePlans();
  const { data: edition } = useEdition(plans?.inForce.key, plans?.inForce.hash);
  return edition?.parties.filter(({ outside }) => outside) ?? [];
}
