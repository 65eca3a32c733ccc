/** One series of a scrape, by its labels. */
export interface Sample {
  labels: Record<string, string>;
  value: number;
}

/** What a process says at `address`: every series by name (a histogram's under `_bucket`, `_sum`, `_count`). */
export interface Scrape {
  text: string;
  names: Set<string>;
  /** The value of the one series with all of these labels; undefined where there is none. */
  value(name: string, labels?: Record<string, string>): number | undefined;
  samples(name: string): Sample[];
}

export const scrape = async (address: string): Promise<Scrape> =>
  readScrape(await (await fetch(`${address}/metrics`)).text());

export function readScrape(text: string): Scrape {
  const all = new Map<string, Sample[]>();
  for (const line of text.split('\n')) {
    const [, name, labels = '', value] = /^([a-zA-Z_:]\w*)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
    if (!name) continue;
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key!, text!]);
    const sample = { labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) };
    all.set(name, [...(all.get(name) ?? []), sample]);
  }
  const samples = (name: string): Sample[] => all.get(name) ?? [];
  return {
    text,
    names: new Set(all.keys()),
    samples,
    value: (name, labels = {}) =>
      samples(name).find((one) => Object.entries(labels).every(([key, value]) => one.labels[key] === value))
        ?.value,
  };
}
