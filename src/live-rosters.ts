import { keepLooking, type KeptLooking } from './keep-looking.ts';
import type { LiveOrganisation } from './people/live-organisation.ts';
import { editionsMark, standingEditions } from './store/rosters.ts';
import type { Register } from './store/open.ts';

/** Keeps the rosters of an organisation as they were imported last. */
export function keepRostersLive(register: Register, { show }: Pick<LiveOrganisation, 'show'>): KeptLooking {
  let shown: string | null = null;
  return keepLooking(async () => {
    const mark = await editionsMark(register);
    if (mark === shown) return;
    show(await standingEditions(register));
    shown = mark;
  });
}
