import { parseDocument } from 'yaml';

/** Edited limits by their place in the plan's file, ISO 8601; null: 未载明. */
export type LimitEdits = Record<string, string | null>;

/** One step of a chain as the file has it. */
export interface ChainStep {
  party: string;
  contact?: number;
  wait?: string;
  repeatEvery?: string;
}

/** The limits that belong to no duty alone. */
export interface CommonLimits {
  limits: { path: string; value: string | null }[];
  chains: { key: string; steps: ChainStep[] }[];
  parties: Record<string, { name: string }>;
}

const COMMON = ['remindEvery', 'quietFor', 'receiptLinkValidFor', 'overdueWait'] as const;

/** Reads the limits of the whole plan and of its chains from the plan's file. */
export function commonLimits(text: string): CommonLimits {
  const file = parseDocument(text).toJS() as Record<string, unknown>;
  const outside = file['outside'] as { remindEvery?: string } | undefined;
  return {
    limits: [
      ...COMMON.map((path) => ({ path, value: (file[path] as string | undefined) ?? null })),
      { path: 'outside.remindEvery', value: outside?.remindEvery ?? null },
    ],
    chains: Object.entries((file['chains'] ?? {}) as Record<string, ChainStep[]>).map(([key, steps]) => ({
      key,
      steps,
    })),
    parties: (file['parties'] ?? {}) as CommonLimits['parties'],
  };
}

/** The file with these limits, its comments kept: as the API writes it when they are proposed. */
export function withLimits(text: string, edits: LimitEdits): string {
  const document = parseDocument(text);
  for (const [path, value] of Object.entries(edits)) {
    const steps = path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    if (value === null) document.deleteIn(steps);
    else document.setIn(steps, value);
  }
  return document.toString({ lineWidth: 0 });
}

export const UNITS = ['M', 'H', 'D', 'S'] as const;
export type Unit = (typeof UNITS)[number];

const SECONDS: Record<Unit, number> = { S: 1, M: 60, H: 3_600, D: 86_400 };

/** PT90M as 90 minutes, PT1H30M as well; what is no duration of days and less as it was typed. */
export function amountOf(iso: string | null): { amount: string; unit: Unit } {
  if (iso === null) return { amount: '', unit: 'M' };
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(iso)?.slice(1);
  if (!parts) return typed(iso);
  const seconds = parts.reduce(
    (sum, part, index) => sum + Number(part ?? 0) * SECONDS[(['D', 'H', 'M', 'S'] as const)[index]!],
    0,
  );
  const unit = (['D', 'H', 'M'] as const).find((one) => seconds % SECONDS[one] === 0) ?? 'S';
  return { amount: String(seconds / SECONDS[unit]), unit };
}

const typed = (iso: string) => {
  const [, amount = iso, unit = 'M'] = /^PT?(.*)([DHMS])$/.exec(iso) ?? [];
  return { amount, unit: unit as Unit };
};

/** 30 minutes as PT30M; null for nothing: 未载明. What is no number is left as it is, for the API to say so. */
export function isoOf(amount: string, unit: Unit): string | null {
  const said = amount.trim();
  if (said === '') return null;
  return unit === 'D' ? `P${said}D` : `PT${said}${unit}`;
}
