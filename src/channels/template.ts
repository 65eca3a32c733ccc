import type { OutgoingMessage, TemplateValues } from './channel.ts';

/** The facts of a message by name; see {@link TemplateValues}. */
export const TEMPLATE_NAMES = ['number', 'urgency', 'duty', 'phone', 'link'] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

/** The values of `names` in their order. Throws an `Error` with the code `EVALUES` when a message brings none. */
export function valuesFor({ values }: OutgoingMessage, names: TemplateName[]): [TemplateName, string][] {
  if (!values) throw Object.assign(new Error('a template needs values'), { code: 'EVALUES' });
  return names.map((name): [keyof TemplateValues, string] => [name, values[name]]);
}
