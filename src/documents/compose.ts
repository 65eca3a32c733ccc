import { bodyFor } from '../people/bodies.ts';
import { itemsOf, type Item } from './lists.ts';
import { filled, namesIn, type ListName } from './names.ts';
import { TEXT_KINDS, type Block, type Paper } from './paper.ts';
import { reportOf } from './report-of.ts';
import type { DocumentSource, PaperSource } from './source.ts';
import { TABLES } from './tables.ts';
import type { DocumentTemplate, TemplateBlock } from './template.ts';
import { valueOf } from './values.ts';
import { timeInWords } from './words.ts';

/** A paper, what it was filled with, and what of that is still 正在核实. */
export interface Composed {
  paper: Paper;
  /** By name; null where nobody knew. Compared when it is signed, so that nobody signs what is no longer so. */
  values: Record<string, string | null>;
  verifying: string[];
}

/**
 * Fills a template from an incident. What is not known stands as 正在核实 with the time at which it was not; a field that nobody
 * filled in does so, too. Pure.
 */
export function compose(template: DocumentTemplate, given: DocumentSource): Composed {
  const source = { ...given, report: reportOf(given, template) };
  const issuer = issuerOf(template, source);
  const values: Record<string, string | null> = {};
  const unknown = `正在核实（截至${timeInWords(source.asOf)}）`;
  const suggested = suggestedFor(template, source);
  const look = (name: string): string | null =>
    (values[name] = valueOf(source, issuer, name) ?? suggested[name.replace(/^field\./, '')] ?? null);
  const verifying = new Set<string>();
  const put = (text: string, item?: Item): string =>
    filled(text, (name) => {
      const value = name.startsWith('item.') ? item?.[name.slice('item.'.length)] : look(name);
      if (value) return value;
      if (!name.startsWith('item.')) verifying.add(name);
      return name.startsWith('item.') ? '正在核实' : unknown;
    });
  const blocks = (wanted: TemplateBlock[]): Block[] =>
    wanted.flatMap((each) => (each.when !== undefined && !look(each.when) ? [] : block(each, source, put)));
  const paper: Paper = {
    form: template.form,
    issuer,
    urgency: template.urgency ?? null,
    title: put(template.title),
    addressee: template.addressee === undefined ? null : put(template.addressee),
    blocks: [...correction(source), ...blocks(template.blocks)],
    annexes: template.annexes
      .filter(({ when }) => when === undefined || look(when))
      .map((annex) => ({ title: put(annex.title), blocks: blocks(annex.blocks) })),
    signature: put(template.signature ?? issuer),
    sealed: template.sealed,
    copies: template.copies.map((copy) => put(copy)),
    drill: source.incident.drill,
  };
  return { paper, values, verifying: [...verifying] };
}

/** What stands in a template's fields where the drafter writes nothing: those whose every name the incident knows. Pure. */
export function suggestedFor(template: DocumentTemplate, given: DocumentSource): Record<string, string> {
  const source = { ...given, report: reportOf(given, template) };
  const issuer = issuerOf(template, source);
  return Object.fromEntries(
    Object.entries(template.fields).flatMap(([name, { suggested }]) => {
      if (suggested === undefined) return [];
      if (namesIn(suggested).some((each) => valueOf(source, issuer, each) === null)) return [];
      return [[name, filled(suggested, (each) => valueOf(source, issuer, each)!)]];
    }),
  );
}

/** What the issuing body is called on paper. */
function issuerOf(
  template: DocumentTemplate,
  { organisation, incident, bodies, plan }: DocumentSource,
): string {
  const body = bodyFor(organisation, template.issuer, incident.office);
  if (!body) return plan.parties[template.issuer]?.name ?? organisation.name;
  return bodies[body.id]?.name ?? body.name;
}

/** A document that takes another's place says so before all else. */
const correction = ({ old }: DocumentSource): Block[] =>
  old?.act === 'corrects'
    ? [
        {
          kind: 'p',
          text: `原《${old.title.replaceAll('\n', '')}》（${[old.number, old.date].filter(Boolean).join('，')}）予以更正，以本件为准。`,
        },
      ]
    : [];

type Put = (text: string, item?: Item) => string;

function block(given: TemplateBlock, source: PaperSource, put: Put): Block[] {
  if (given.table) return [tableOf(given.table, source)];
  const kind = TEXT_KINDS.find((each) => given[each] !== undefined)!;
  const text = given[kind]!;
  if (!given.each) return paragraphs(kind, put(text));
  const items = itemsOf(source, given.each);
  if (items.length === 0) return given.none === undefined ? [] : [{ kind, text: put(given.none) }];
  return items.flatMap((item) => paragraphs(kind, put(text, item)));
}

/** What people wrote on several lines stays on several. */
const paragraphs = (kind: (typeof TEXT_KINDS)[number], text: string): Block[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => ({ kind, text: line }));

function tableOf(list: ListName, source: PaperSource): Block {
  const { head, widths, names } = TABLES[list];
  const items = itemsOf(source, list);
  const rows = items.map((item) => names.map((name) => item[name] ?? '正在核实'));
  return { kind: 'table', head: [...head], widths: [...widths], rows };
}
