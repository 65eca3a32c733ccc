import { branch } from './incident.ts';

/** A branch that a plan has of its own, as data alone: its stages, group after group, each group opened at one instant. */
export const stagedResponse = branch(async ({ sequence, stage, ended }) => {
  for (const group of sequence) await Promise.all(group.map(stage));
  return ended();
});
