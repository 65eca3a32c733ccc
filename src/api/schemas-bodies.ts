import { z } from 'zod';
import { METHODS } from '../people/methods.ts';

const reachable = z.object({
  id: z.string(),
  name: z.string(),
  post: z.string(),
  contact: z.number().int().nullable().describe('Its place among the contacts, from 1; null: none of them'),
  methods: z.array(z.enum(METHODS)).describe('By which they are tried, in order, where there is a channel'),
  phone: z.string().nullable().describe('For those who act in incidents or keep rosters; null for others'),
  email: z.string().nullable().describe('As `phone`'),
});

export const bodiesSchema = z.object({
  jurisdictions: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        level: z.enum(['city', 'county', 'township', 'office']),
        within: z.string().nullable(),
      }),
    )
    .describe('Those that the bodies are there for, the higher before the lower'),
  bodies: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      partyName: z.string(),
      jurisdiction: z.string().nullable().describe('Null: no single place of the tree'),
      callBack: z.string(),
      hasRoster: z.boolean().describe('Without one its contacts are told at any hour'),
      administrator: z.string().nullable().describe('Who keeps its roster'),
      people: z
        .array(reachable)
        .describe('Its contacts in order, then whoever else belongs to it or has duty'),
    }),
  ),
});
