import { markdown } from './markdown.ts';
import type { OpenCosts } from './parts/open.ts';
import type { BranchCosts } from './parts/branches.ts';
import { ours, sum } from './processes.ts';

/** What one incident costs, from the measurement. */
export interface UnitCosts {
  /** CPU ms of one reported, and told once: server, register, worker and API. */
  first: number;
  /** CPU ms of one message more. */
  more: number;
  /** MiB of everything with nothing open, and of each incident that is. */
  baseMib: number;
  openMib: number;
  /** Bytes on disk; null where they were not measured. */
  firstBytes: number | null;
  moreBytes: number | null;
  /** Messages of an incident until it is closed. */
  messages: number;
}

/** Who uses it, and how. */
export interface Users {
  name: string;
  counties: number;
}

const USERS: Users[] = [
  { name: 'a city', counties: 8 },
  { name: 'a province', counties: 100 },
  { name: 'the country', counties: 2_800 },
];

/** What is assumed; nothing here is measured. */
export const ASSUMED = {
  /** Incidents of a county in a year. */
  perYear: 6,
  /** Days until an incident is closed, its aftermath included. */
  openDays: 60,
  /** Incidents of each county at nine o'clock of a drill of all: a thousand in a province. */
  drill: 10,
  /** How often each message is sent in the end, with who is told because nobody confirmed. */
  repeats: 2,
  cores: 2,
};

/** The costs of one incident. What the API takes is known from those that were reported to it. */
export function unitCosts(open: OpenCosts, branches: BranchCosts[]): UnitCosts {
  const { count, trial, opening, due, noneOpen, allOpen, disk } = open;
  const opened = count + trial.count;
  const memory = ({ usages }: OpenCosts['allOpen']): number => sum(ours(usages).map(({ mib }) => mib));
  const bytes = (from: keyof NonNullable<OpenCosts['disk']>, to: typeof from): number | null =>
    disk && disk[to].register + disk[to].temporal - disk[from].register - disk[from].temporal;
  const per = (value: number | null, n: number): number | null => (value === null ? null : value / n);
  return {
    first: sum(ours(opening.cpuMs)) / count + (trial.cpuMs.API ?? 0) / trial.count,
    more: sum(ours(due.cpuMs)) / count,
    baseMib: memory(noneOpen),
    openMib: Math.max(0, memory(allOpen) - memory(noneOpen)) / opened,
    firstBytes: per(bytes('none', 'open'), opened),
    moreBytes: per(bytes('open', 'due'), count),
    messages: Math.max(...branches.map(({ closed }) => closed.messages)) * ASSUMED.repeats,
  };
}

/** What these users need, from the costs of one incident. */
export function needsOf({ counties }: Users, unit: UnitCosts) {
  const drill = counties * ASSUMED.drill;
  const year = counties * ASSUMED.perYear + drill;
  const open = Math.round((counties * ASSUMED.perYear * ASSUMED.openDays) / 365) + drill;
  const cpuMs = year * (unit.first + (unit.messages - 1) * unit.more);
  const firstMails = drill * unit.first;
  const { firstBytes, moreBytes } = unit;
  return {
    year,
    open,
    drill,
    mib: unit.baseMib + open * unit.openMib,
    cpuHours: cpuMs / 3_600_000,
    /** Until the last first mail of the drill, on the cores assumed. */
    lastMailS: firstMails / 1_000 / ASSUMED.cores,
    /** Until all of the drill's first mails are out within a minute. */
    coresForAMinute: Math.ceil(firstMails / 60_000),
    gigabytes:
      firstBytes === null || moreBytes === null
        ? null
        : (year * (firstBytes + (unit.messages - 1) * moreBytes)) / 1e9,
  };
}

/** On paper: what a city, a province and the country need. */
export function sizing(open: OpenCosts, branches: BranchCosts[]): string {
  const unit = unitCosts(open, branches);
  const kB = (bytes: number | null): string =>
    bytes === null ? 'not measured' : `${(bytes / 1000).toFixed(0)} kB`;
  return [
    '### On paper: a city, a province, the country',
    `Measured: ${unit.first.toFixed(0)} ms of CPU for an incident reported and told once, ${unit.more.toFixed(0)} ms for each message more; ${(unit.openMib * 1024).toFixed(0)} KiB of memory for each that is open, beside ${(unit.baseMib / 1024).toFixed(1)} GiB; ${kB(unit.firstBytes)} on disk, and ${kB(unit.moreBytes)} for each message more.`,
    `Assumed: ${ASSUMED.perYear} incidents a county and year, open for ${ASSUMED.openDays} days, ${unit.messages} messages each (those of the longest branch, each told ${ASSUMED.repeats} times); once a year a drill of all, ${ASSUMED.drill} incidents a county at one instant.`,
    markdown(
      [
        '',
        'counties',
        'incidents a year',
        'open at most',
        'memory',
        'CPU a year',
        'disk a year',
        "drill at nine o'clock",
        `last first mail, ${ASSUMED.cores} cores`,
        'cores for one minute',
      ],
      USERS.map((users) => {
        const needs = needsOf(users, unit);
        return [
          ...[users.name, users.counties, needs.year, needs.open].map(String),
          `${(needs.mib / 1024).toFixed(1)} GiB`,
          `${needs.cpuHours.toFixed(1)} h`,
          needs.gigabytes === null ? '–' : `${needs.gigabytes.toFixed(1)} GB`,
          String(needs.drill),
          `${needs.lastMailS.toFixed(0)} s`,
          String(needs.coresForAMinute),
        ];
      }),
    ),
  ].join('\n\n');
}
