import { PlanError, type Plan } from '../plan/load.ts';
import { suggestion } from '../plan/nearest.ts';
import { placesIn, type FileProblem } from '../plan/yaml-file.ts';

/** The documents of a plan whose template is not among `templates` (keys), each with its line; none where a folder has them all. */
export function unknownTemplates(
  { documents, text }: Pick<Plan, 'documents' | 'text'>,
  templates: Iterable<string>,
): FileProblem[] {
  const known = [...templates];
  const placeOf = placesIn(text);
  return Object.entries(documents).flatMap(([key, { template }]) => {
    if (template === null || known.includes(template)) return [];
    const path = ['documents', key, 'template'];
    const problem = `there is no template "${template}"`;
    return [{ ...placeOf(path), path: path.join('.'), problem, expected: suggestion(template, known) }];
  });
}

/** Throws {@link PlanError} where a document of the plan has no template by that name. */
export function mustHaveTemplates(plan: Plan, templates: Iterable<string>, file = 'plan'): void {
  const problems = unknownTemplates(plan, templates);
  if (problems.length > 0) throw new PlanError(file, problems);
}
