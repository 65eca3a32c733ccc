import { expect, test } from '@jest/globals';
import { deflateRawSync } from 'node:zlib';
import type { CellValue } from 'hucre/xlsx';
import { readRoster } from './read-roster.ts';
import { GOOD, MERGES, organisation, workbook, type TestSheet } from './testing.ts';

const office = organisation.bodies[0]!;
const read = (bytes: Uint8Array) => readRoster(bytes, organisation, office);
const readRows = async (sheet: TestSheet) => read(await workbook(sheet));
const inShort = ({ turns }: Awaited<ReturnType<typeof read>>) =>
  turns.map(({ date, shift, people }) => `${date.slice(5)} ${shift} ${people.join(' ')}`.trim());
const found = ({ problems }: Awaited<ReturnType<typeof read>>) =>
  problems.map(({ row, column, code }) => `${row}${column ?? ''} ${code}`);

const TURNS = [
  '01-01 day zhao qian',
  '01-01 night sun',
  '01-01 lead li',
  '01-02 day qian',
  '01-02 night wu',
  '01-02 lead li',
  '01-03 day sun wu',
  '01-03 night zhao',
  '01-03 lead li',
  '01-04 day wu sun',
  '01-04 night qian',
  '01-04 lead li',
  '01-05 day zhao wu',
  '01-05 night',
  '01-05 lead li',
];

test('a sheet as officers keep it is read: merged title and cells, Chinese and serial dates, several names in a cell', async () => {
  const roster = await readRows({ rows: GOOD, merges: MERGES });
  expect(roster.problems).toEqual([]);
  expect(inShort(roster)).toEqual(TURNS);
  expect(roster.turns[0]!.note).toBe('元旦');
  expect(roster.shifts.lead).toEqual({ name: '带班', from: '08:30', to: '08:30' });
  expect(roster.notices).toEqual(['“带班”按 08:30 至 08:30 计']);
});

test('a header of two rows, its 值班人员 merged over the shifts, states the hours of new shifts', async () => {
  const roster = await readRows({
    header: ['日期', '值班人员', null, null, null],
    rows: [
      [null, '早班（06:00-14:00）', '中班（14:00-22:00）', '夜班（22时至次日6时）', null],
      ['1月1日', '虚构zhao', '虚构qian', '虚构sun', null],
    ],
    merges: [
      { startRow: 1, startCol: 0, endRow: 2, endCol: 0 },
      { startRow: 1, startCol: 1, endRow: 1, endCol: 3 },
    ],
  });
  expect(roster.problems).toEqual([]);
  expect(Object.values(roster.shifts)).toEqual([
    { name: '早班', from: '06:00', to: '14:00' },
    { name: '中班', from: '14:00', to: '22:00' },
    { name: '夜班', from: '22:00', to: '06:00' },
  ]);
  expect(inShort(roster)).toEqual(['01-01 shift zhao', '01-01 shift2 qian', '01-01 night2 sun']);
});

test('ten mistakes are told all at once by row and column, with what to do, and nothing else is', async () => {
  const rows: CellValue[][] = [
    ['2月30日', null, '虚构zhao', '虚构qian', '虚构li', null, null],
    ['1月2日', '星期一', '虚构zhao', '虚构qian', '虚构li', null, null],
    ['1月3日', null, '虚构zhoa', '虚构qian', '虚构li', null, null],
    ['1月4日', null, '虚构zhao、虚构zhao', '虚构qian', '虚构li', null, null],
    ['1月5日', null, null, '虚构qian', '虚构li', null, null],
    ['1月5日', null, '虚构zhao', '虚构sun', '虚构li2', null, null],
    ['1月7日', null, '虚构zhao', '虚构qian', '虚构li', null, '1390000'],
    ['1月8日', null, '虚构zhao', '虚构qian', '虚构li', null, null],
    ['元旦', null, '虚构zhao', '虚构qian', '虚构li', null, null],
    [null, null, '虚构zhao', '虚构qian', '虚构li', null, null],
  ];
  const roster = await readRows({ rows, formulas: { '9,2': 'C3&"、虚构wu"' } });
  expect(found(roster)).toEqual([
    '3A NO_SUCH_DATE',
    '4B WRONG_WEEKDAY',
    '5C UNKNOWN_PERSON',
    '6C PERSON_TWICE',
    '7C MISSING_PERSON',
    '8A DATE_TWICE',
    '8E UNKNOWN_PERSON',
    '9G MALFORMED_PHONE',
    '10C FORMULA',
    '11A NO_DATE',
    '12A MISSING_DATE',
  ]);
  expect(roster.problems[2]).toEqual({
    row: 5,
    column: 'C',
    code: 'UNKNOWN_PERSON',
    text: '通讯录中没有“虚构zhoa”，是否为“虚构zhao”',
    todo: '按通讯录改正姓名，或先把此人录入组织机构文件',
  });
  expect(roster.problems.every(({ text, todo }) => /\p{Script=Han}/u.test(text) && todo !== '')).toBe(true);
});

test('shifts that overlap are named by the later row, also over midnight', async () => {
  const header = ['日期', '白班（08:00-18:00）', '夜班（17:30-08:30）'];
  const rows = [
    ['1月1日', '虚构zhao', '虚构qian'],
    ['1月2日', '虚构zhao', '—'],
    ['1月4日', '虚构zhao', '—'],
  ];
  const roster = await readRows({ header, rows });
  expect(found(roster)).toEqual(['3C OVERLAPPING_SHIFTS', '4B OVERLAPPING_SHIFTS']);
  expect(roster.problems[1]!.text).toBe('与第 3 行的班次时间重叠');
});

test('a shift without hours, a date without a year and a column nobody knows are not guessed', async () => {
  const rows = [['1月1日', '虚构zhao', '甲']];
  const unknown = await readRows({ header: ['日期', '晚班', '组别'], rows });
  expect(found(unknown)).toEqual(['2C UNKNOWN_COLUMN', '3B UNKNOWN_SHIFT']);
  const csv = await read(new TextEncoder().encode('日期,值班人员\n1月1日,虚构zhao\n'));
  expect(found(csv)).toEqual(['2A NO_YEAR']);
});

test('of two who share a name the one of the body is meant; else an id has to say who', async () => {
  const [zhao, li] = ['zhao', 'li'].map((id) => organisation.people.find((one) => one.id === id)!);
  const people = [...organisation.people, { ...li!, id: 'li-2', name: zhao!.name }, { ...li!, id: 'li-3' }];
  const rows = [
    ['1月1日', '虚构zhao', '虚构li'],
    ['1月2日', '虚构zhao（li-2）', '虚构li（li-3）'],
  ];
  const bytes = await workbook({ header: ['日期', '白班', '夜班'], rows });
  const roster = await readRoster(bytes, { ...organisation, people }, office);
  expect(found(roster)).toEqual(['3C AMBIGUOUS_PERSON']);
  expect(roster.problems[0]!.text).toBe('同名的有多人：“虚构li”（li）、（li-3）');
  expect(inShort(roster)).toContain('01-02 day li-2');
});

const CSV =
  '2026年1月值班表,,\r\n日期,白班,夜班\r\n1月1日,"虚构zhao\n虚构qian",虚构sun\r\n,虚构wu,\r\n注：请按时到岗,,\r\n';

test('.csv is read in UTF-8 with or without its mark and in GBK, blank dates going on with the date above', async () => {
  // 2026年1月值班表 … as GBK, a byte pair for each character.
  const gbk = Buffer.concat(
    [...CSV].map((letter) => Buffer.from(GBK[letter] ?? Buffer.from(letter, 'ascii').toString('hex'), 'hex')),
  );
  const expected = ['01-01 day zhao qian wu', '01-01 night sun'];
  for (const bytes of [Buffer.from(CSV), Buffer.from(`\ufeff${CSV}`), gbk]) {
    const roster = await read(bytes);
    expect([found(roster), inShort(roster)]).toEqual([[], expected]);
  }
  const evaluated = await read(Buffer.from('2026年,\n日期,值班人员\n1月1日,=A1\n'));
  expect(found(evaluated)).toEqual(['3B FORMULA']);
});

/** From the GBK table: no encoder for it comes with Node. */
const GBK: Record<string, string> = {
  年: 'c4ea',
  月: 'd4c2',
  值: 'd6b5',
  班: 'b0e0',
  表: 'b1ed',
  日: 'c8d5',
  期: 'c6da',
  白: 'b0d7',
  夜: 'd2b9',
  虚: 'd0e9',
  构: 'b9b9',
  注: 'd7a2',
  '：': 'a3ba',
  请: 'c7eb',
  按: 'b0b4',
  时: 'cab1',
  到: 'b5bd',
  岗: 'b8da',
};

test('macros, old formats, too much, too large, a bomb, and what is no roster at all are refused before they are read', async () => {
  const refusal = (bytes: Uint8Array) =>
    read(bytes).then(
      () => null,
      (error: { code: string }) => error.code,
    );
  const many = Array.from({ length: 5_000 }, (_, i): CellValue[] => [
    46023 + i,
    null,
    '虚构zhao',
    '虚构qian',
    '虚构li',
  ]);
  const good = await workbook({ rows: GOOD, merges: MERGES });
  expect(await refusal(await workbook({ rows: GOOD, vbaProject: new Uint8Array([1, 2, 3]) }))).toBe('MACROS');
  expect(await refusal(await workbook({ rows: many }))).toBe('TOO_MANY_ROWS');
  expect(await refusal(Buffer.from(`日期,值班人员\n${'2026/1/1,虚构zhao\n'.repeat(5_000)}`))).toBe(
    'TOO_MANY_ROWS',
  );
  expect(await refusal(new Uint8Array(2 * 1024 * 1024 + 1))).toBe('FILE_TOO_LARGE');
  expect(await refusal(bomb(good))).toBe('FILE_UNPACKS_TOO_LARGE');
  expect(await refusal(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('OLD_OR_ENCRYPTED_FORMAT');
  expect(await refusal(good.subarray(0, 2_000))).toBe('NO_SPREADSHEET');
  expect(await refusal(new Uint8Array())).toBe('EMPTY_FILE');
  expect(await refusal(Buffer.from([0x41, 0xff, 0xff, 0x41]))).toBe('UNKNOWN_ENCODING');
  expect(await refusal(await workbook({ header: ['姓名', '电话'], rows: [['虚构zhao', 1]] }))).toBe(
    'NO_HEADER',
  );
  expect(await refusal(await workbook({ rows: [] }))).toBe('NO_ROWS');
});

/** The workbook with one more entry, of 64 MiB of zeros in 64 kB. */
function bomb(zip: Uint8Array): Uint8Array {
  const size = 64 * 1024 * 1024;
  const packed = deflateRawSync(Buffer.alloc(size));
  const name = Buffer.from('xl/media/a');
  const end = Buffer.from(zip.slice(-22));
  const [count, directory] = [end.readUInt16LE(10), end.readUInt32LE(16)];
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(size, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(size, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt32LE(directory, 42);
  const before = Buffer.from(zip.slice(0, directory));
  const entries = Buffer.concat([Buffer.from(zip.slice(directory, -22)), entry, name]);
  const body = Buffer.concat([before, local, name, packed]);
  end.writeUInt16LE(count + 1, 8);
  end.writeUInt16LE(count + 1, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, entries, end]);
}
