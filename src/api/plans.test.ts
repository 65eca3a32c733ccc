import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadPlan } from '../plan/load.ts';
import type { Register } from '../store/open.ts';
import { savePlanEdition } from '../store/plans.ts';
import { openTestRegister } from '../store/testing.ts';
import { createPlanShelf } from './plans.ts';

const plan = loadPlan('plans/wushen-2025.yaml');
const pin = (edition: string) => ({ ...plan.pin, edition, hash: edition.padEnd(64, '0') });

let register: Register;
beforeAll(async () => {
  register = await openTestRegister();
});
afterAll(() => register.close());

test('an edition that is in force no more is read from the register', async () => {
  await savePlanEdition(register, pin('2024'), plan.text);
  const edition = await createPlanShelf({ plan, register })(pin('2024'));
  expect(Object.keys(edition.branches)).toEqual(Object.keys(plan.branches));
});

test('one that is nowhere, and one written for an earlier version, say so', async () => {
  const editionOf = createPlanShelf({ plan, register });
  await expect(editionOf(pin('1999'))).rejects.toMatchObject({ details: { code: 'PLAN_EDITION_MISSING' } });
  await savePlanEdition(register, pin('2023'), 'key: wushen\nedition: "2023"\n');
  await expect(editionOf(pin('2023'))).rejects.toMatchObject({
    details: { status: 409, code: 'PLAN_EDITION_UNREADABLE' },
  });
});
