import { randomUUID } from 'node:crypto';
import type { Entry, NewEntry } from '../incident/entry.ts';
import { NO_ANCHOR, stageId, type Anchor, type IncidentId } from '../incident/ids.ts';
import { plus } from '../incident/instant.ts';
import { append } from '../store/append.ts';
import type { TestApi } from './testing.ts';

const AT = '2026-03-04T01:20:00.000Z';
const SEARCH = { stageId: stageId(1, 'search'), opening: 1 };

/** An incident in the register, and what is asked about its documents. */
export interface Case {
  id: IncidentId;
  /** What happens in it later. */
  tell(...story: NewEntry[]): Promise<void>;
  /** Facts that are learnt later. */
  learn(facts: Record<string, string>): Promise<void>;
  path: string;
}

export interface Answer {
  status: number;
  body: Record<string, unknown> & { id: string; digest: string; code: string };
}

/** Cases for tests of documents, over the API that `apiNow` gives. */
export function documentCases(apiNow: () => TestApi) {
  /** An incident of 四（一） whose search has failed, and what happens in it later. Everybody is fictional. */
  async function searchFailed(more: { drill?: boolean; subjects?: number } = {}): Promise<Case> {
    const { drill = false, subjects = 1 } = more;
    const id = randomUUID() as IncidentId;
    const names = Object.fromEntries(
      Array.from({ length: subjects }, (_, nr) => [`subject.${nr + 1}.name`, `测试人${nr + 1}`]),
    );
    let seq = 0;
    let anchor: Anchor = NO_ANCHOR;
    const tell = async (...story: NewEntry[]): Promise<void> => {
      const entries = story.map(
        (each) => ({ ...each, seq: (seq += 1), at: plus(AT, seq * 60_000) }) as Entry,
      );
      ({ anchor } = await append(apiNow().register, { incidentId: id, entries }, anchor));
    };
    await tell(
      {
        kind: 'incidentReported',
        data: {
          plan: apiNow().deps.plan.pin,
          drill,
          eventType: 'outOfSupervision',
          office: 'jia',
          occurredAt: null,
          discoveredAt: AT,
          receivedAt: AT,
          subjects,
          parent: null,
          missing: [],
          marks: [],
          bodyHash: 'k1:0',
          apiKeyId: 'key-1',
          numberSeries: { prefix: 'YS', year: 2026, drill },
        },
        personal: { situation: '未按规定签到，<b>电话关机</b>', ...names },
      },
      {
        kind: 'branchEntered',
        data: {
          entry: 1,
          branch: 'abscondingSearch',
          branchName: '失联查找',
          clause: '四（一）',
          runId: 'run-1',
          by: null,
          chosen: 'plan',
        },
      },
      {
        kind: 'stageOpened',
        data: {
          ...SEARCH,
          entry: 1,
          stage: 'search',
          stageName: '组织查找',
          clause: '四（一）',
          source: 'plan',
          owner: 'judicialOffice',
          duty: '查找',
          planText: '立即',
          within: null,
          dueAt: null,
          startsAt: null,
          automatic: false,
          by: null,
        },
      },
      {
        kind: 'stageEnded',
        data: { ...SEARCH, outcome: 'searchFailed', by: 'jia-1' },
        personal: { evidence: '走访家属三人，未见本人。' },
      },
    );
    const learn = (facts: Record<string, string>) =>
      tell({ kind: 'factsAdded', data: { by: 'jia-1', names: Object.keys(facts) }, personal: facts });
    return { id, tell, learn, path: `/api/incidents/${id}/documents` };
  }

  const bearer = () => ({ authorization: `Bearer ${apiNow().key}` });
  async function post(
    url: string,
    payload: object,
    headers: Record<string, string> = bearer(),
  ): Promise<Answer> {
    const answer = await apiNow().app.inject({ method: 'POST', url, payload, headers });
    return { status: answer.statusCode, body: answer.json() };
  }
  const get = (url: string, headers: Record<string, string> = bearer()) =>
    apiNow().app.inject({ method: 'GET', url, headers });
  const draft = (one: Case, template = 'police-notice', more = {}) =>
    post(one.path, { by: 'jia-1', template, ...more });
  const sign = (one: Case, { body: { id, digest } }: Answer, by = 'deputy-1') =>
    post(`${one.path}/${id}/signature`, { by, digest });
  const listed = async (one: Case) => (await get(one.path)).json() as Record<string, unknown>[];

  return { searchFailed, get, post, bearer, draft, sign, listed };
}
