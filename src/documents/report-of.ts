import type { KnownReport } from './known-incident.ts';
import type { DocumentSource } from './source.ts';
import type { DocumentTemplate } from './template.ts';

/**
 * The report of the chain that a template's paper tells of: the one it was drafted for, else the last of the template's kind,
 * else the last. Null where there is none. Pure.
 */
export function reportOf(
  { incident: { reports }, draftedFor }: Pick<DocumentSource, 'incident' | 'draftedFor'>,
  { report: kind }: Pick<DocumentTemplate, 'report'>,
): KnownReport | null {
  const drafted = reports.find(({ report }) => report === draftedFor);
  return drafted ?? reports.findLast((each) => each.kind === kind) ?? reports.at(-1) ?? null;
}
