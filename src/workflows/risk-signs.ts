import { branch } from './incident.ts';

/**
 * 四（二）: signs of violence, disorder, suicide or another offence: report to both, and at the same time learn the facts,
 * counsel, resolve the conflict and keep the person under close monitoring, with an entry each interval until somebody lifts it.
 */
export const riskSigns = branch(async ({ stage, optional, ended }) => {
  await Promise.all([
    optional('reportTownship'),
    optional('reportLeadingGroup'),
    stage('learnFacts'),
    stage('counselling'),
    stage('conflictResolution'),
    stage('closeMonitoring'),
  ]);
  return ended();
});
