import { branch, type Course } from './incident.ts';

/**
 * 四（三）: an act in progress, or an unnatural death: call the police, report to both and go to the scene, all at one
 * instant; bring it under control; in time, the second report with its six elements.
 */
export const violentAct = branch(async ({ stage, ended }) => {
  await Promise.all([stage('policeCall'), reports(stage), scene(stage)]);
  return ended();
});

/** The report to both at once, then in time (及时) the one that says it all. */
async function reports(stage: Course['stage']): Promise<void> {
  await Promise.all([stage('reportTownship'), stage('reportLeadingGroup')]);
  await stage('elementsReport');
}

async function scene(stage: Course['stage']): Promise<void> {
  await stage('scene');
  await stage('control');
}
