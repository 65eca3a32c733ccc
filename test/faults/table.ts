import type { AuditReport } from '../../src/store/audit-report.ts';
import type { Finding, Repeat, Step } from './findings.ts';

export interface Figures {
  faults: number;
  /** How many incidents were reported, accepted, and stand in the register. */
  asked: number;
  accepted: number;
  details: readonly unknown[];
  found: readonly Finding[];
  repeats: readonly Repeat[];
  audit: AuditReport;
}

/** Everything counted over the whole run. All has to be zero but lateness, and repeats that a break made unavoidable. */
export function tableOf({ faults, asked, accepted, details, found, repeats, audit }: Figures): {
  lines: string[];
  /** What is not zero and has to be. */
  wrong: string[];
} {
  const sum = (of: (finding: Finding) => number): number => found.reduce((all, one) => all + of(one), 0);
  const latestOf = (of: (finding: Finding) => Step[]): Step[] =>
    found.flatMap(of).toSorted((a, b) => b.lateMs - a.lateMs);
  const decided = latestOf(({ steps }) => steps);
  const mailed = latestOf(({ mails }) => mails);
  const disagree = audit.problems.filter(({ code }) => code === 'NOT_ANCHORED').length + audit.unanchored;
  const needless = repeats.filter(({ isUnavoidable }) => !isUnavoidable);
  const zeros: [what: string, count: number][] = [
    ['incidents lost', asked - Math.min(accepted, details.length)],
    ['deadlines missed', sum(({ missed }) => missed)],
    ['told before its time or after a receipt', sum(({ unasked }) => unasked)],
    ['messages lost', sum(({ lost }) => lost)],
    ['messages that are not on record', sum(({ unrecorded }) => unrecorded)],
    ['messages seen twice without need', needless.length],
    ['register and history disagreeing', disagree],
    ['breaks of a chain', audit.problems.filter(({ code }) => code !== 'NOT_ANCHORED').length],
  ];
  const told = [
    ['faults', faults],
    ['incidents accepted', accepted],
    ['deadlines', decided.length],
    ['decided late at most, s, from when server and worker were back', mostOf(decided)],
    ['mail of it late at most, s, from when everything was back', mostOf(mailed)],
    [
      'first mail after its report at most, s, from when everything was back',
      mostOf(latestOf(({ first }) => first)),
    ],
    ['messages seen twice, cut off before anybody knew', repeats.length - needless.length],
  ] as const;
  const line = (what: string, value: unknown): string => `| ${what} | ${String(value)} |`;
  return {
    lines: [
      '| | |',
      '|---|---|',
      ...[...told, ...zeros].map(([what, value]) => line(what, value)),
      '',
      'The latest mails of deadlines:',
      ...mailed
        .slice(0, 5)
        .map(({ id, due, lateMs }) => `  ${secondsOf(lateMs)} s after ${timeOf(due)}, ${id}`),
      ...(needless.length > 0 ? ['Seen twice without need:'] : []),
      ...needless.map(
        ({ key, arrivals, knownAt }) =>
          `  at ${arrivals.map(timeOf).join(' and ')}, known at ${knownAt === null ? 'no time' : timeOf(knownAt)}, ${key}`,
      ),
    ],
    wrong: zeros.filter(([, count]) => count !== 0).map(([what]) => what),
  };
}

const mostOf = ([latest]: readonly Step[]): string => secondsOf(latest?.lateMs ?? 0);
const secondsOf = (ms: number): string => (ms / 1_000).toFixed(2);

/** As the faults are logged. */
export const timeOf = (ms: number): string => new Date(ms).toISOString().slice(11, 23);
