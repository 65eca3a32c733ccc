import canonicalizeModule from 'canonicalize';

/** Its types describe another module format than the one it ships: at run time the default import is the function. */
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string;

/** RFC 8785: one text for one value, whatever the order its members were written in. */
export const canonicalJson = (value: unknown): string => canonicalize(value);
