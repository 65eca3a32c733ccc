import { MEASURE_STAGES } from '../incident/measures.ts';
import type { Course } from './course.ts';
import { branch } from './incident.ts';

/**
 * 六: when the response has ended, the bureau's general office drafts the investigation report for the city's emergency
 * office; then those who did well are commended, neglect is dealt with, and corrections are followed up, each with its own owner
 * and date.
 */
export const aftermath = branch(async (course) => {
  const { optional, allEnded, ended } = course;
  await Promise.all([optional('finalReport'), investigation(course)]);
  await allEnded(...MEASURE_STAGES);
  return ended();
});

async function investigation({ stage, optional }: Course): Promise<void> {
  await stage('investigationReport');
  await Promise.all([optional('commendAndSanction'), optional('correctiveReview')]);
}
