import { PASSWORD } from '../harness/browser.ts';
import { createHttp } from '../harness/http.ts';
import { REPORT } from '../harness/incident.ts';
import type { System } from '../harness/system.ts';
import { until } from '../harness/until.ts';

/** Things that exist, by the names that paths and bodies have for them. */
export interface SampleThings {
  incident: string;
  stage: string;
  document: string;
  body: string;
  person: string;
  template: string;
  plan: { key: string; edition: string };
}

/** An incident with an open stage and a draft, so that requests find something. */
export async function sampleThings(system: System): Promise<SampleThings> {
  const { body: made } = await system.post<{ id: string }>('/api/incidents', REPORT);
  const opened = await until('a stage to open', async () => {
    const { body } = await system.get<{ branches?: { stages: { id: string }[] }[] }>(
      `/api/incidents/${made.id}`,
    );
    return body.branches?.flatMap(({ stages }) => stages)[0] ?? null;
  });
  const template = 'search-record';
  const { body: draft } = await system.post<{ id: string }>(`/api/incidents/${made.id}/documents`, {
    by: 'jia-1',
    template,
  });
  const { body: plans } = await system.get<{ inForce: { key: string; edition: string } }>('/api/plans');
  return {
    incident: made.id,
    stage: opened.id,
    document: draft.id,
    template,
    body: 'jia',
    person: 'jia-1',
    plan: plans.inForce,
  };
}

/** The cookie of somebody who signed in. */
export async function sessionOf(system: System, name: string): Promise<string> {
  const anybody = createHttp(system.url, null);
  const ours = { 'x-fenghuo': '1' };
  const answer = await anybody.post('/api/session', { name, password: PASSWORD }, ours);
  const cookie = String(answer.headers.get('set-cookie')).split(';')[0]!;
  const { status } = await anybody.get('/api/board', { ...ours, cookie });
  if (status !== 200) throw new Error(`The session reads nothing: ${status}`);
  return cookie;
}
