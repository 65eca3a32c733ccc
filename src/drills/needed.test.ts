import { expect, test } from '@jest/globals';
import { loadOrganisation } from '../people/organisation.ts';
import { loadPlan } from '../plan/load.ts';
import { orderNow } from '../../test/harness/order.ts';
import { gives } from './needed.ts';
import type { DrillOrder } from './order.ts';
import { runOf } from './run-of.ts';

const organisation = loadOrganisation('plans/organisation.sample.yaml');
const { parties } = loadPlan('plans/wushen-2025.yaml');
const isNeeded = (held: { participants?: string[]; director?: string | null }, real: string): boolean =>
  gives(organisation, parties, { office: 'jia', participants: [], director: null, ...held }, real);

test('a drill gives way where its office, one of its people or its director is needed', () => {
  expect(isNeeded({}, 'jia')).toBe(true);
  expect(isNeeded({}, 'yi')).toBe(false);
  expect(isNeeded({ participants: ['yi-1'] }, 'yi')).toBe(true);
  expect(isNeeded({ director: 'yi-1' }, 'yi')).toBe(true);
  expect(isNeeded({ director: 'jia-1' }, 'yi')).toBe(false);
});

test('an office that names nobody takes part with its contacts', () => {
  const lent = {
    ...organisation,
    bodies: organisation.bodies.map((body) =>
      body.id === 'jia' ? { ...body, contacts: [...body.contacts, 'yi-1'] } : body,
    ),
  };
  const held = { office: 'jia', participants: [], director: null };
  expect(gives(lent, parties, held, 'yi')).toBe(true);
  expect(gives(lent, parties, { ...held, participants: ['jia-1'] }, 'yi')).toBe(false);
});

test('however long a drill is, it looks for what really happens every two minutes', () => {
  const order = orderNow({ injects: [], duration: 'P30D', pace: 1 }).order as unknown as DrillOrder;
  expect(runOf('one', order).lookMs).toBe(120_000);
  expect(runOf('one', { ...order, duration: 'PT20M' }).lookMs).toBe(60_000);
});
