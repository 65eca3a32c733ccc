import { durationInWords } from '../channels/words.ts';
import { plain, type Act } from './act.ts';
import { keyInWords } from './say.ts';
import { openIn, type Standing } from './standing.ts';

/** 接管 of each open stage that is not one's own, and 仍在处置. */
export function holdingActs(standing: Standing, person: string | null): Act[] {
  const holders = new Map(
    [...standing.detail.firstResponse, ...standing.detail.branches.flatMap(({ stages }) => stages)].map(
      ({ id, stageName, holder }) => [id as string, { stageName, holder }],
    ),
  );
  const quiet = standing.part.quietFor.iso;
  const taken = openIn(standing)
    .filter(({ id }) => person === null || holders.get(id)?.holder !== person)
    .map(({ id, stage }): Act => {
      const title = {
        zh: `接管：${holders.get(id)?.stageName ?? stage}`,
        en: `take over: ${keyInWords(stage)}`,
      };
      return plain('takeOver', 'take-over', title, {
        zh: '此后催办发给接管人；职责和期限不变',
        en: 'reminders go to who took over; the duty and its limit stay',
        stageId: id,
        body: { stage: id },
        field: 'reason',
        label: '理由',
      });
    });
  if (taken.length === 0 && openIn(standing).length === 0) return [];
  const still = plain(
    'stillResponding',
    'still-responding',
    { zh: '仍在处置', en: 'still responding' },
    {
      zh: `${durationInWords(quiet)}内不再催办本人；期限照常计算`,
      en: `no reminders to this person for ${durationInWords(quiet, 'en')}; all limits run on`,
    },
  );
  return [still, ...taken];
}
