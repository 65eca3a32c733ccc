import { loadOrganisation, type Organisation } from '../../src/people/organisation.ts';
import type { DrillBody } from '../../src/api/schemas-drills.ts';
import type { DrillApi } from './drill-api.ts';
import { until } from './until.ts';

/** The sample with a fourth office, 丁镇司法所: somebody who has not drilled. */
export function withFourthOffice(): Organisation {
  const sample = loadOrganisation('plans/organisation.sample.yaml');
  const first = sample.bodies.find(({ id }) => id === 'bing')!;
  const person = sample.people.find(({ id }) => id === 'bing-1')!;
  return {
    ...sample,
    bodies: [...sample.bodies, { ...first, id: 'ding', name: '丁镇司法所', contacts: ['ding-1'] }],
    people: [
      ...sample.people,
      { ...person, id: 'ding-1', name: '测试丁一', body: 'ding', email: 'ding-1@example.invalid' },
    ],
  };
}

/** A whole order; everybody in it is invented. A minute passes in a second. */
export const ORDER = {
  title: '正在实施暴力行为演练',
  eventType: 'actInProgress',
  report: { situation: '虚构情景', place: '虚构超市', subjects: [{ name: '演练乙' }] },
  weakPoint: '夜间单人值班',
  offices: [
    { office: 'jia', participants: ['jia-1', 'jia-2'] },
    { office: 'yi', participants: ['yi-1'] },
    { office: 'bing', participants: ['bing-1'] },
  ],
  duration: 'PT20M',
  pace: 60,
  director: 'general-1',
};

/** An order that begins now. */
export const orderNow = (change: object = {}) => ({
  by: 'general-1',
  order: { ...ORDER, startsAt: new Date().toISOString(), ...change },
});

/** Drafts an order and has another person approve it: it begins. */
export async function beginDrill(api: DrillApi, change: object = {}): Promise<DrillBody> {
  const drafted = await api.post('/api/drills', orderNow(change), []);
  if (drafted.status !== 201) throw new Error(drafted.text);
  const { id } = drafted.body as unknown as DrillBody;
  const approved = await api.post(`/api/drills/${id}/approve`, { by: 'leading-1' }, []);
  if (approved.status !== 200) throw new Error(approved.text);
  return approved.body as unknown as DrillBody;
}

/** The drill as soon as that is so. */
export const drillWhen = (
  api: DrillApi,
  id: string,
  what: string,
  isSo: (drill: DrillBody) => boolean,
): Promise<DrillBody> =>
  until(
    what,
    async () => {
      const drill = (await api.get(`/api/drills/${id}`)).body as unknown as DrillBody;
      return isSo(drill) && drill;
    },
    120_000,
  );
