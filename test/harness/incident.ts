import type { IncidentDetailBody } from '../../src/api/schemas-detail.ts';
import type { IncidentId, StageId } from '../../src/incident/ids.ts';
import { about, type WantedNotice } from './mail.ts';
import type { Answer, Http, ProblemBody } from './http.ts';
import type { SinkMessage, Smtp } from './smtp.ts';
import { until } from './until.ts';

/** A whole report; everybody in it is invented. */
export const REPORT = {
  eventType: 'riskSign',
  office: 'jia',
  place: '测试地点',
  occurredAt: '2026-03-07T02:10:00+08:00',
  discoveredAt: '2026-03-07T02:13:00+08:00',
  subjects: [{ name: '测试丁', file: '演示档-001', phone: '000-0000-9901' }],
  situation: '测试情况',
  measuresTaken: '测试措施',
  source: '测试来源',
  reporter: { name: '测试甲一', phone: '000-0000-9902' },
};

export interface Accepted {
  id: IncidentId;
  number: string | null;
  status: string;
  branches: { entry: number; branch: string }[];
  missing: string[];
  marks: string[];
}

export interface History {
  story: { at: string; run: string; text: string; events: number[] }[];
  next: { at: string; stageId: string; line: string; partyName: string }[] | null;
  runs: {
    runId: string;
    workflowType: string;
    endedAt: string | null;
    archived: boolean;
    events: { id: number; type: string; attributes: Record<string, unknown> }[];
  }[];
}

type TimelineEntry = IncidentDetailBody['timeline'][number];
type Stage = IncidentDetailBody['branches'][number]['stages'][number];

/** An incident as somebody at a screen has it: everything over HTTP and mail. */
export interface LiveIncident {
  id: IncidentId;
  detail(): Promise<IncidentDetailBody>;
  /** Its detail as soon as that is so. */
  when(what: string, isSo: (detail: IncidentDetailBody) => boolean): Promise<IncidentDetailBody>;
  /** POSTs below the incident. */
  act<Body = ProblemBody>(path: string, body: unknown): Promise<Answer<Body>>;
  /** Ends a stage. */
  record(stageId: string, outcome: string, by?: string): Promise<Answer<ProblemBody>>;
  switchTo(branch: string): Promise<Answer<ProblemBody>>;
  /** Two people end the response, the first of the office; where the plan has an aftermath, that is where it goes on. */
  endResponse(by?: string): Promise<{ closed: boolean; branch: string }>;
  /** Two people close it, after the response the aftermath too; resolves with the whole record. */
  close(by?: string): Promise<IncidentDetailBody>;
  history(): Promise<History>;
  /** Its history once the incident has been closed and every run of it stands in the archive. */
  archived(): Promise<History>;
  /** The next mail about this incident that holds all of this. */
  mail(wanted: WantedNotice): Promise<SinkMessage>;
  /** Every mail about it so far. */
  mails(): SinkMessage[];
}

/** Reports and is sure that it was taken. */
export async function report(system: Http & { smtp: Smtp }, change: object = {}): Promise<LiveIncident> {
  const answer = await system.post<Accepted>('/api/incidents', { ...REPORT, ...change });
  if (answer.status !== 201) throw new Error(`not accepted: ${JSON.stringify(answer.body)}`);
  return incidentOf(system, answer.body.id);
}

export function incidentOf(system: Http & { smtp: Smtp }, id: IncidentId): LiveIncident {
  const { smtp } = system;
  const place = `/api/incidents/${id}`;
  const incident: LiveIncident = {
    id,
    detail: async () => (await system.get<IncidentDetailBody>(place)).body,
    when: (what, isSo) =>
      until(what, async () => {
        const { status, body } = await system.get<IncidentDetailBody>(place);
        return status === 200 && isSo(body) && body;
      }),
    act: (path, body) => system.post(`${place}/${path}`, body),
    record: (stageId, outcome, by = 'jia-1') =>
      incident.act(`stages/${stageId}/outcome`, { by, outcome, evidence: '测试证据' }),
    switchTo: (branch) => incident.act('branch', { by: 'jia-1', branch, reason: '测试理由' }),
    async endResponse(by = 'jia-1') {
      mustBeDone(await incident.act('response-ended', { by, evidence: '测试证据' }));
      const approval = { by: 'leading-1', reason: '测试理由' };
      const answer = await incident.act<{ closed: boolean; branch: string }>('closing/approval', approval);
      mustBeDone(answer);
      return answer.body;
    },
    async close(by) {
      const { closed } = await incident.endResponse(by);
      if (!closed) await incident.endResponse(by);
      return incident.when(
        'the incident is closed, and what was under way is settled',
        (detail) => detail.status === 'closed' && allSettled(detail),
      );
    },
    history: async () => (await system.get<History>(`${place}/history`)).body,
    archived: () =>
      until('every run is archived', async () => {
        const history = await incident.history();
        return history.runs.every(({ archived }) => archived) && history;
      }),
    mail: (wanted) => smtp.nextMessage(about({ ...wanted, incidentId: id })),
    mails: () => smtp.messages.filter(about({ incidentId: id })),
  };
  return incident;
}

function mustBeDone({ status, body }: Answer<unknown>): void {
  if (status !== 200) throw new Error(`refused: ${JSON.stringify(body)}`);
}

export const entriesOf = ({ timeline }: IncidentDetailBody, kind: string): TimelineEntry[] =>
  timeline.filter((entry) => entry.kind === kind);

/** All stages, those of the first response before those of the branches. */
export const stagesOf = ({ firstResponse, branches }: IncidentDetailBody): Stage[] => [
  ...firstResponse,
  ...branches.flatMap(({ stages }) => stages),
];

/** The stage's last opening. */
export const stageOf = (detail: IncidentDetailBody, id: string): Stage | undefined =>
  stagesOf(detail).findLast((stage) => stage.id === (id as StageId));

/** The stages of a branch that were opened in the instant in which `stage` was, by name, sorted. */
export function openedWith({ branches }: IncidentDetailBody, entry: number, stage: string): string[] {
  const stages = branches.find((branch) => branch.entry === entry)?.stages ?? [];
  const openedAt = stages.find((each) => each.stage === stage)?.openedAt;
  return stages
    .filter((each) => each.openedAt === openedAt)
    .map((each) => each.stage)
    .sort();
}

/** Somebody told on a line of a stage; `person` and `result` are null while the message is on its way. */
export interface Telling {
  at: string;
  party: string;
  rung: number;
  repeat: number;
  person: string | null;
  result: string | null;
}

/** Everything told on one line of a stage, in order. */
export function tellingsOf(detail: IncidentDetailBody, stageId: string, line: string): Telling[] {
  const settled = new Map(
    entriesOf(detail, 'messageSettled').map(({ data }) => [data.key, data as Partial<Telling>]),
  );
  return entriesOf(detail, 'messageSent')
    .filter(({ data }) => data.stageId === stageId && data.line === line)
    .map(({ at, data }) => {
      const { party, rung, repeat } = data as unknown as Telling;
      const { person = null, result = null } = settled.get(data.key) ?? {};
      return { at, party, rung, repeat, person, result };
    });
}

/** Whether everything that was decided to be told has been told or has failed for good. */
export function allSettled(detail: IncidentDetailBody): boolean {
  const told = stagesOf(detail).flatMap((stage) => stage.told);
  return told.length > 0 && told.every(({ result }) => result !== null);
}
