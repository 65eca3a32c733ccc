import type { z } from 'zod';
import type { problemSchema } from '../api/problem.ts';

export type ProblemBody = z.infer<typeof problemSchema>;

/** What the server would not do, or that none answered: `code` for programs, `title` and `detail` for people. */
export class Refused extends Error {
  override name = 'Refused';
  constructor(readonly problem: Pick<ProblemBody, 'code' | 'title' | 'detail'> & Record<string, unknown>) {
    super(problem.title);
  }
}

/** Members of a problem that its text already says. */
const SAID = new Set(['type', 'title', 'status', 'code', 'detail']);

/** A problem as lines for a terminal: its code and title, what to do, and what the server knows besides. */
export function refusalLines({ code, title, detail, ...more }: Refused['problem']): string[] {
  const besides = Object.entries(more).filter(([name]) => !SAID.has(name));
  return [
    `${code}: ${title}`,
    ...(detail ? [`  ${detail}`] : []),
    ...besides.map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`),
  ];
}
