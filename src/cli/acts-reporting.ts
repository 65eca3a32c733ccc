import type { z } from 'zod';
import type { acceptedSchema } from '../api/schemas.ts';
import { REPORT_ELEMENTS } from '../incident/entry.ts';
import type { Act, Given, Option } from './act.ts';

/** Who acts, in every act. */
export const BY: Option = {
  value: 'PERSON',
  says: 'who does it, by the id of the organisation',
  needed: true,
};
export const REASON: Option = { value: 'TEXT', says: 'why', needed: true };

const NUMBERED: Option = {
  value: 'NUMBER',
  says: 'a subject by its number, from 1',
  multiple: true,
  field: null,
};

/** The path of an act below the incident that was named first. */
export const below = ({ words: [id] }: Given, path: string): string => `/api/incidents/${id}/${path}`;

/** The subjects that were named by number; whoever typed something else is told so by the API. */
const numbersIn = (given: Given): number[] => given.texts('subject').map(Number);

const report: Act<z.infer<typeof acceptedSchema>> = {
  name: 'report',
  says: [
    'Report an incident: from here on the plan acts by itself. What is not known yet is left out; it holds nothing up.',
  ],
  example: 'fenghuo report --office jia --type riskSign --situation "扬言报复，正在疏导"',
  takes: [],
  options: {
    office: { value: 'OFFICE', says: 'the judicial office that reports', needed: true },
    situation: { value: 'TEXT', says: 'what happened', needed: true },
    type: {
      value: 'TYPE',
      says: 'a type of the plan; without one a person chooses the branch',
      field: 'eventType',
    },
    place: { value: 'TEXT', says: 'where' },
    occurred: { value: 'TIME', says: 'when it happened; without an offset, China time', field: 'occurredAt' },
    discovered: { value: 'TIME', says: 'when it was found out', field: 'discoveredAt' },
    measures: { value: 'TEXT', says: 'what was done so far', field: 'measuresTaken' },
    source: { value: 'TEXT', says: 'who or what the news came from' },
    subject: { value: 'NAME', says: 'whom it is about', multiple: true, field: null },
    drill: { says: '【演练】: no outside party is reached' },
  },
  counts: true,
  request: (given) => ({
    method: 'POST',
    path: '/api/incidents',
    body: { ...given.body, ...withSubjects(given) },
  }),
  tells: ({ id, number, branches, missing, marks }) => [
    `accepted: ${number ?? 'the number follows'}`,
    `id ${id}`,
    ...branches.map(({ name, clause }) => `${name}（${clause}）`),
    ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
    ...(marks.length > 0 ? [`marks: ${marks.join(', ')}`] : []),
  ],
};

const withSubjects = (given: Given): object => {
  const names = given.texts('subject');
  return names.length > 0 ? { subjects: names.map((name) => ({ name })) } : {};
};

const subjects: Act<{ subjects: number[]; sameName: number[][] }> = {
  name: 'subjects',
  says: ['Add subjects: each gets a number, and is neither safe nor missing until somebody says so.'],
  example: `echo '{"subjects": [{"name": "演示某", "file": "演示档-001"}]}' | fenghuo subjects YS-2026-0001 --by jia-1 --body -`,
  takes: ['INCIDENT'],
  options: { by: BY, subject: { value: 'NAME', says: 'one to add', multiple: true, field: null } },
  counts: true,
  request: (given) => ({
    method: 'POST',
    path: below(given, 'subjects'),
    body: { ...given.body, ...withSubjects(given) },
  }),
  tells: ({ subjects: added, sameName }) => [
    `added: ${added.join(', ')}`,
    ...sameName.map((numbers) => `of one name: ${numbers.join(', ')}`),
  ],
};

const states: Act<{ at: string }> = {
  name: 'states',
  says: [
    'Say how subjects are, or how it ended for them. Many states at once, each its own: --body {"changes": […]}.',
  ],
  example: 'fenghuo states YS-2026-0001 --by jia-1 --subject 1 --subject 2 --safety safe',
  takes: ['INCIDENT'],
  options: {
    by: BY,
    subject: NUMBERED,
    safety: { value: 'STATE', says: 'unknown, safe, needsHelp, missing, injured or dead', field: null },
    outcome: { value: 'OUTCOME', says: 'how it ended: complies, outOfSupervision, inCustody …', field: null },
    note: { value: 'TEXT', says: 'what else there is to say', field: null },
  },
  request(given) {
    const state = Object.fromEntries(
      ['safety', 'outcome', 'note'].map((name) => [name, given.text(name) ?? null]),
    );
    const changes = numbersIn(given).map((subject) => ({ subject, ...state }));
    return {
      method: 'POST',
      path: below(given, 'subjects/states'),
      body: { ...given.body, ...(changes.length > 0 ? { changes } : {}) },
    };
  },
  tells: ({ at }) => [`recorded at ${at}`],
};

const facts: Act<{ at: string; facts: string[] }> = {
  name: 'facts',
  says: [
    'Tell facts that were not known, or correct them: what was told before stays in the timeline.',
    'NAME: situation, place, occurredAt, discoveredAt, measuresTaken, source, correctionType, decidingAuthority, minor, enrolled.',
  ],
  example: 'fenghuo facts YS-2026-0001 enrolled=yes "place=甲镇集市" --by jia-1',
  takes: ['INCIDENT', '[NAME=VALUE…]'],
  options: {
    by: BY,
    subject: {
      ...NUMBERED,
      multiple: false,
      says: 'of this subject, by its number, and not of the incident',
    },
  },
  request(given) {
    const named = factsIn(given.words.slice(1));
    const subject = given.text('subject');
    const about =
      subject === undefined ? { facts: named } : { subjects: [{ subject: Number(subject), ...named }] };
    const body = { ...given.body, ...(Object.keys(named).length > 0 ? about : {}) };
    return { method: 'POST', path: below(given, 'facts'), body };
  },
  tells: ({ at, facts: names }) => [`recorded at ${at}: ${names.join(', ')}`],
};

function factsIn(words: string[]): Record<string, string> {
  const pairs = words.map((word) => /^(\w+)=(.*)$/s.exec(word));
  const wrong = words.filter((_, index) => pairs[index] === null);
  if (wrong.length > 0) throw new Error(`${wrong.length} of the facts are not NAME=VALUE; see facts --help`);
  return Object.fromEntries(pairs.map((pair) => [pair![1]!, pair![2]!]));
}

const addReport: Act<{ report: number; at: string }> = {
  name: 'add-report',
  says: [
    'Record a report up the line by its six elements (四（三）); one left out is 正在核实, and a final report needs all.',
    'KIND: followUpReport 续报, finalReport 终报, supplementaryReport 补报.',
  ],
  example: 'fenghuo add-report YS-2026-0001 followUpReport --by jia-1 --development "已控制"',
  takes: ['INCIDENT', 'KIND'],
  options: {
    by: BY,
    ...Object.fromEntries(
      REPORT_ELEMENTS.map((name) => [name, { value: 'TEXT', says: `the element ${name}`, field: null }]),
    ),
    text: { value: 'TEXT', says: 'the report as a whole' },
  },
  counts: true,
  request(given) {
    const told = REPORT_ELEMENTS.filter((name) => given.text(name) !== undefined);
    const elements = {
      ...(given.body.elements as object | undefined),
      ...Object.fromEntries(told.map((name) => [name, given.text(name)])),
    };
    return {
      method: 'POST',
      path: below(given, 'reports'),
      body: { ...given.body, kind: given.words[1], elements },
    };
  },
  tells: ({ report: nr, at }) => [`report ${nr} recorded at ${at}`],
};

const merge: Act<{ into: string; at: string }> = {
  name: 'merge',
  says: [
    'Confirm that INCIDENT is the same event as INTO, which goes on alone: both times of receipt are kept.',
  ],
  example: 'fenghuo merge YS-2026-0002 YS-2026-0001 --by jia-1 --reason "同一起事件"',
  takes: ['INCIDENT', 'INTO'],
  options: { by: BY, reason: REASON },
  request: (given) => ({
    method: 'POST',
    path: below(given, 'merge'),
    body: { ...given.body, into: given.words[1] },
  }),
  tells: ({ into, at }) => [`merged into ${into} at ${at}`],
};

const subCase: Act<{ id: string }> = {
  name: 'sub-case',
  says: ['Open a sub-case in a branch of its own, about some of the subjects. It runs by itself.'],
  example:
    'fenghuo sub-case YS-2026-0001 abscondingSearch --by jia-1 --subject 7 --situation "失去联系" --reason "逐人核实未果"',
  takes: ['INCIDENT', 'BRANCH'],
  options: {
    by: BY,
    situation: { value: 'TEXT', says: 'what happened', needed: true },
    reason: REASON,
    subject: NUMBERED,
    type: { value: 'TYPE', says: 'a type of the plan', field: 'eventType' },
    place: { value: 'TEXT', says: 'where' },
  },
  counts: true,
  request: (given) => ({
    method: 'POST',
    path: below(given, 'sub-cases'),
    body: { subjects: numbersIn(given), ...given.body, branch: given.words[1] },
  }),
  tells: ({ id }) => [`opened: ${id}`],
};

export const REPORTING_ACTS = [report, subjects, states, facts, addReport, merge, subCase] as Act[];
