import pLimit from 'p-limit';
import { knownFacts } from '../incident/facts.ts';
import type { IncidentId } from '../incident/ids.ts';
import { incidentDetail, openPersonal } from '../store/incidents.ts';
import type { Register } from '../store/open.ts';
import type { Known } from './register-tables.ts';

const AT_ONCE = 4;

/** What these incidents say of people and places, in clear. Whoever asks logs it first. */
export async function knownOf(register: Register, ids: IncidentId[]): Promise<Map<string, Known>> {
  const turn = pLimit(AT_ONCE);
  const opened = await Promise.all(
    ids.map((id) => turn(async () => [id, await knownOfOne(register, id)] as const)),
  );
  return new Map(opened);
}

async function knownOfOne(register: Register, id: IncidentId): Promise<Known> {
  const personal = await openPersonal(register, id);
  const timeline = (await incidentDetail(register, id))?.timeline ?? [];
  const facts = knownFacts(personal);
  const fact = (name: string): string | null => facts.get(name)?.value ?? null;
  const names = [...facts].flatMap(([name, { value }]) => (/^subject\.\d+\.name$/.test(name) ? [value] : []));
  return {
    situation: fact('situation'),
    place: fact('place'),
    subjects: names.filter(Boolean).join('、'),
    occurredAt: fact('occurredAt'),
    discoveredAt: fact('discoveredAt'),
    actions: new Map(
      timeline
        .filter(({ kind }) => kind === 'stageOpened' || kind === 'instructionRecorded')
        .map(({ seq, data }) => [
          String((data as { stageId: string }).stageId),
          personal.get(seq)?.action ?? personal.get(seq)?.words ?? null,
        ]),
    ),
  };
}
