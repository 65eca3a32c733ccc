import { expect, test } from '@jest/globals';
import { loadPlan, PlanError } from '../plan/load.ts';
import { broken } from '../plan/testing.ts';
import { loadTemplates } from './load-templates.ts';
import { mustHaveTemplates, unknownTemplates } from './of-plan.ts';

const templates = [...loadTemplates('plans/documents').templates.keys()];

test('every document that one of the plans asks for has its template', () => {
  for (const [plan, folder] of [
    ['wushen-2025', 'documents'],
    ['demonstration', 'documents'],
    ['second-county', 'second-documents'],
  ]) {
    const { documents, text } = loadPlan(`plans/${plan}.yaml`);
    expect(Object.values(documents).map(({ template }) => template)).not.toContain(null);
    expect(unknownTemplates({ documents, text }, loadTemplates(`plans/${folder}`).templates.keys())).toEqual(
      [],
    );
  }
});

test('a template that is in no folder is named with line and path, and what it may have been', () => {
  const plan = loadPlan({
    name: 'broken',
    text: broken(['template: police-notice', 'template: police-notise']),
  });
  const [problem] = unknownTemplates(plan, templates);
  expect(problem).toMatchObject({
    path: 'documents.policeNotice.template',
    problem: 'there is no template "police-notise"',
    expected: 'did you mean "police-notice"?',
  });
  expect(plan.text.split('\n')[problem!.line - 1]).toContain('police-notise');
  expect(() => mustHaveTemplates(plan, templates, 'broken')).toThrow(PlanError);
});
