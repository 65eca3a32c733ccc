import type { Course } from './course.ts';
import { branch } from './incident.ts';

/**
 * 四（一）: lost contact. Search at once; 查找未果, which a named person records, opens both reports and the written notice to
 * the police at one instant, and the search goes on beside the police's. An overdue search is not 查找未果: if nobody at all
 * answers, both reports open by themselves, and the notice lies ready for the duty leader's signature.
 */
export const abscondingSearch = branch(async (course) => {
  const { stage, optional, lapseNotBegun, ended } = course;
  void speakUp(course);
  const search = await stage('search');
  const found = search === 'searchFailed' ? await searchOn(course) : await callOff(course, search);
  lapseNotBegun();
  if (found === 'foundRefuses') await optional('handleRefusal');
  return ended();
});

async function speakUp({ unanswered, openBySilence, optional, wasOpened }: Course): Promise<void> {
  // A run that goes on after the silence does not wait for another one.
  if (!wasOpened('signNotice')) await unanswered('search');
  openBySilence('reportTownship', 'reportLeadingGroup', 'policePhone', 'signNotice');
  // What the duty leader has signed is to be delivered, whoever asked for the signature.
  if ((await optional('signNotice')) === 'signed') openBySilence('policeNotice');
}

/** 查找未果. Once the person is found, a notice that was delivered is recalled, and all who were told are told that. */
async function searchOn(course: Course): Promise<string> {
  const { stage, optional, lapse, lapseNotBegun } = course;
  const told = Promise.all([
    ...['reportTownship', 'reportLeadingGroup', 'policePhone', 'signNotice'].map(optional),
    stage('policeNotice'),
  ]);
  const found = await stage('jointSearch');
  lapse('policePhone');
  lapseNotBegun();
  await Promise.all([tellAll(course), told]);
  return found;
}

/** All who were told hear that the person is found; a notice that was delivered is recalled, one that was not is not sent. */
async function tellAll({ stage, wasOpened, lapse }: Course): Promise<void> {
  lapse('signNotice', 'policeNotice');
  const isRecalled = wasOpened('policeNotice') && (await stage('policeNotice')) === 'delivered';
  await Promise.all([stage('tellFound'), ...(isRecalled ? [stage('recallNotice')] : [])]);
}

/** Found before anybody recorded 查找未果: whom silence had told meanwhile, hears of it. */
async function callOff(course: Course, found: string): Promise<string> {
  course.lapse('policePhone', 'reportTownship', 'reportLeadingGroup');
  if (course.wasOpened('reportTownship') || course.wasOpened('reportLeadingGroup')) await tellAll(course);
  return found;
}
