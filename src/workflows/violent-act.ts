import type { Course } from './course.ts';
import { branch } from './incident.ts';

/**
 * 四（三）: an act in progress, or an unnatural death: call the police, report to both and go to the scene, all at one
 * instant; bring it under control; in time, the second report with its six elements, and follow-ups until it is over.
 */
export const violentAct = branch(async (course) => {
  const { stage, ended } = course;
  await Promise.all([stage('policeCall'), reports(course), scene(course), stage('cooperation')]);
  return ended();
});

/** The report to both at once, then in time (及时) the one that says it all, then what is new. */
async function reports({ stage, optional }: Course): Promise<void> {
  await Promise.all([optional('reportTownship'), optional('reportLeadingGroup')]);
  await stage('elementsReport');
  await stage('followUp');
}

async function scene({ stage }: Course): Promise<void> {
  await stage('departure');
  await stage('scene');
  await stage('control');
}
