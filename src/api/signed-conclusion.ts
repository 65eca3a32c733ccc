import { documentsOf, numberOf, openContent } from '../store/documents.ts';
import type { IncidentId } from '../incident/ids.ts';
import type { ApiDeps } from './deps.ts';
import { documentDeps, type Content } from './document-desk.ts';
import type { DifferencesBody } from './schemas-accountability.ts';

type Conclusion = NonNullable<DifferencesBody[number]['conclusion']>;

/**
 * Gives the signed report of an incident's investigation; null while none is signed. What it concludes is opened for a reader who
 * said why alone, and whoever asks logs that; else `says` is null.
 */
export function createConclusions(
  deps: ApiDeps,
): (id: IncidentId, isOpened: boolean) => Promise<Conclusion | null> {
  const { templates } = documentDeps(deps).templates;
  const conclusionsOf = (template: string) =>
    Object.entries(templates.get(template)?.fields ?? {}).filter(([, { conclusion }]) => conclusion);
  return async (id, isOpened) => {
    const rows = await documentsOf(deps.register, id);
    const row = rows.findLast(
      ({ template, status }) => status === 'signed' && conclusionsOf(template).length > 0,
    );
    if (!row?.signedBy || !row.signedAt) return null;
    const { signedBy, signedAt, name } = row;
    const conclusion = { document: row.id, name, number: numberOf(row), signedBy, signedAt };
    if (!isOpened) return { ...conclusion, says: null };
    const content = await openContent<Content>(deps.register, row);
    const says = conclusionsOf(row.template).flatMap(([name, { label }]) => {
      const text = content?.fields[name];
      return text ? [{ label, text }] : [];
    });
    return { ...conclusion, says };
  };
}
