import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fieldOf } from '../plan/raw.ts';
import { suggestion } from '../plan/nearest.ts';
import {
  FileError,
  readYaml,
  type FileProblem,
  type Path,
  type Report,
  type YamlSource,
} from '../plan/yaml-file.ts';
import { accuses, isKnownName, LISTS, namesIn, VALUE_NAMES, type ListName } from './names.ts';
import { bodiesFile, templateFile, type DocumentTemplate, type DocumentTemplates } from './template.ts';

const BODIES = 'bodies.yaml';

/** A template with mistakes: all of them, each with line, column and path. `code` is `DOCUMENT_TEMPLATE_INVALID`. */
export class DocumentTemplateError extends FileError {
  override name = 'DocumentTemplateError';
  constructor(file: string, problems: FileProblem[]) {
    super('DOCUMENT_TEMPLATE_INVALID', file, problems);
  }
}

/** Loads and checks one template from a path, or from a text with a name for messages. Throws {@link DocumentTemplateError}. */
export const loadTemplate = (source: YamlSource): DocumentTemplate =>
  readYaml(source, { schema: templateFile, check: checkTemplate, error: DocumentTemplateError }).value;

/** Loads a folder of templates, and `bodies.yaml` where it is there. Throws {@link DocumentTemplateError}. */
export function loadTemplates(folder: string): DocumentTemplates {
  const files = filesIn(folder);
  const templates = new Map<string, DocumentTemplate>();
  for (const file of files.filter((name) => name !== BODIES)) {
    const template = loadTemplate(join(folder, file));
    if (`${template.key}.yaml` !== file)
      throw refusedFile(
        join(folder, file),
        'key',
        'is not the name of its file',
        file.slice(0, -'.yaml'.length),
      );
    templates.set(template.key, template);
  }
  for (const { key, withdraws } of templates.values()) {
    const unknown = withdraws.find((each) => !templates.has(each));
    if (unknown)
      throw refusedFile(
        join(folder, `${key}.yaml`),
        'withdraws',
        `there is no template "${unknown}"`,
        'keys of templates',
      );
  }
  const bodies = files.includes(BODIES)
    ? readYaml(join(folder, BODIES), {
        schema: bodiesFile,
        check: () => undefined,
        error: DocumentTemplateError,
      }).value.bodies
    : {};
  return { templates, bodies };
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .sort();
  } catch (cause) {
    const code = String((cause as NodeJS.ErrnoException).code);
    throw refusedFile(folder, '', `cannot be read (${code})`, 'a folder of templates');
  }
}

const refusedFile = (file: string, path: string, problem: string, expected: string) =>
  new DocumentTemplateError(file, [{ line: 1, column: 1, path, problem, expected }]);

/** What a schema cannot see: names that nobody fills in, and words that accuse. */
function checkTemplate(raw: unknown, report: Report): void {
  const fields = Object.keys((fieldOf(raw, 'fields') as object | undefined) ?? {});
  walk(raw, [], null, (given, path, list) => {
    if (accuses(given)) report(path, 'says what only an investigation may conclude', 'neutral words');
    const asked = path.at(-1) === 'when' ? [given] : namesIn(given);
    const ownFields = path.at(-1) === 'suggested' ? [] : fields; // what stands in a field asks for no other
    for (const name of asked.filter((each) => !isKnownName(each, ownFields, list)))
      report(path, `asks for "${name}", which nobody fills in`, suggestion(name, known(fields, list)));
  });
}

const known = (fields: string[], list: ListName | null): string[] => [
  ...fields.map((name) => `field.${name}`),
  ...(list ? LISTS[list].map((name) => `item.${name}`) : []),
  ...VALUE_NAMES,
];

type Visit = (text: string, path: Path, list: ListName | null) => void;

function walk(node: unknown, path: Path, list: ListName | null, visit: Visit): void {
  if (typeof node === 'string') return visit(node, path, list);
  if (typeof node !== 'object' || node === null) return;
  const each = fieldOf(node, 'each');
  const within = typeof each === 'string' && Object.hasOwn(LISTS, each) ? (each as ListName) : list;
  for (const [name, value] of Object.entries(node))
    walk(value, [...path, Array.isArray(node) ? Number(name) : name], within, visit);
}
