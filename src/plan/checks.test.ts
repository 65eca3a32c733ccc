import { expect, test } from '@jest/globals';
import { CODED_STAGES } from './coded-stages.ts';
import { readPlanText } from './load.ts';
import { broken, problemsOf } from './testing.ts';

test.each([
  [
    'a chain that ends below the top',
    '{ party: bureauChief, repeatEvery: PT30M }',
    '{ party: dutyLeader, repeatEvery: PT30M }',
    'chains.office.2.party',
    'does not end at the top',
  ],
  [
    'a chain that climbs to the police',
    '{ party: dutyLeader, wait: PT10M }',
    '{ party: policeStation, wait: PT10M }',
    'chains.office.1.party',
    'outside party',
  ],
  [
    'a step that does not wait',
    '{ party: dutyLeader, wait: PT10M }',
    '{ party: dutyLeader }',
    'chains.office.1.wait',
    'is missing',
  ],
  [
    'a step that repeats too early',
    '{ party: dutyLeader, wait: PT10M }',
    '{ party: dutyLeader, wait: PT10M, repeatEvery: PT1M }',
    'chains.office.1.repeatEvery',
    'has no repeatEvery',
  ],
  [
    'a party that is not declared',
    '\n  triage:…owner: judicialOffice',
    'owner: judicalOffice',
    'branches.triage.stages.chooseBranch.owner',
    'no party "judicalOffice"',
  ],
  [
    'a party named like a property of every object',
    '\n  triage:…owner: judicialOffice',
    'owner: constructor',
    'branches.triage.stages.chooseBranch.owner',
    'no party "constructor"',
  ],
  [
    'a chain that is not declared',
    '\n  triage:…chain: office\n',
    'chain: ofice\n',
    'branches.triage.stages.chooseBranch.tells.0.chain',
    'no chain "ofice"',
  ],
  [
    'a limit for a stage of the police',
    '\n  triage:…owner: judicialOffice',
    'owner: policeStation\n        overdueChain: office',
    'branches.triage.stages.chooseBranch.within',
    'outside party',
  ],
  [
    'an owner who is not told, and no chain for the limit',
    '\n  triage:…owner: judicialOffice',
    'owner: dutyLeader',
    'branches.triage.stages.chooseBranch.overdueChain',
    'does not tell its owner',
  ],
  [
    'a party of our own without a receipt clock',
    '\n  triage:…            receiptWithin: PT10M\n',
    '',
    'branches.triage.stages.chooseBranch.tells.0.receiptWithin',
    'is missing',
  ],
  [
    'one party told twice',
    '\n  triage:…party: leadingGroupOffice\n            duty',
    'party: judicialOffice\n            duty',
    'branches.triage.stages.chooseBranch.tells.1.party',
    'already',
  ],
  [
    'an outcome that the code records',
    'chosen: {',
    'picked: {',
    'branches.triage.stages.chooseBranch.outcomes.chosen',
    'lacks the outcome chosen',
  ],
  [
    "an outcome that is the system's own",
    'learnt: {',
    'lapsed: {',
    'branches.riskSigns.stages.learnFacts.outcomes.lapsed',
    "system's own",
  ],
  [
    'a carried stage that no other branch has',
    '\n  disasterImpact:…carries: [recallNotice,',
    'carries: [learnFact,',
    'branches.disasterImpact.carries.0',
    'no stage of another branch',
  ],
  [
    'a closing approved by outsiders',
    'approvers: [leadingGroupOffice,',
    'approvers: [procuratorate,',
    'approvers.0',
    'outside party',
  ],
  ['two bodies of one name', 'aliases: [局长]', 'aliases: [派出所]', 'parties.policeStation.name', 'already'],
  [
    'a field without its value',
    '\n  riskSigns:…planText: 及时',
    'planText:',
    'branches.riskSigns.stages.reportTownship.planText',
    'is empty',
  ],
  [
    'a stage that nothing ends',
    'learnt: {',
    'learnt: { continues: true,',
    'branches.riskSigns.stages.learnFacts.outcomes',
    'nothing ends this stage',
  ],
  [
    'a limit after an outcome that ends the stage',
    'learnt: {',
    'learnt: { within: P1D,',
    'branches.riskSigns.stages.learnFacts.outcomes.learnt.within',
    'nothing is due',
  ],
  [
    'an outcome that our code ends the stage by, and that goes on',
    'controlled: {',
    'controlled: { continues: true,',
    'firstResponse.initialResponse.outcomes.controlled',
    'initialResponse ends after controlled',
  ],
  [
    'an outcome that opens a stage of another branch',
    'learnt: {',
    'learnt: { opens: [policeCall],',
    'branches.riskSigns.stages.learnFacts.outcomes.learnt.opens.0',
    'no stage beside this one',
  ],
  [
    'an outcome that opens what the code opens',
    'learnt: {',
    'learnt: { opens: [counselling],',
    'branches.riskSigns.stages.learnFacts.outcomes.learnt.opens.0',
    'already',
  ],
  [
    'an outcome that leads to no branch',
    'learnt: {',
    'learnt: { leadsTo: violentact,',
    'branches.riskSigns.stages.learnFacts.outcomes.learnt.leadsTo',
    'no branch "violentact"',
  ],
  [
    'an outcome that leads to where it is',
    'learnt: {',
    'learnt: { leadsTo: riskSigns,',
    'branches.riskSigns.stages.learnFacts.outcomes.learnt.leadsTo',
    'the branch it is in',
  ],
  [
    'an outcome that ends the response by itself',
    'learnt: {',
    'learnt: { leadsTo: aftermath,',
    'branches.riskSigns.stages.learnFacts.outcomes.learnt.leadsTo',
    'ends the response',
  ],
  [
    'an outcome that goes on and leads away',
    'checked: {',
    'checked: { leadsTo: violentAct,',
    'branches.riskSigns.stages.closeMonitoring.outcomes.checked.leadsTo',
    'the stage goes on after',
  ],
  [
    'a choice that opens something by itself',
    'chosen: {',
    'chosen: { leadsTo: riskSigns,',
    'branches.triage.stages.chooseBranch.outcomes.chosen.leadsTo',
    'an act of its own',
  ],
  [
    'an outcome that leads away from what it opens',
    '\n  violentAct:…carries: [recallNotice, tellFound]',
    'carries: [tellFound]',
    'branches.abscondingSearch.stages.jointSearch.outcomes.foundDead.opens.0',
    'does not carry this stage',
  ],
  [
    'a carried stage that several branches have',
    '\n  violentAct:…carries: [recallNotice, tellFound]',
    'carries: [recallNotice, tellFound, reportTownship]',
    'branches.violentAct.carries.2',
    'several branches',
  ],
  [
    'a stage that nothing opens',
    'opens: [admonition]…opens: [procuratorateNotice, warning,',
    'opens: [procuratorateNotice,',
    'branches.abscondingSearch.stages.warning',
    'nothing in abscondingSearch opens this stage',
  ],
  [
    'a sequence for a branch that is code',
    '    name: 苗头迹象处置',
    '    sequence: [[learnFacts]]\n    name: 苗头迹象处置',
    'branches.riskSigns.sequence',
    'code carries riskSigns out',
  ],
  [
    'a document that is not declared',
    'documents: [firstReport]',
    'documents: [firstRaport]',
    'firstResponse.activationReport.documents.0',
    'no document "firstRaport"',
  ],
  [
    'a document signed by nobody',
    'signedBy: dutyLeader',
    'signedBy: dutyleader',
    'documents.policeNotice.signedBy',
    'no party',
  ],
  [
    'a type that starts after the response',
    'branch: abscondingSearch }',
    'branch: aftermath }',
    'eventTypes.outOfSupervision.branch',
    'what follows a response',
  ],
  [
    'a statute carried out by a stage that is not there',
    'stages: [admonition, warning,',
    'stages: [admonitions, warning,',
    'overlay.absence.stages.0',
    'no stage "admonitions"',
  ],
  [
    'a day clock of nothing',
    'startsAfter: P10D',
    'startsAfter: P0D',
    'branches.abscondingSearch.stages.warning.startsAfter',
    'not longer than 0',
  ],
  [
    'a limit below nothing',
    'within: PT4H',
    'within: -PT4H',
    'branches.abscondingSearch.stages.search.within',
    'not longer than 0',
  ],
  [
    'a limit of ten years',
    'within: PT4H',
    'within: P10Y',
    'branches.abscondingSearch.stages.search.within',
    'years or months',
  ],
  [
    'ten years in days',
    'within: PT4H',
    'within: P3650D',
    'branches.abscondingSearch.stages.search.within',
    'longer than 366 days',
  ],
  [
    'a status in a clause',
    'clause: 四（一）\n',
    'clause: 社区矫正法 30\n',
    'branches.abscondingSearch.clause',
    'goes into mails',
  ],
  ['a number where text belongs', 'issuer: 乌审旗司法局', 'issuer: 2025', 'issuer', 'is a number'],
])('%s is a mistake', (_name, was, is, path, problem) => {
  expect(problemsOf(broken([was, is]))).toEqual([
    expect.objectContaining({ path, problem: expect.stringContaining(problem) }),
  ]);
});

test('what our code opens is named by clause and stage when it is missing', () => {
  for (const [section, stages] of Object.entries(CODED_STAGES)) {
    for (const { stage, clause, optional } of stages) {
      if (optional) continue;
      const common = section === 'firstResponse' || section === 'shared';
      const path = common ? `${section}.${stage}` : `branches.${section}.stages.${stage}`;
      const renamed = broken([`\n${common ? '' : '  '}${section}:… ${stage}:`, ' renamed:']);
      const missing = problemsOf(renamed).find((p) => p.path === path)!;
      expect(missing.problem).toContain(stage);
      expect(missing.expected).toContain(clause);
    }
  }
});

const stageOf = (name: string, outcome: string) => `
      ${name}:
        name: 火情处置
        clause: 二（六）
        source: local
        owner: judicialOffice
        tells:
          - { party: judicialOffice, duty: 请处置火情, receiptWithin: PT10M, chain: office }
        outcomes:
          done: { name: 已办, evidence: 结果${outcome} }`;

/** The plan with a branch of its own that no code knows: three stages, and the field `sequence` as given. */
const withFire = (sequence: string, outcome = '') =>
  broken([
    '\n  # 四（一）',
    `\n  fire:\n    name: 火情处置\n    clause: 二（六）\n    urgency: 特急\n${sequence}    stages:` +
      `${stageOf('evacuate', outcome)}${stageOf('putOut', '')}${stageOf('count', '')}\n\n  # 四（一）`,
  ]);

test('a branch of the plan’s own walks its stages, in a sequence or all at once', () => {
  const sequenceOf = (source: string) => readPlanText(source).branches.fire!.sequence;
  expect(sequenceOf(withFire('    sequence: [[evacuate, putOut], [count]]\n'))).toEqual([
    ['evacuate', 'putOut'],
    ['count'],
  ]);
  expect(sequenceOf(withFire(''))).toEqual([['evacuate', 'putOut', 'count']]);
  expect(sequenceOf(withFire('', ', opens: [count]'))).toEqual([['evacuate', 'putOut']]);
  expect(readPlanText(withFire('')).branches.fire!.workflow).toBe('stagedResponse');
});

test.each([
  ['names a stage twice', '[[evacuate, putOut], [count, putOut]]', '', 'sequence.1.1', 'already'],
  [
    'names a stage of nowhere',
    '[[evacuate, putOut, cuont], [count]]',
    '',
    'sequence.0.2',
    'no stage of this branch',
  ],
  ['leaves a stage out', '[[evacuate], [count]]', '', 'stages.putOut', 'nothing in fire opens this stage'],
  [
    'names what an outcome opens',
    '[[evacuate, putOut, count]]',
    ', opens: [count]',
    'stages.evacuate.outcomes.done.opens.0',
    'already',
  ],
])('a sequence that %s is a mistake', (_name, sequence, outcome, path, problem) => {
  expect(problemsOf(withFire(`    sequence: ${sequence}\n`, outcome))).toEqual([
    expect.objectContaining({ path: `branches.fire.${path}`, problem: expect.stringContaining(problem) }),
  ]);
});

test('a stage of a branch under a name that every branch has is a mistake', () => {
  const file = withFire('').replaceAll('      count:', '      initialResponse:');
  expect(problemsOf(file)).toEqual([
    expect.objectContaining({
      path: 'branches.fire.stages.initialResponse',
      problem: expect.stringContaining('every branch'),
    }),
  ]);
});

test('a request that nobody decides is a mistake', () => {
  expect(problemsOf(broken(['activationDecision:', 'townshipDecision:'])).map((p) => p.problem)).toEqual([
    'firstResponse lacks the stage activationDecision',
    'nothing in firstResponse opens this stage',
  ]);
});

test('a search that reports to nobody is a mistake', () => {
  const file = broken(
    ['\n  abscondingSearch:…      reportTownship:', '      tellTownship:'],
    ['\n  abscondingSearch:…      reportLeadingGroup:', '      tellLeadingGroup:'],
  );
  expect(problemsOf(file)).toContainEqual(
    expect.objectContaining({
      path: 'branches.abscondingSearch.stages.reportLeadingGroup',
      problem: 'abscondingSearch reports to nobody',
    }),
  );
});

test('levels are the plan’s own: a person chooses among all of them and no other', () => {
  const choose = stageOf('chooseLevel', '').replaceAll('\n    ', '\n').replace('done:', 'levelOne:');
  const file = (levels: string) =>
    broken(['firstResponse:', `responseLevels:\n${levels}\nfirstResponse:${choose}`]);
  const one = '  levelOne: { name: 一级, when: 最重 }';
  expect(readPlanText(file(one)).responseLevels).toHaveProperty('levelOne');
  expect(problemsOf(file(`${one}\n  levelTwo: { name: 二级, when: 较重 }`))[0]!.problem).toContain(
    'lacks the level levelTwo',
  );
  expect(problemsOf(file('  levelTwo: { name: 二级, when: 较重 }')).map((p) => p.problem)).toContain(
    'responseLevels has no level levelOne',
  );
});
