import { z } from 'zod';
import { CHANGE_AREAS } from '../store/change-entry.ts';
import { instant } from './schemas.ts';

/** Who changed plan, people, rosters, channels, rights and keys. */

const changeSchema = z.object({
  seq: z.number().int(),
  at: instant.unwrap(),
  by: z.string(),
  via: z.string(),
  area: z.enum(CHANGE_AREAS),
  subject: z.string(),
  from: z.json().describe('Only what changed of it; null: it was not there'),
  to: z.json().describe('Only what changed of it; null: it is no longer there'),
  personal: z.array(z.string()).describe('What else changed: personal values, sealed'),
  prev: z.string(),
  hash: z.string(),
});
export const changesSchema = z.array(changeSchema);

export const verifiedSchema = z.object({
  entries: z.number().int(),
  erased: z.number().int(),
  end: z.object({ seq: z.number().int(), hash: z.string() }),
  problems: z.array(z.object({ seq: z.number().int(), code: z.string(), text: z.string() })),
});

export const knownSchema = z
  .object({ seq: z.number().int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/) })
  .describe('An end of the record that was noted down before');
