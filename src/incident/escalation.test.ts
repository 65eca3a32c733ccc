import { expect, test } from '@jest/globals';
import type { PlanOutcome, PlanPart } from '../plan/part.ts';
import {
  acknowledge,
  advance,
  continueStage,
  endStage,
  isUnanswered,
  missed,
  newStage,
  nextDeadline,
  nextTellings,
  skip,
  tryNextMethod,
} from './escalation.ts';
import { messageKey, type IncidentId } from './ids.ts';
import { plus } from './instant.ts';
import type { StageState } from './state.ts';

const MINUTE = 60_000;
const minutes = (n: number) => ({ iso: `PT${n}M`, ms: n * MINUTE });
const t0 = '2026-03-07T18:13:00.000Z';
const at = (n: number): string => plus(t0, n * MINUTE);

const ending = (name: string, evidence: string): PlanOutcome => ({
  name,
  evidence,
  continues: false,
  within: null,
  opens: [],
  leadsTo: null,
});

const plan: PlanPart = {
  pin: { key: 'test', edition: '1', hash: '0' },
  remindEvery: minutes(240),
  quietFor: minutes(30),
  receiptLinkValidFor: minutes(10_080),
  outside: { reminders: 2, remindEvery: minutes(10) },
  parties: {
    judicialOffice: { name: '司法所', outside: false },
    policeStation: { name: '派出所', outside: true },
    dutyLeader: { name: '带班领导', outside: false },
    bureauChief: { name: '局长', outside: false },
  },
  incidentStages: [],
  chains: {
    up: [
      { party: 'dutyLeader', contact: 1, wait: minutes(10), repeatEvery: null },
      { party: 'bureauChief', contact: 1, wait: null, repeatEvery: minutes(15) },
    ],
  },
  branch: {
    key: 'violentAct',
    workflow: 'violentAct',
    sequence: [],
    name: '正在实施及非正常死亡',
    clause: '四（三）',
    urgency: '特急',
    carries: [],
    stages: {
      policeCall: {
        name: '报警',
        clause: '四（三）',
        source: 'plan',
        planText: '立即',
        owner: 'judicialOffice',
        within: minutes(20),
        tells: [
          { party: 'judicialOffice', duty: '报警', receiptWithin: minutes(5), chain: 'up' },
          { party: 'policeStation', duty: '请求到场', receiptWithin: null, chain: 'up' },
        ],
        overdueChain: 'up',
        overdueWait: minutes(5),
        outcomes: { called: ending('已报警', '接警记录') },
        startsAfter: null,
        documents: [],
      },
      control: {
        name: '控制事态',
        clause: '四（三）',
        source: 'plan',
        planText: null,
        owner: 'judicialOffice',
        within: null,
        tells: [{ party: 'judicialOffice', duty: '控制事态', receiptWithin: minutes(5), chain: 'up' }],
        overdueChain: 'up',
        overdueWait: minutes(5),
        outcomes: { controlled: ending('已控制', '情况说明') },
        startsAfter: null,
        documents: [],
      },
    },
  },
};

/** Everybody told from `from` to `to`, as "minute line → party rung.repeat", walking from deadline to deadline. */
function told(stage: StageState, to: number): string[] {
  const lines: string[] = [];
  for (let now = nextDeadline(stage); now !== null && now <= at(to); now = nextDeadline(stage)) {
    for (const { line, step } of advance(plan, stage, now).tellings) {
      lines.push(
        `${(Date.parse(now) - Date.parse(t0)) / MINUTE} ${line.line} → ${step.party} ${line.rung}.${line.repeat}`,
      );
    }
  }
  return lines;
}

const lineOf = (stage: StageState, line: string) => stage.lines.find((l) => l.line === line)!;

test('if nobody answers at all, every line climbs to the bureau chief and repeats there', () => {
  const stage = newStage(plan, 1, 'policeCall', 1, t0);
  expect(told(stage, 60)).toEqual([
    '0 judicialOffice → judicialOffice 0.0',
    '0 policeStation → policeStation 0.0',
    '5 judicialOffice → dutyLeader 1.0',
    '10 policeStation → policeStation 0.1',
    '15 judicialOffice → bureauChief 2.0',
    '20 policeStation → policeStation 0.2',
    '20 judicialOffice:overdue → judicialOffice 0.0',
    '25 judicialOffice:overdue → dutyLeader 1.0',
    '30 judicialOffice → bureauChief 2.1',
    '30 policeStation → dutyLeader 1.0',
    '35 judicialOffice:overdue → bureauChief 2.0',
    '40 policeStation → bureauChief 2.0',
    '45 judicialOffice → bureauChief 2.2',
    '50 judicialOffice:overdue → bureauChief 2.1',
    '55 policeStation → bureauChief 2.1',
    '60 judicialOffice → bureauChief 2.3',
  ]);
});

test('a receipt stops the receipt clock and no other: acknowledged is not done', () => {
  const stage = newStage(plan, 1, 'policeCall', 1, t0);
  told(stage, 0);
  acknowledge(lineOf(stage, 'judicialOffice'), 'p1', at(1));
  acknowledge(lineOf(stage, 'policeStation'), 'p2', at(2));
  expect(told(stage, 24)).toEqual(['20 judicialOffice:overdue → judicialOffice 0.0']);
  acknowledge(lineOf(stage, 'judicialOffice:overdue'), 'p1', at(21));
  expect(told(stage, 25)).toEqual(['25 judicialOffice:overdue → dutyLeader 1.0']);
});

test('the first receipt counts', () => {
  const stage = newStage(plan, 1, 'policeCall', 1, t0);
  acknowledge(lineOf(stage, 'judicialOffice'), 'p1', at(1));
  acknowledge(lineOf(stage, 'judicialOffice'), 'p9', at(2));
  expect(lineOf(stage, 'judicialOffice').acknowledged).toEqual({ person: 'p1', at: at(1) });
});

test('evidence stops every clock', () => {
  const stage = newStage(plan, 1, 'policeCall', 1, t0);
  told(stage, 21);
  endStage(stage, { outcome: 'called', by: 'p1', at: at(22) });
  expect(nextDeadline(stage)).toBeNull();
  expect(told(stage, 600)).toEqual([]);
});

test('a duty without a limit is never overdue and is told again every four hours', () => {
  const stage = newStage(plan, 1, 'control', 1, t0);
  told(stage, 0);
  acknowledge(lineOf(stage, 'judicialOffice'), 'p1', at(1));
  expect(told(stage, 600)).toEqual([
    '240 judicialOffice:remind → judicialOffice 0.0',
    '480 judicialOffice:remind → judicialOffice 0.1',
  ]);
  expect(stage.overdueAt).toBeNull();
});

test('where nobody can be told the next in line is due at once; at the top the repeat is waited for', () => {
  const stage = newStage(plan, 1, 'policeCall', 1, t0);
  told(stage, 0);
  const line = lineOf(stage, 'judicialOffice');
  skip(plan, stage, line, { rung: 0, repeat: 0 }, at(1));
  expect(told(stage, 1)).toEqual(['1 judicialOffice → dutyLeader 1.0']);
  skip(plan, stage, line, { rung: 0, repeat: 0 }, at(1)); // an old telling changes nothing
  expect(line.rung).toBe(1);
  skip(plan, stage, line, { rung: 1, repeat: 0 }, at(1));
  expect(told(stage, 1)).toEqual(['1 judicialOffice → bureauChief 2.0']);
  skip(plan, stage, line, { rung: 2, repeat: 0 }, at(1));
  expect(line.nextAt).toBe(at(16));
});

test('after an outage each line goes on by one step, not by all it has missed', () => {
  const stage = newStage(plan, 1, 'policeCall', 1, t0);
  told(stage, 0);
  const { becameOverdue, tellings } = advance(plan, stage, at(500));
  expect(becameOverdue).toBe(true);
  expect(tellings.map(({ line, step }) => `${line.line} → ${step.party}`)).toEqual([
    'judicialOffice → dutyLeader',
    'policeStation → policeStation',
    'judicialOffice:overdue → judicialOffice',
  ]);
  expect(advance(plan, stage, at(500)).tellings).toEqual([]);
});

test('what comes next is known before it happens', () => {
  const stage = newStage(plan, 1, 'policeCall', 1, t0);
  told(stage, 0);
  expect(
    nextTellings(plan, stage).map(({ at: when, partyName }) => `${when.slice(11, 16)} ${partyName}`),
  ).toEqual(['18:33 司法所', '18:18 带班领导', '18:23 派出所']);
});

test('an outcome that continues begins the limit anew, and the next overdue line has keys of its own', () => {
  const stage = newStage(plan, 1, 'policeCall', 1, t0);
  expect(told(stage, 20)).toContain('20 judicialOffice:overdue → judicialOffice 0.0');
  continueStage(plan, stage, { ...ending('再次', '记录'), continues: true }, at(21));
  expect(stage).toMatchObject({ dueAt: at(41), overdueAt: null, turns: 1 });
  // Whoever records something has the message; the police have not confirmed yet.
  expect(stage.lines.map(({ line, nextAt }) => [line, nextAt === null])).toEqual([
    ['judicialOffice', true],
    ['policeStation', false],
  ]);
  expect(told(stage, 41)).toContain('41 judicialOffice:overdue1 → judicialOffice 0.0');
});

test('an outcome may bring a limit of its own for the next turn', () => {
  const stage = newStage(plan, 1, 'policeCall', 1, t0);
  continueStage(plan, stage, { ...ending('扬言', '记录'), continues: true, within: minutes(8) }, at(2));
  expect(stage.dueAt).toBe(at(10));
});

test('a stage is unanswered once its chain was climbed, the top was told again and nobody has confirmed', () => {
  const stage = newStage(plan, 1, 'policeCall', 1, t0);
  told(stage, 49); // overdue at 20, the duty leader at 25, the chief at 35
  expect(isUnanswered(plan, stage)).toBe(false);
  told(stage, 50); // and again at 50
  expect(isUnanswered(plan, stage)).toBe(true);
  acknowledge(
    stage.lines.find(({ clock }) => clock === 'overdue')!,
    'chief',
    at(51),
  );
  expect(isUnanswered(plan, stage)).toBe(false);
});

test('a stage that begins later tells nobody before, and its limit counts from its beginning', () => {
  const later: PlanPart = structuredClone(plan);
  later.branch.stages.policeCall!.startsAfter = minutes(100);
  const stage = newStage(later, 1, 'policeCall', 1, t0);
  expect(stage).toMatchObject({ startsAt: at(100), dueAt: at(120) });
  expect(advance(later, stage, at(99)).tellings).toEqual([]);
  expect(advance(later, stage, at(100)).tellings).toHaveLength(2);
});

test('an act may give a stage another owner and a date; several of its kind stand side by side', () => {
  const stage = newStage(plan, 1, 'control_2', 1, t0, { owner: 'dutyLeader', dueAt: at(90) });
  expect(stage).toMatchObject({ id: '1.control_2', dueAt: at(90) });
  expect(told(stage, 0)).toEqual(['0 dutyLeader → dutyLeader 0.0']);
  expect(told(stage, 90)).toContain('90 dutyLeader:overdue → dutyLeader 0.0');
});

const first = { rung: 0, repeat: 0 };
const byVoice = { person: 'p1', method: 1, afterMs: MINUTE };

test('without an answer the same person is tried by their next method, within the wait for them', () => {
  const stage = newStage(plan, 1, 'policeCall', 1, t0);
  advance(plan, stage, t0);
  const line = lineOf(stage, 'judicialOffice');
  tryNextMethod(line, first, byVoice, at(0));
  expect(nextDeadline(stage)).toBe(at(1));
  expect(nextTellings(plan, stage)).toContainEqual(
    expect.objectContaining({ at: at(1), line: 'judicialOffice', partyName: '司法所' }),
  );
  const { tellings } = advance(plan, stage, at(1));
  expect(tellings.map(({ line, step, again }) => [line.party, step.party, again])).toEqual([
    ['judicialOffice', 'judicialOffice', { person: 'p1', method: 1 }],
  ]);
  // The ladder goes on at its own time, however many methods are left.
  tryNextMethod(line, { ...first, method: 1 }, { ...byVoice, method: 2, afterMs: 60 * MINUTE }, at(1));
  const climbed = line.nextAt!;
  expect(advance(plan, stage, climbed).tellings.find((one) => one.line === line)).toMatchObject({
    step: { party: 'dutyLeader' },
  });
  expect(line.further).toBeNull();
});

test('a missed call is followed by the next method at once, and after the last by the next in line', () => {
  const stage = newStage(plan, 1, 'policeCall', 1, t0);
  advance(plan, stage, t0);
  const line = lineOf(stage, 'judicialOffice');
  tryNextMethod(line, first, byVoice, at(0));
  missed(plan, stage, line, first, at(0.5));
  expect(advance(plan, stage, at(0.5)).tellings[0]?.again).toEqual({ person: 'p1', method: 1 });
  missed(plan, stage, line, first, at(0.6)); // of the method before: that is known
  expect(line.rung).toBe(0);
  missed(plan, stage, line, { ...first, method: 1 }, at(0.7));
  expect(advance(plan, stage, at(0.7)).tellings[0]?.step.party).toBe('dutyLeader');
});

test('whoever has answered is tried by no further method', () => {
  const stage = newStage(plan, 1, 'policeCall', 1, t0);
  advance(plan, stage, t0);
  const line = lineOf(stage, 'judicialOffice');
  tryNextMethod(line, first, byVoice, at(0));
  acknowledge(line, 'p1', at(0.5));
  tryNextMethod(line, first, byVoice, at(0.6));
  missed(plan, stage, line, first, at(0.7));
  expect(advance(plan, stage, at(1)).tellings.filter(({ line: { clock } }) => clock === 'receipt')).toEqual(
    [],
  );
});

test('on the clock of evidence, too, a call that rang while they answered tells nobody above', () => {
  const stage = newStage(plan, 1, 'policeCall', 1, t0);
  advance(plan, stage, at(20));
  const line = lineOf(stage, 'judicialOffice:overdue');
  const place = { incidentId: '3491fa33-cab5-5474-886c-b1f4634865e7' as IncidentId, ...first };
  line.confirmed.push(messageKey({ ...place, stageId: stage.id, opening: 1, line: line.line }));
  acknowledge(line, 'p1', at(21));
  tryNextMethod(line, first, byVoice, at(21));
  missed(plan, stage, line, first, at(21));
  expect([line.rung, line.further]).toEqual([0, null]);
});
