import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import * as messages from '../../src/workflows/messages.ts';
import { layGround, refusalOf, startDrill, type DrillGround } from '../harness/drill.ts';

/** 四（四）, on the Wushen plan. Sub-cases are drilled on a real server: this one's clock stops after them. */
let ground: DrillGround;
beforeAll(async () => {
  ground = await layGround();
}, 240_000);
afterEach(() => ground.clear());
afterAll(() => ground.leave());

test('report to the command group, roster, relief and steadying open at once; the leading office acts once it knows', async () => {
  const drill = await startDrill(ground, 'disasterImpact', { subjects: 3 });
  expect(await drill.open()).toEqual(
    expect.arrayContaining(['reportCommandGroup', 'roster', 'relief', 'steadyMinds', 'reportLeadingGroup']),
  );
  expect(await drill.open()).not.toContain('contactPolice');
  await drill.record('reportLeadingGroup', 'reported');
  expect(await drill.open()).toContain('contactPolice');
  const told = (await drill.told()).filter((line) => line.includes('contactPolice'));
  expect(told[0]).toBe('1.contactPolice leadingGroupOffice → leadingGroupOffice 0.0');
}, 240_000);

test('nobody on the roster is accounted for before somebody has said how they are', async () => {
  const drill = await startDrill(ground, 'disasterImpact', { subjects: 3 });
  const change = (subject: number, safety: 'safe' | 'missing') => ({
    subject,
    safety,
    outcome: null,
    note: null,
  });
  await drill.say(messages.changeSubjects, {
    by: 'jia-1',
    changes: [change(1, 'safe'), change(2, 'missing')],
  });
  expect(await refusalOf(drill.record('roster', 'accounted'))).toBe('SubjectsUnaccounted');
  await drill.record('roster', 'checked');
  await drill.say(messages.changeSubjects, { by: 'jia-1', changes: [change(3, 'safe')] });
  await drill.record('roster', 'accounted');
  expect(await drill.open()).not.toContain('roster');
  expect(
    await refusalOf(drill.say(messages.changeSubjects, { by: 'jia-1', changes: [change(4, 'safe')] })),
  ).toBe('UnknownSubject');
}, 240_000);

test('five hundred subjects are added, two of one name, and each has a number of its own', async () => {
  const drill = await startDrill(ground, 'disasterImpact', { subjects: 0 });
  const subjects = Array.from({ length: 500 }, (_, index) => ({
    name: index < 2 ? '测试同名' : `测试人${index}`,
    file: null,
    phone: null,
  }));
  const { subjects: numbers } = await drill.say(messages.addSubjects, { by: 'jia-1', subjects });
  expect(numbers).toEqual(subjects.map((_, index) => index + 1));
  const added = (await drill.written()).timeline.filter(({ kind }) => kind === 'subjectAdded');
  expect(added).toHaveLength(500);
}, 240_000);
