import type { SampleThings } from './sample-things.ts';

/** `schemathesis.toml`: paths lead to things that exist. */
export function settingsFile({ incident, stage, document, body, person, plan }: SampleThings): string {
  const known: [path: string, values: Record<string, string>][] = [
    ['/api/incidents/', { id: incident, stage, document }],
    ['/api/rosters/', { body }],
    ['/api/people/', { person }],
    ['/api/plans/', plan],
  ];
  return known
    .flatMap(([path, values]) => [
      '[[operations]]',
      `include-path-regex = "^${path}"`,
      ...Object.entries(values).map(
        ([name, value]) => `parameters."path.${name}" = ${JSON.stringify(value)}`,
      ),
      '',
    ])
    .join('\n');
}
