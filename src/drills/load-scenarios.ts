import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FileError, readYaml, type FileProblem, type YamlSource } from '../plan/yaml-file.ts';
import { scenarioFile, type Scenario } from './scenario.ts';

/** A scenario with mistakes: all of them, each with line and column. `code` is `DRILL_SCENARIO_INVALID`. */
export class ScenarioError extends FileError {
  override name = 'ScenarioError';
  constructor(file: string, problems: FileProblem[]) {
    super('DRILL_SCENARIO_INVALID', file, problems);
  }
}

/** Loads and checks one scenario. Throws {@link ScenarioError}. */
export const loadScenario = (source: YamlSource): Scenario =>
  readYaml(source, { schema: scenarioFile, check: () => undefined, error: ScenarioError }).value;

/** Loads a folder of scenarios, by key; none where there is no such folder. Throws {@link ScenarioError}. */
export function loadScenarios(folder: string): Map<string, Scenario> {
  const scenarios = filesIn(folder).map((file) => loadScenario(join(folder, file)));
  return new Map(scenarios.map((scenario) => [scenario.key, scenario]));
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
