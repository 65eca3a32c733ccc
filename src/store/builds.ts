import { gt, ne, sql } from 'drizzle-orm';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { build } from './tables-builds.ts';

/** A build's name within its deployment. */
export interface BuildName {
  deploymentName: string;
  buildId: string;
}

/** The code that a name stands for. */
export interface BuildCode {
  code: string;
  firstSeenAt: Instant;
}

/** A worker says so once a minute: after three of them unsaid it is gone, or nobody can know. */
const SAID_WITHIN = sql`now() - interval '3 minutes'`;

/**
 * Notes that a worker runs `code` under this name, by the database's clock. The first code keeps the name for good: gives it where this is
 * another, else null.
 */
export const noteBuild = (
  { db }: Register,
  { deploymentName, buildId }: BuildName,
  code: string,
): Promise<BuildCode | null> =>
  guarded(async () => {
    const [row] = await db
      .insert(build)
      .values({ deployment: deploymentName, buildId, code })
      .onConflictDoUpdate({
        target: [build.deployment, build.buildId],
        set: { otherCode: code, otherSeenAt: sql`now()` },
        setWhere: ne(build.code, code),
      })
      .returning({ code: build.code, firstSeenAt: build.firstSeenAt });
    return row && row.code !== code ? row : null;
  });

/** Builds under whose name a worker runs other code than the first, in the order of their names. */
export const reusedBuilds = ({ db }: Register): Promise<BuildName[]> =>
  guarded(async () =>
    db
      .select({ deploymentName: build.deployment, buildId: build.buildId })
      .from(build)
      .where(gt(build.otherSeenAt, SAID_WITHIN))
      .orderBy(build.deployment, build.buildId),
  );
