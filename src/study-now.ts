import type { Instant } from './incident/instant.ts';
import type { Organisation } from './people/organisation.ts';
import { dateAt } from './people/roster.ts';
import type { Plan } from './plan/load.ts';
import type { Register } from './store/open.ts';
import { registerLimits } from './store/register-limits.ts';
import { editionOpened, studiesOf } from './store/studies.ts';
import { studyByBody, studyDueOn, type BodyStudy } from './registers/study.ts';

/** How the study of the edition in force stands. Dates are those of Asia/Shanghai. */
export interface StudyNow {
  /** What was studied before does not count. */
  since: string;
  /** The bureau's own limit; null: 未载明. */
  within: string | null;
  /** Counted from when the edition could first be studied here; null without a limit. */
  dueOn: string | null;
  bodies: BodyStudy[];
}

/** Who has studied the edition in force by an instant, and who has not. */
export async function studyNow(
  register: Register,
  organisation: Organisation,
  plan: Pick<Plan, 'pin' | 'parties' | 'inForceFrom'>,
  at: Instant,
): Promise<StudyNow> {
  const { pin, inForceFrom } = plan;
  const { firstSeenAt, enforcedAt } = await editionOpened(register, pin);
  const known = dateAt(enforcedAt ?? firstSeenAt);
  const since = enforcedAt === null ? (inForceFrom ?? known) : known;
  const within = (await registerLimits(register)).study?.period ?? null;
  const dueOn = studyDueOn(known > since ? known : since, within);
  const studied = await studiesOf(register, pin, since);
  const bodies = studyByBody(organisation, plan, studied, { dueOn, today: dateAt(at) });
  return { since, within, dueOn, bodies };
}
