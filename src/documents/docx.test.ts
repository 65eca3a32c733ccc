import { expect, test } from '@jest/globals';
import JSZip from 'jszip';
import { compose } from './compose.ts';
import { renderDocx } from './docx.ts';
import { OFFICIAL_FONTS } from './fonts.ts';
import { loadTemplates } from './load-templates.ts';
import { UNSIGNED, type Issue, type Paper } from './paper.ts';
import { samplePaper, SIGNED } from './sample-paper.ts';
import { sampleKnown, sampleSource } from './sample-source.ts';

/** The parts of the file by name, and what stands in the header or footer that a section refers to as `type`. */
async function opened(paper: Paper, issue: Issue = SIGNED) {
  const zip = await JSZip.loadAsync(await renderDocx(paper, issue));
  const part = async (name: string) => (await zip.file(`word/${name}`)?.async('string')) ?? '';
  const body = await part('document.xml');
  const relations = await part('_rels/document.xml.rels');
  const referred = async (what: 'header' | 'footer', type: string) => {
    const id = new RegExp(`<w:${what}Reference w:type="${type}" r:id="(\\w+)"`).exec(body)?.[1];
    const tag = relations.split('<Relationship ').find((each) => each.includes(`Id="${id}"`));
    return id ? part(/Target="([^"]+)"/.exec(tag ?? '')![1]!) : '';
  };
  return { files: Object.keys(zip.files), body, settings: await part('settings.xml'), referred };
}

const attributes = (xml: string, element: string): Record<string, string> =>
  Object.fromEntries(
    [...(new RegExp(`<w:${element} ([^>]*)/>`).exec(xml)?.[1] ?? '').matchAll(/w:(\w+)="([^"]*)"/g)].map(
      ([, name, value]) => [name!, value!],
    ),
  );
const mm = (twips: string | undefined): number => Math.round((Number(twips) / 1_440) * 254) / 10;
/** The paragraph that holds a text. */
const paragraphOf = (xml: string, text: string): string =>
  xml.split('<w:p>').find((each) => each.includes(text)) ?? '';
const font = (xml: string): string | undefined => attributes(xml, 'rFonts').eastAsia;
const points = (xml: string): number => Number(/<w:sz w:val="(\d+)"/.exec(xml)?.[1]) / 2;
const lettersOf = (xml: string): string => xml.replaceAll(/<[^>]+>/g, '');

test('A4, above 37 mm, left 28 mm, a type area of 156 × 225 mm, and 22 lines of 28 characters in it', async () => {
  const { body } = await opened(samplePaper());
  const [size, margin] = [attributes(body, 'pgSz'), attributes(body, 'pgMar')];
  expect([mm(size.w), mm(size.h)]).toEqual([210, 297]);
  expect([mm(margin.top), mm(margin.left)]).toEqual([37, 28]);
  expect(210 - mm(margin.left) - mm(margin.right)).toBe(156);
  expect(297 - mm(margin.top) - mm(margin.bottom)).toBe(225);

  const text = paragraphOf(body, '查找未果。');
  expect([font(text), points(text)]).toEqual(['仿宋_GB2312', 16]);
  const { line, lineRule } = attributes(text, 'spacing');
  expect([Number(line) / 20, lineRule]).toEqual([28, 'exact']);
  expect((225 / 25.4) * 72).toBeGreaterThanOrEqual(22 * 28);
  const run = text.slice(text.indexOf('<w:rPr>'));
  const character = 16 + Number(attributes(run, 'spacing').val) / 20;
  expect(Math.floor(((156 / 25.4) * 72) / character)).toBe(28);
  expect(Number(attributes(text, 'ind').firstLine) / 20).toBe(2 * character);
});

test('the four levels: 黑体, 楷体, and twice 仿宋, all of 16 points and two characters in', async () => {
  const { body } = await opened(samplePaper());
  const levels = ['一、基本情况', '（一）人员情况', '1. 已采取', '（1）通信'].map((text) =>
    paragraphOf(body, text),
  );
  expect(levels.map(font)).toEqual(['黑体', '楷体_GB2312', '仿宋_GB2312', '仿宋_GB2312']);
  expect(levels.map(points)).toEqual([16, 16, 16, 16]);
  expect(new Set(levels.map((level) => attributes(level, 'ind').firstLine))).toEqual(new Set(['630']));
});

test('a report upward: the name in red 35 mm below the type area’s top, number left, 签发人 right in 楷体, a red rule', async () => {
  const { body } = await opened(samplePaper({ form: 'upward', title: '关于测试人甲失去联系的报告' }));
  const paragraphs = body.split('<w:p>').slice(1);
  expect(mm(attributes(paragraphs[0]!, 'spacing').line)).toBe(35);
  const name = paragraphs[1]!;
  expect([lettersOf(name), font(name)]).toEqual(['演示旗司法局', '方正小标宋简体']);
  expect([attributes(name, 'color').val, attributes(name, 'jc').val]).toEqual(['FF0000', 'center']);
  expect(paragraphs.slice(2, 4).map(lettersOf)).toEqual(['', '']);
  const number = paragraphs[4]!;
  expect(lettersOf(number)).toMatch(/^演司矫函〔2026〕3号\s*签发人：演示副局长$/);
  expect(font(number.slice(number.lastIndexOf('<w:r>')))).toBe('楷体_GB2312');
  expect(paragraphs[5]).toMatch(/<w:bottom w:val="single" w:color="FF0000"/);
  expect(mm(attributes(paragraphs[5]!, 'spacing').line)).toBe(4);
  const title = paragraphOf(body, '关于测试人甲失去联系的报告');
  expect([font(title), points(title), attributes(title, 'jc').val]).toEqual(['方正小标宋简体', 22, 'center']);
});

test('other paper under a red head has its number in the middle and no 签发人', async () => {
  const { body } = await opened(samplePaper({ form: 'headed' }));
  expect(attributes(paragraphOf(body, '〔2026〕3号'), 'jc').val).toBe('center');
  expect(body).not.toContain('签发人');
});

test('a letter: its name 30 mm from the edge, two red double rules of 170 mm, no page number on page one', async () => {
  const { body, referred } = await opened(samplePaper());
  expect(body).toContain('<w:titlePg');
  const [header, footer] = [await referred('header', 'first'), await referred('footer', 'first')];
  const above = attributes(header, 'spacing').line;
  expect(mm(attributes(body, 'pgMar').header) + mm(above)).toBe(30);
  expect(paragraphOf(header, '演示旗司法局')).toContain('FF0000');
  for (const [xml, style] of [
    [header, 'thickThinSmallGap'],
    [footer, 'thinThickSmallGap'],
  ] as const) {
    const rule = paragraphOf(xml, style);
    expect(rule).toMatch(new RegExp(`<w:bottom w:val="${style}" w:color="FF0000"`));
    const { left, right } = attributes(rule, 'ind');
    expect(156 - mm(left) - mm(right)).toBe(170);
    expect(28 + mm(left)).toBe(20);
  }
  expect(footer).not.toContain('PAGE');
  expect(mm(attributes(body, 'pgMar').footer)).toBe(20);
  expect(await referred('footer', 'default')).toContain('PAGE');
});

test('page numbers — 1 — in 宋体 of 14 points: odd pages right, even pages left, one character in, 7 mm below the text', async () => {
  const { body, settings, referred } = await opened(samplePaper({ form: 'headed' }));
  expect(settings).toContain('<w:evenAndOddHeaders');
  const [odd, even] = [await referred('footer', 'default'), await referred('footer', 'even')];
  expect([odd, even].map(font)).toEqual(['宋体', '宋体']);
  expect([odd, even].map(points)).toEqual([14, 14]);
  expect([odd, even].map((xml) => attributes(xml, 'jc').val)).toEqual(['right', 'left']);
  expect([attributes(odd, 'ind').right, attributes(even, 'ind').left]).toEqual(['280', '280']);
  expect(lettersOf(odd)).toBe('— PAGE —');
  expect(35 - mm(attributes(body, 'pgMar').footer) - (14 * 25.4) / 72).toBeCloseTo(7, 1);
});

test('the date ends four characters from the right with the body centred over it; without a seal the body ends two from it', async () => {
  const indent = (xml: string, text: string) => Number(attributes(paragraphOf(xml, text), 'ind').right) / 315;
  const sealed = (await opened(samplePaper({ form: 'headed', signature: '演示司法局' }))).body;
  expect(indent(sealed, '2026年3月4日</w:t>')).toBe(4);
  expect(indent(sealed, '演示司法局</w:t>')).toBeCloseTo(4.5, 2); // five characters over six
  const plain = (await opened(samplePaper({ form: 'plain', sealed: false, signature: '甲镇司法所' }))).body;
  expect(indent(plain, '甲镇司法所</w:t>')).toBeGreaterThanOrEqual(2);
});

test('抄送 and the printing line of 14 points stand at the foot between rules; a record has neither', async () => {
  const { body } = await opened(
    samplePaper({ form: 'headed', copies: ['演示旗人民检察院', '甲镇人民政府'] }),
  );
  const copies = paragraphOf(body, '抄送：演示旗人民检察院，甲镇人民政府。');
  const printed = paragraphOf(body, '2026年3月4日印发');
  expect([copies, printed].map(points)).toEqual([14, 14]);
  const foot = (xml: string) => mm(attributes(xml, 'framePr').y) + mm(attributes(xml, 'framePr').h);
  expect(foot(printed)).toBe(37 + 225);
  expect(foot(copies)).toBeCloseTo(mm(attributes(printed, 'framePr').y), 0);
  const record = (await opened(samplePaper({ form: 'plain', copies: ['甲镇人民政府'] }))).body;
  expect(record).not.toMatch(/抄送|印发/);
});

test('what is attached is listed one line below the text, and each begins a page', async () => {
  const annexes = ['人员名单', '证据目录'].map((title) => ({
    title,
    blocks: [{ kind: 'table' as const, head: ['序号', '姓名'], widths: [1, 4], rows: [['1', '测试人甲']] }],
  }));
  const { body } = await opened(samplePaper({ annexes }));
  const lines = body.split('<w:p>').map(lettersOf);
  const list = lines.indexOf('附件：1. 人员名单');
  expect([lines[list - 1], lines[list + 1]]).toEqual(['', '2. 证据目录']);
  expect(body.match(/<w:br w:type="page"\/>/g)).toHaveLength(2);
  expect(font(paragraphOf(body, '附件2'))).toBe('黑体');
  expect(body).toContain('<w:tblHeader/>');
});

test('unsigned paper is stamped on every page, has no number, no date and no signer; a drill says so', async () => {
  const { body, referred } = await opened(samplePaper({ drill: true }), UNSIGNED);
  for (const type of ['first', 'default', 'even'])
    expect(await referred('header', type)).toContain('【演练】【未签发·先行告知】');
  expect(lettersOf(body)).not.toMatch(/〔|2026年3月4日<|演示副局长/);
  expect(lettersOf(body)).toContain('【演练】');
});

test('no picture is in the file, so no seal, and no font but the official ones', async () => {
  const { files, body, referred } = await opened(samplePaper({ form: 'upward', copies: ['甲镇人民政府'] }));
  expect(files.filter((name) => /media|\.(png|jpe?g|emf|wmf|svg)$/.test(name))).toEqual([]);
  expect(body).not.toMatch(/<w:drawing|<w:pict/);
  const named = [...(body + (await referred('footer', 'default'))).matchAll(/w:eastAsia="([^"]+)"/g)];
  expect(named.map(([, name]) => name).filter((name) => !OFFICIAL_FONTS.includes(name!))).toEqual([]);
});

const { templates, bodies } = loadTemplates('plans/documents');
const subjects = Array.from({ length: 200 }, (_, index) => ({
  ...sampleKnown().subjects[0]!,
  subject: index + 1,
  name: `测试人${index + 1}`,
}));

test.each([...templates.keys()])(
  '%s, signed and as a draft, of one subject and of two hundred: margins, sizes, fonts, page numbers',
  async (key) => {
    const template = templates.get(key)!;
    const fields = Object.fromEntries(Object.keys(template.fields).map((name) => [name, '经核实的内容。']));
    for (const incident of [sampleKnown(), sampleKnown({ subjects })]) {
      const { paper } = compose(template, sampleSource({ bodies, incident, fields }));
      for (const issue of [SIGNED, UNSIGNED]) {
        const { body, referred } = await opened(paper, issue);
        const [size, margin] = [attributes(body, 'pgSz'), attributes(body, 'pgMar')];
        expect([mm(size.w), mm(size.h), mm(margin.top), mm(margin.left)]).toEqual([210, 297, 37, 28]);
        expect([mm(margin.right), mm(margin.bottom)]).toEqual([26, 35]);
        const runs = body.split('<w:r>').slice(1);
        const sizes = new Set(runs.filter((run) => lettersOf(run) !== '').map(points));
        // 二号 for titles, 三号, 四号 for the imprint, 小四 in tables, and the head.
        for (const one of sizes) expect(one === 12 || one === 14 || one === 16 || one >= 22).toBe(true);
        const fonts = [...body.matchAll(/w:eastAsia="([^"]+)"/g)].map(([, name]) => name!);
        expect(fonts.filter((name) => !OFFICIAL_FONTS.includes(name))).toEqual([]);
        const [odd, even] = [await referred('footer', 'default'), await referred('footer', 'even')];
        expect([odd, even].map((xml) => attributes(xml, 'jc').val)).toEqual(['right', 'left']);
        expect(/<w:titlePg\/>/.test(body)).toBe(template.form === 'letter');
        expect(lettersOf(body).includes('签发人：')).toBe(template.form === 'upward');
        const number = template.form === 'plain' ? 0 : Number(issue === SIGNED);
        expect(body.split(SIGNED.number!).length - 1).toBe(number);
        // The last paragraph before the signature goes with it.
        const texts = body.split('<w:p>').filter((each) => lettersOf(each) !== '');
        const at = texts.findLastIndex((each) => lettersOf(each) === paper.signature);
        expect(texts[at - 1]).toContain('<w:keepNext/>');
      }
    }
  },
);

test('two hundred subjects stand in a table whose head is repeated and whose rows stay whole, not in the text', async () => {
  const incident = sampleKnown({ subjects });
  const { paper } = compose(templates.get('police-notice')!, sampleSource({ bodies, incident }));
  const { body } = await opened(paper);
  expect(body.match(/<w:tr>/g)).toHaveLength(201);
  expect(body.match(/<w:cantSplit\/>/g)).toHaveLength(201);
  expect(body.match(/<w:tblHeader\/>/g)).toHaveLength(1);
  expect(lettersOf(body.slice(0, body.indexOf('<w:tbl>')))).not.toContain('测试人2');
});
