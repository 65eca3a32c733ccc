import { groundUnderTests, type Ground } from './production.ts';

/** The ground of tests that make no sense without. */
export function needGround(): Ground {
  const ground = groundUnderTests();
  if (!ground)
    throw new Error('these tests need PostgreSQL and Temporal under them: npm run test:production');
  return ground;
}
