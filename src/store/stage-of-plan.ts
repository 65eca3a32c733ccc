import { sql } from 'drizzle-orm';

/** The SQL of the plan's name for the stage `s`, whichever of its instances it is: the third 整改 is counted with the first. */
export const stageOfPlan = sql.raw(String.raw`regexp_replace(s.stage, '_[0-9]+$', '')`);
