import { branch } from './incident.ts';

/**
 * No branch is chosen yet: part 二 names the type but no clause of 四 carries it out, or it may be preparing or doing.
 * A person chooses; the office and the leading-group office are asked until one does. The choice itself is a switch of branch.
 */
export const triage = branch(async ({ stage, ended }) => {
  await stage('chooseBranch');
  return ended();
});
