import type { Course } from './course.ts';
import { branch } from './incident.ts';

/**
 * 四（四）: a disaster or another major event that touches subjects' life and unsettles their minds: report to the command
 * group, join the relief, help, steady; report to the leading office, which once it knows contacts police and others at once.
 * The roster of who is safe is local practice. Missing or endangered people become sub-cases of the other branches.
 */
export const disasterImpact = branch(async (course) => {
  const { stage, optional, ended } = course;
  await Promise.all([
    optional('reportCommandGroup'),
    stage('roster'),
    stage('relief'),
    stage('steadyMinds'),
    leadingOffice(course),
  ]);
  return ended();
});

async function leadingOffice({ stage }: Course): Promise<void> {
  await stage('reportLeadingGroup');
  await stage('contactPolice');
}
