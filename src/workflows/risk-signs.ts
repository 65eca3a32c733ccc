import { branch } from './incident.ts';

/** 四（二）: signs of violence, disorder, suicide or another offence: report to both, and at the same time act on the person. */
export const riskSigns = branch(async ({ stage, ended }) => {
  await Promise.all([
    stage('reportTownship'),
    stage('reportLeadingGroup'),
    stage('learnFacts'),
    stage('counselling'),
    stage('conflictResolution'),
    stage('closeMonitoring'),
  ]);
  return ended();
});
