import { Gauge } from 'prom-client';
import { allBeats } from '../watchtower/look.ts';
import { lastBackup } from '../store/backups.ts';
import { figures, type Figures, type WaitingFigure } from '../store/figures.ts';
import type { Register } from '../store/open.ts';
import { within } from '../within.ts';
import type { Metrics } from './metrics.ts';

/** Prometheus gives a scrape ten seconds: what the register has not said by then is missing, and `fenghuo_register_up` says so. */
const PATIENCE_MS = 3_000;
/** Whoever scrapes, and however often, the register is asked this often at most. */
const GOOD_FOR_MS = 5_000;

const WAITING: Record<keyof Omit<WaitingFigure, 'drill'>, [name: string, help: string]> = {
  overdueDuties: ['fenghuo_overdue_duties', 'Open duties past their deadline.'],
  oldestOverdue: ['fenghuo_oldest_overdue_seconds', 'For how long the longest overdue duty has been so.'],
  unsaidDeadlines: [
    'fenghuo_unsaid_deadlines',
    'Deadlines past for over a minute of which no workflow has said so.',
  ],
  waitingMessages: ['fenghuo_waiting_messages', 'Messages decided on and neither taken nor refused yet.'],
  oldestMessage: [
    'fenghuo_oldest_waiting_message_seconds',
    'For how long the oldest such message has waited.',
  ],
  unconfirmedIncidents: [
    'fenghuo_unconfirmed_incidents',
    'Open incidents of which nobody has confirmed a message.',
  ],
  oldestUnconfirmed: ['fenghuo_oldest_unconfirmed_seconds', 'Age of the oldest of those.'],
};

/** What the register knows, read at the scrape. For API processes only: each shows the same, so rules take `max()`. */
export function addRegisterMetrics(metrics: Metrics, register: Register, now = Date.now): void {
  const registers = [metrics.registry];
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers });
  const up = gauge('fenghuo_register_up', 'Whether the register answered this scrape.', []);
  const open = gauge('fenghuo_open_incidents', 'Open incidents by branch; none: not chosen yet.', [
    'branch',
    'drill',
  ]);
  const inStage = gauge(
    'fenghuo_open_stage_incidents',
    'Open incidents that wait in a stage, by its key in the plan.',
    ['branch', 'stage', 'drill'],
  );
  const rosterFindings = gauge(
    'fenghuo_roster_findings',
    'What the roster guard found and nobody has mended.',
    [],
  );
  const waitingChanges = gauge('fenghuo_waiting_changes', 'Acts on rights not on the change record yet.', []);
  const beatAge = gauge('fenghuo_beat_age_seconds', 'How old the last beat of the watchtower is.', []);
  const backupAge = gauge(
    'fenghuo_backup_age_seconds',
    'How long ago the last whole back-up that the register was told of began.',
    [],
  );
  const waiting = Object.entries(WAITING).map(
    ([key, [name, help]]) => [key as keyof typeof WAITING, gauge(name, help, ['drill'])] as const,
  );

  function show({ open: rows, waiting: parts, ...rest }: Figures): void {
    for (const { branch: chosen, stage, incidents, ...row } of rows) {
      const labels = { branch: chosen ?? 'none', drill: String(row.drill) };
      if (stage === null) open.set(labels, incidents);
      else inStage.set({ ...labels, stage }, incidents);
    }
    for (const part of parts)
      for (const [key, one] of waiting) one.set({ drill: String(part.drill) }, part[key]);
    rosterFindings.set(rest.rosterFindings);
    waitingChanges.set(rest.waitingChanges);
  }

  const read = async () =>
    Promise.all([figures(register), allBeats(register), lastBackup(register)] as const);
  let asked: { at: number; answer: ReturnType<typeof read> } | null = null;
  metrics.beforeScrape(async () => {
    if (!asked || now() - asked.at > GOOD_FOR_MS) asked = { at: now(), answer: read() };
    const { answer } = asked;
    const known = await within(PATIENCE_MS, answer).catch(() => null);
    // What was true before it went down is not shown as if it were so now.
    for (const one of [open, inStage, ...waiting.map(([, each]) => each)]) one.reset();
    for (const one of [rosterFindings, waitingChanges, beatAge, backupAge]) one.remove(); // a reset would say 0
    up.set(known ? 1 : 0);
    if (!known) return;
    const [shown, beats, backup] = known;
    show(shown);
    if (beats) beatAge.set(beats.ageSeconds);
    if (backup) backupAge.set(backup.ageSeconds);
  });
}
