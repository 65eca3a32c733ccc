import { serverNow } from '../api/clock.ts';
import type { Values } from './drafts.ts';

export interface Choice {
  value: string;
  label: string;
}

/** One thing to fill in. `several`: values with a comma between them. */
export interface Field {
  name: string;
  label: string;
  kind: 'line' | 'words' | 'time' | 'choice' | 'several' | 'tel';
  required?: boolean;
  max?: number;
  choices?: Choice[];
  /** What stands in it at first. */
  first?: string;
}

/** What an act asks for, and the body that it makes of it. */
export interface Form {
  fields: Field[];
  body(values: Values): Record<string, unknown>;
}

export const choicesOf = (labels: Record<string, string>, among = Object.keys(labels)): Choice[] =>
  among.map((value) => ({ value, label: labels[value] ?? value }));

const LOCAL = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** Now, as a field for times has it: China's time, wherever the device thinks it is. */
export const nowInChina = (): string => LOCAL.format(serverNow()).replace(' ', 'T');

/** A field's time as an instant. */
export const inChina = (local: string): string => `${local}:00+08:00`;

/** Without what was left empty. */
export const filledIn = (values: Values, names: readonly string[] = Object.keys(values)): Values =>
  Object.fromEntries(names.flatMap((name) => (values[name]?.trim() ? [[name, values[name].trim()]] : [])));
