import type { Body, Organisation } from '../people/organisation.ts';
import { readPhone } from '../people/phone.ts';
import type { DatedTurn, Role } from '../people/roster-schema.ts';
import { type Column, type NamedShift, namedShift, type Table, tableOf, WHOLE_DAY } from './columns.ts';
import { fitsWeekday, readDate, weekdayName, yearsIn } from './dates.ts';
import { type Named, peopleByName } from './names.ts';
import { type Cell, columnName, readSheets, type Sheet } from './read-sheet.ts';
import { SheetRefused, type SheetCode, type SheetProblem } from './sheet-problem.ts';
import { overlaps, type Shifts, shiftBook } from './shifts.ts';
import { problemText } from './sheet-text.ts';

/** What a sheet says. With problems in it, it is for showing and never for use. */
export interface RosterRead {
  /** In the order of dates. */
  turns: DatedTurn[];
  /** The shifts that they name, by key. */
  shifts: Shifts;
  /** In the order of rows. */
  problems: SheetProblem[];
  /** What was taken for granted, in Chinese. */
  notices: string[];
}

/** Reads a sheet of dates for a body. Throws {@link SheetRefused} when it is no such sheet at all. */
export async function readRoster(
  bytes: Uint8Array,
  organisation: Organisation,
  body: Body,
): Promise<RosterRead> {
  const sheets = await readSheets(bytes);
  const found = sheets.map((sheet) => ({ sheet, table: tableOf(sheet) })).filter(({ table }) => table);
  const [first] = found;
  if (!first) throw new SheetRefused('NO_HEADER');
  if (first.sheet.rows.length <= first.table!.firstRow) throw new SheetRefused('NO_ROWS');
  const read = new Reading(first.sheet, first.table!, organisation, body).read();
  if (found.length > 1) read.notices.push('文件有多张值班表，只读入第一张');
  return read;
}

interface Placed extends DatedTurn {
  row: number;
  column: number;
}

/** The date that rows are about; null while it could not be read. */
interface Current {
  date: string | null;
  firstRow: number;
}

/** `—` says that there is no such shift on a date, 无 that nobody has it. */
const NO_SHIFT = /^[-—–/]+$/;
const NOBODY = /^(无|无人)$/;
const FOOTER = /^(注|说明|备注|制表|填表|审核|审批|值班电话|联系电话|值班要求)/;

class Reading {
  readonly #problems: SheetProblem[] = [];
  readonly #turns = new Map<string, Placed>();
  readonly #missing = new Map<string, { row: number; column: number }>();
  readonly #seen = new Set<string>();
  readonly #book;
  readonly #people;
  readonly #years;
  #current: Current | null = null;

  constructor(
    private readonly sheet: Sheet,
    private readonly table: Table,
    organisation: Organisation,
    body: Body,
  ) {
    this.#book = shiftBook(body.roster?.shifts ?? {});
    this.#people = peopleByName(organisation, body);
    this.#years = yearsIn(table.title);
  }

  read(): RosterRead {
    this.#checkHeader();
    for (let row = this.table.firstRow; row < this.sheet.rows.length; row++)
      if (!this.#isAside(row)) this.#readRow(row);
    for (const [key, { row, column }] of this.#missing)
      if (!this.#turns.has(key)) this.#report(row, column, 'MISSING_PERSON');
    const turns = [...this.#turns.values()];
    for (const [later, earlier] of overlaps(turns, this.#book.shifts))
      this.#report(later.row, later.column, 'OVERLAPPING_SHIFTS', String(earlier.row + 1));
    const order = (a: Placed, b: Placed) => a.date.localeCompare(b.date) || a.column - b.column;
    return {
      turns: turns.toSorted(order).map(({ row: _row, column: _column, ...turn }) => turn),
      shifts: this.#book.shifts,
      problems: this.#problems.toSorted((a, b) => a.row - b.row),
      notices: this.#book.assumed,
    };
  }

  #report(row: number, column: number | null, code: SheetCode, about = ''): void {
    const place = { row: row + 1, column: column === null ? null : columnName(column) };
    this.#problems.push({ ...place, code, ...problemText(code, about) });
  }

  #checkHeader(): void {
    const { columns, headerRow } = this.table;
    for (const [column, { holds }] of columns.entries()) {
      const { text, isFormula } = this.sheet.rows[headerRow]![column]!;
      if (isFormula) this.#report(headerRow, column, 'FORMULA');
      else if (holds === 'unknown') this.#report(headerRow, column, 'UNKNOWN_COLUMN', text);
    }
  }

  /** A blank row, or a remark below the table. */
  #isAside(row: number): boolean {
    const cells = this.sheet.rows[row]!;
    if (cells.some(({ isFormula }) => isFormula)) return false;
    const texts = new Set(cells.map(({ text }) => text).filter((text) => text !== ''));
    return texts.size === 0 || (texts.size === 1 && FOOTER.test([...texts][0]!));
  }

  #readRow(row: number): void {
    const cells = this.sheet.rows[row]!;
    for (const [column, { isFormula }] of cells.entries()) {
      if (isFormula) this.#report(row, column, 'FORMULA');
    }
    const goesOn = this.#readDate(row);
    const name = this.#only('shiftName', cells)?.text ?? '';
    this.#checkTwice(row, name, goesOn);
    for (const [column, holds] of this.table.columns.entries())
      this.#readCell(row, column, holds, goesOn, name);
  }

  #only(holds: Column['holds'], cells: Cell[]): Cell | undefined {
    return cells[this.table.columns.findIndex((column) => column.holds === holds)];
  }

  /** Whether the row goes on with the date of the one above. */
  #readDate(row: number): boolean {
    const column = this.table.columns.findIndex(({ holds }) => holds === 'date');
    const { text, isFormula, mergedFrom } = this.sheet.rows[row]![column]!;
    if (this.#current && mergedFrom === this.#current.firstRow && mergedFrom < row) return true;
    if (this.#current && text === '' && !isFormula && this.sheet.blankContinues) return true;
    const read = readDate(text, this.#years);
    this.#current = { date: 'date' in read ? read.date : null, firstRow: row };
    if (isFormula) return false;
    if (text === '') this.#report(row, column, 'MISSING_DATE');
    else if ('code' in read) this.#report(row, column, read.code, text);
    return false;
  }

  /** A date that stands above already is told once, and what stands beside it says nothing. */
  #checkTwice(row: number, shiftName: string, goesOn: boolean): void {
    const date = this.#current?.date;
    if (!date) return;
    const seen = `${date} ${shiftName}`;
    if (!goesOn && this.#seen.has(seen)) {
      const column = this.table.columns.findIndex(({ holds }) => holds === 'date');
      this.#report(row, column, 'DATE_TWICE', date);
      this.#current = { date: null, firstRow: row };
    }
    this.#seen.add(seen);
  }

  #readCell(row: number, column: number, { ...of }: Column, goesOn: boolean, shiftName: string): void {
    const cell = this.sheet.rows[row]![column];
    const date = this.#current?.date;
    if (!cell || cell.isFormula) return;
    if (of.holds === 'weekday' && date && !fitsWeekday(cell.text, date))
      this.#report(row, column, 'WRONG_WEEKDAY', weekdayName(date));
    if (of.holds === 'phone') this.#checkPhones(row, column, cell.text);
    if (of.holds === 'note' && cell.text.length > 500) this.#report(row, column, 'NOTE_UNUSABLE');
    if (of.holds !== 'people') return;
    // The rest of a cell that is merged over the rows of one date says nothing new.
    const isRest = goesOn && cell.mergedFrom !== null && cell.mergedFrom < row;
    if (isRest || NO_SHIFT.test(cell.text)) return;
    this.#readTurn(row, column, of.as, this.#shiftOf(of.shift, shiftName), cell.text, goesOn);
  }

  #shiftOf(shift: NamedShift, shiftName: string): NamedShift {
    return shift.name === WHOLE_DAY && shiftName !== '' ? namedShift(shiftName) : shift;
  }

  #checkPhones(row: number, column: number, text: string): void {
    const pieces = text.split(/[、,，;；/\n]+/).filter((piece) => piece.trim() !== '');
    const wrong = pieces.filter((piece) => !NO_SHIFT.test(piece) && !NOBODY.test(piece) && !readPhone(piece));
    if (wrong.length > 0) this.#report(row, column, 'MALFORMED_PHONE');
  }

  #readTurn(row: number, column: number, as: Role, named: NamedShift, text: string, goesOn: boolean): void {
    const date = this.#current?.date ?? null;
    const shift = this.#book.keyOf(named);
    if (shift === null) return this.#report(row, column, 'UNKNOWN_SHIFT', named.name);
    const key = `${date} ${as} ${shift}`;
    if (text === '') {
      if (date && !goesOn && !this.#turns.has(key)) this.#missing.set(key, { row, column });
      return;
    }
    const people = NOBODY.test(text) ? [] : this.#peopleIn(row, column, text);
    if (date === null) return;
    const before = this.#turns.get(key);
    const known = before?.people ?? [];
    // Beside 班次, a leader of the whole day stands in each row of the date.
    const isRepeat = as === 'dutyLeader' && people.every((id) => known.includes(id));
    const twice = [...known, ...people].some((id, i, all) => all.indexOf(id) !== i);
    if (twice && !isRepeat) this.#report(row, column, 'PERSON_TWICE');
    const note = this.#noteOf(row);
    const merged = [...new Set([...known, ...people])];
    this.#turns.set(key, { ...(before ?? { date, as, shift, row, column, ...note }), people: merged });
  }

  #peopleIn(row: number, column: number, text: string): string[] {
    return this.#people.split(text).flatMap((name) => {
      const found = this.#people.find(name);
      if ('person' in found) return [found.person.id];
      this.#report(row, column, found.code, aboutName(found));
      return [];
    });
  }

  #noteOf(row: number): { note?: string } {
    const text = this.#only('note', this.sheet.rows[row]!)?.text.replace(/\s+/g, ' ') ?? '';
    return text === '' || text.length > 500 ? {} : { note: text };
  }
}

const aboutName = (named: Exclude<Named, { person: unknown }>): string =>
  named.code === 'AMBIGUOUS_PERSON'
    ? `“${named.name}”${named.among.map((id) => `（${id}）`).join('、')}`
    : `“${named.name}”${named.near ? `，是否为“${named.near}”` : ''}`;
