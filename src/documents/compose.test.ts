import { expect, test } from '@jest/globals';
import { compose } from './compose.ts';
import { loadTemplate, loadTemplates } from './load-templates.ts';
import type { Paper } from './paper.ts';
import { sampleKnown, sampleSource } from './sample-source.ts';

const { templates } = loadTemplates('plans/documents');
const template = (key: string) => templates.get(key)!;
const textOf = ({ title, addressee, blocks }: Paper): string =>
  [title, addressee, ...blocks.map((block) => (block.kind === 'table' ? '' : block.text))].join('\n');

test('there is a template for every document the plan’s duties ask for on paper, and a bureau can change it', () => {
  expect([...templates.keys()].sort()).toEqual([
    'activation-request',
    'admonition',
    'death-notice',
    'death-notice-custody',
    'death-notice-police',
    'death-notice-procuratorate',
    'drill-summary',
    'elements-report',
    'final-report',
    'first-report',
    'follow-up-report',
    'investigation-report',
    'police-notice',
    'police-recall',
    'procuratorate-notice',
    'recommitment-proposal',
    'revocation-proposal',
    'search-assistance',
    'search-record',
    'special-report',
    'supplementary-report',
    'warning',
    'withdrawal',
  ]);
});

test('the notice to the police is a letter of the corrections agency, filled from what the incident knows', () => {
  const { paper, verifying } = compose(template('police-notice'), sampleSource());
  expect(paper).toMatchObject({ form: 'letter', issuer: '演示旗司法局', addressee: '甲镇派出所' });
  expect(paper.title).toBe('关于测试人1失去联系查找未果的\n书面通知');
  expect(textOf(paper)).toContain('2026年3月4日9时20分，演示旗甲镇司法所发现社区矫正对象测试人1失去联系');
  expect(textOf(paper)).toContain('经通信联络、信息化核查和实地查访');
  expect(textOf(paper)).toContain('联系电话：000-0000-0101');
  expect(verifying).toEqual([]);
});

test('what nobody knows stands as 正在核实 with the time at which nobody knew, and is named', () => {
  const known = sampleKnown();
  const incident = { ...known, facts: { ...known.facts, place: null, occurredAt: null } };
  const { paper, verifying, values } = compose(template('first-report'), sampleSource({ incident }));
  expect(verifying).toEqual(['element.time', 'element.place']);
  expect(values['element.place']).toBeNull();
  expect(textOf(paper)).toContain('（三）发生地点：正在核实（截至2026年3月4日15时30分）');
});

test('two hundred subjects: the title names the first and how many, the list is attached', () => {
  const [one] = sampleKnown().subjects;
  const subjects = Array.from({ length: 200 }, (_, index) => ({
    ...one!,
    subject: index + 1,
    name: `测试人${index + 1}`,
  }));
  const { paper } = compose(template('police-notice'), sampleSource({ incident: sampleKnown({ subjects }) }));
  expect(paper.title).toContain('测试人1等200人');
  expect(paper.annexes[0]!.blocks[0]).toMatchObject({ kind: 'table', rows: { length: 200 } });
  expect(textOf(paper).length).toBeLessThan(1_000);
  const report = compose(
    template('first-report'),
    sampleSource({ incident: sampleKnown({ subjects }) }),
  ).paper;
  expect(textOf(report)).toContain('（四）涉及人员：测试人1等200人（名单附后）');
  expect(report.annexes.map(({ title }) => title)).toEqual(['人员名单']);
  expect(compose(template('first-report'), sampleSource()).paper.annexes).toEqual([]);
});

test('an investigation report brings the course of events, what is to be corrected, and its evidence as an annex', () => {
  const { paper, verifying } = compose(template('investigation-report'), sampleSource());
  expect(textOf(paper)).toContain('组织查找：查找未果（测试甲一）');
  expect(textOf(paper)).toContain('1. 节假日前逐人核对联系方式（责任方：司法所');
  expect(verifying).toEqual(['field.cause', 'field.responsibility', 'field.lessons', 'field.corrections']);
  expect(paper.annexes[0]!.title).toBe('证据目录');
  const [table] = paper.annexes[0]!.blocks;
  expect(table).toMatchObject({ rows: [['1', ...new Array(4).fill(expect.any(String))], {}, {}] });
});

test('follow-ups are numbered in words, a recall and a correction name the document before', () => {
  expect(compose(template('follow-up-report'), sampleSource()).paper.title).toContain('续报一');
  const old = { number: '演司矫通〔2026〕3号', title: '书面通知', date: '2026年3月4日' };
  const recall = compose(template('police-recall'), sampleSource({ old: { ...old, act: 'withdraws' } }));
  expect(textOf(recall.paper)).toContain('《书面通知》（演司矫通〔2026〕3号）');
  const corrected = compose(template('first-report'), sampleSource({ old: { ...old, act: 'corrects' } }));
  expect(textOf(corrected.paper)).toContain('原《书面通知》（演司矫通〔2026〕3号，2026年3月4日）予以更正');
});

test('a death notice is a letter to the authority, the police and the prison, and 通报 to the procuratorate, each by its article', () => {
  const dead = (key: string) => compose(template(key), sampleSource({ fields: { death: '（示例）' } })).paper;
  expect(dead('death-notice')).toMatchObject({ form: 'letter', addressee: '虚构旗人民法院' });
  expect(dead('death-notice-police')).toMatchObject({ form: 'letter', addressee: '甲镇派出所' });
  const procuratorate = dead('death-notice-procuratorate');
  expect(procuratorate).toMatchObject({ form: 'headed', addressee: '演示旗人民检察院' });
  expect(procuratorate.title).toMatch(/通报$/);
  const prison = sampleSource({ fields: { addressee: '虚构监狱' } });
  const custody = compose(template('death-notice-custody'), prison);
  expect(custody.paper.addressee).toBe('虚构监狱');
  expect(textOf(custody.paper)).toContain('《中华人民共和国刑事诉讼法》第二百六十八条');
  expect(template('death-notice-custody').onlyFor).toEqual(['servingOutsidePrison']);
  for (const key of ['death-notice', 'death-notice-police', 'death-notice-procuratorate'])
    expect(textOf(dead(key))).toContain('《中华人民共和国社区矫正法》第五十一条');
});

test('a sanction is the county agency’s, names the office that acts for it, and tells the search as it was recorded', () => {
  for (const key of ['admonition', 'warning', 'revocation-proposal', 'recommitment-proposal']) {
    const { paper } = compose(
      template(key),
      sampleSource({ fields: { basis: '（示例）', facts: '（示例）' } }),
    );
    expect(paper.issuer).toBe('演示旗司法局');
    expect(textOf(paper)).toContain('查找结果：查找未果（2026年3月4日12时20分登记）');
    expect(textOf(paper)).not.toContain('此后继续查找'); // nobody recorded any
  }
  expect(compose(template('revocation-proposal'), sampleSource()).paper).toMatchObject({
    title: '关于提请撤销缓刑的建议书',
    addressee: '虚构旗人民法院',
    copies: ['演示旗人民检察院'],
  });
});

test('what the incident knows stands in a field until its drafter writes otherwise; what it does not, as 正在核实', () => {
  const written = compose(template('death-notice'), sampleSource({ fields: { addressee: '另一虚构法院' } }));
  expect(written.paper.addressee).toBe('另一虚构法院');
  const known = sampleKnown();
  const incident = { ...known, facts: { ...known.facts, decidingAuthority: null } };
  expect(compose(template('death-notice'), sampleSource({ incident })).verifying).toContain(
    'field.addressee',
  );
});

const mistakes = (change: (text: string) => string) => {
  const text = change(`key: invented
name: 虚构
clause: 四
form: headed
issuer: judicialOffice
signedBy: [{ party: dutyLeader }]
title: 关于{{subjects.short}}的通报
blocks:
  - p: '{{item.at}}，{{item.what}}。'
    each: timeline
`);
  try {
    loadTemplate({ name: 'invented.yaml', text });
    return [];
  } catch (error) {
    const { code, problems } = error as { code: string; problems: { path: string; line: number }[] };
    return [code, ...problems.map(({ path, line }) => `${path}:${line}`)];
  }
};

test('a template with an unknown field, a name nobody fills in or a word that accuses is refused, each with path and line', () => {
  const code = 'DOCUMENT_TEMPLATE_INVALID';
  expect(mistakes((text) => text)).toEqual([]);
  expect(mistakes((text) => `${text}colour: red\n`)).toEqual([code, 'colour:11']);
  expect(mistakes((text) => text.replace('subjects.short', 'subject.shoe'))).toEqual([code, 'title:7']);
  expect(mistakes((text) => text.replace('item.what', 'item.who'))).toEqual([code, 'blocks.0.p:9']);
  expect(mistakes((text) => text.replace('item.what', 'field.mine'))).toEqual([code, 'blocks.0.p:9']);
  const fields = (suggested: string) => (text: string) =>
    `${text}fields:\n  mine: { label: 甲, suggested: '${suggested}' }\n  other: { label: 乙 }\n`;
  expect(mistakes(fields('{{place}}'))).toEqual([]);
  expect(mistakes(fields('{{field.other}}'))).toEqual([code, 'fields.mine.suggested:12']);
  expect(mistakes((text) => `${text}onlyFor: [prison]\n`)[0]).toBe(code);
  expect(mistakes((text) => text.replace('的通报', '迟报的通报'))).toEqual([code, 'title:7']);
  expect(mistakes((text) => text.replace('timeline', 'gossip'))[0]).toBe(code);
  expect(mistakes((text) => text.replace('form: headed', 'form: poster'))).toEqual([code, 'form:4']);
});

test('a folder that is not there is refused with the same code', () => {
  expect(() => loadTemplates('plans/nowhere')).toThrow(/DOCUMENT_TEMPLATE_INVALID/);
});
