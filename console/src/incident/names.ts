import { createContext, use } from 'react';

/** What people call what the register keeps by id; an id that is nobody's (any more) stands for itself. */
export interface Names {
  person(id: string | null | undefined): string;
  party(key: string | null | undefined): string;
  /** An outcome of a stage by the plan's name. */
  outcome(stage: string, outcome: string): string;
  stage(stageId: string): string;
  branch(key: string): string;
  /** Parties of ours, as choices. */
  parties(): { value: string; label: string }[];
}

const NamesContext = createContext<Names>({
  person: (id) => id ?? '—',
  party: (key) => key ?? '—',
  outcome: (_, outcome) => outcome,
  stage: (id) => id,
  branch: (key) => key,
  parties: () => [],
});

/** Gives names to what stands below it. */
export const NamesProvider = NamesContext;
export const useNames = (): Names => use(NamesContext);
