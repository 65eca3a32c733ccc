import { choicesOf, filledIn, inChina, type Form } from '../acts/form.ts';
import type { ACTS } from '../acts/words.ts';
import type { Detail } from '../incident/incident.ts';
import type { INCIDENT } from '../incident/words.ts';

type Words = (typeof ACTS)['zh'];

/** 他处知悉: who had known, when, and how that is known. */
export const elsewhereForm = (words: Words['elsewhere']): Form => ({
  fields: [
    { name: 'who', label: words.who, kind: 'line', required: true, max: 200 },
    { name: 'at', label: words.at, kind: 'time', required: true },
    { name: 'source', label: words.source, kind: 'words', required: true, max: 1_000 },
  ],
  body: ({ at = '', ...values }) => ({ ...values, at: inChina(at) }),
});

/** A verified fact beside what a report says. */
export function verifiedForm(
  words: Words['verified'],
  incident: (typeof INCIDENT)['zh'],
  detail: Detail | null,
): Form {
  const reports = (detail?.reports ?? []).map(({ report, kind }) => ({
    value: String(report),
    label: `${report + 1}. ${incident.reportKinds[kind] ?? kind}`,
  }));
  const [about, report] = [choicesOf(words.kinds), reports];
  return {
    fields: [
      { name: 'about', label: words.about, kind: 'choice', choices: about, required: true },
      { name: 'report', label: words.report, kind: 'choice', choices: report, required: true },
      { name: 'element', label: words.element, kind: 'choice', choices: choicesOf(incident.elements) },
      { name: 'at', label: words.at, kind: 'time', required: true },
      { name: 'confirmed', label: words.confirmed, kind: 'words', required: true, max: 4_000 },
      { name: 'source', label: words.source, kind: 'words', required: true, max: 1_000 },
    ],
    body: ({ at = '', report: nr = '0', ...values }) => ({
      ...filledIn(values),
      report: Number(nr),
      at: inChina(at),
    }),
  };
}
