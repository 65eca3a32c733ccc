import type { SQL } from 'drizzle-orm';
import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import type { StageRow } from '../foresight/known-stages.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { instantOf } from './open.ts';
import { incident, incidentBranch, message, stage } from './tables.ts';

/** A party that somebody is of, for one office's incidents. */
export interface Part {
  office: string;
  party: string;
}

/** An open duty that concerns somebody, with what became of the messages to their own parties. */
export type DutyRow = Awaited<ReturnType<typeof dutiesOfPerson>>[number];

/**
 * Open duties that this person took over, that are their parties' and nobody's else, or that their parties were told of; those
 * without a deadline last. At most `limit`.
 */
export const dutiesOfPerson = (
  { db }: Register,
  { person, parts, limit }: { person: string; parts: Part[]; limit: number },
) =>
  guarded(async () => {
    const theirs = (party: SQL): SQL =>
      parts.length === 0
        ? sql`false`
        : sql`(${incident.office}, ${party}) in (${sql.join(
            parts.map(({ office, party: of }) => sql`(${office}, ${of})`),
            sql`, `,
          )})`;
    const toThem = sql`from ${message} m where m.incident_id = ${stage.incidentId} and m.stage_id = ${stage.stageId}
      and m.opening = ${stage.opening} and ${theirs(sql`m.party`)}`;
    const asked = (what: SQL) =>
      sql<Instant | null>`(select ${what} ${toThem})`.mapWith((value: string) => instantOf(value));
    const isOwn = sql<boolean>`${theirs(sql`${stage.owner}`)}`;
    return db
      .select({
        incidentId: stage.incidentId,
        number: incident.number,
        drill: incident.drill,
        office: incident.office,
        branchName: incident.branchName,
        plan: { key: incident.planKey, edition: incident.planEdition, hash: incident.planHash },
        stageId: stage.stageId,
        stage: stage.stage,
        stageName: stage.stageName,
        clause: stage.clause,
        source: stage.source,
        duty: stage.duty,
        owner: stage.owner,
        holder: stage.holder,
        openedAt: stage.openedAt,
        dueAt: stage.dueAt,
        isOwn,
        acknowledgedAt: asked(sql`min(m.acknowledged_at)`),
        arrivedAt: asked(sql`min(m.arrived_at)`),
        declinedAt: asked(sql`max(m.declined_at)`),
        sentAt: asked(sql`max(m.sent_at)`),
      })
      .from(stage)
      .innerJoin(incident, eq(incident.id, stage.incidentId))
      .where(
        and(
          eq(incident.status, 'open'),
          isNull(stage.resolvedAt),
          or(eq(stage.holder, person), and(isNull(stage.holder), isOwn), sql`exists (select 1 ${toThem})`),
        ),
      )
      .orderBy(sql`${stage.dueAt} asc nulls last`, asc(stage.openedAt), asc(stage.stageId))
      .limit(limit);
  });

/** The present branch and all stages of some incidents, by incident: what their procedures go by. */
export const coursesOf = (
  { db }: Register,
  ids: IncidentId[],
): Promise<
  Map<IncidentId, { branch: { branch: string; entry: number; enteredAt: Instant }; rows: StageRow[] }>
> =>
  guarded(async () => {
    if (ids.length === 0) return new Map();
    const branches = await db
      .select()
      .from(incidentBranch)
      .where(inArray(incidentBranch.incidentId, ids))
      .orderBy(asc(incidentBranch.entry));
    const rows = await db.select().from(stage).where(inArray(stage.incidentId, ids));
    return new Map(
      branches.map(({ incidentId, branch, entry, enteredAt }) => [
        incidentId,
        {
          branch: { branch, entry, enteredAt },
          rows: rows
            .filter((row) => row.incidentId === incidentId)
            .map((row) => ({ ...row, id: row.stageId })),
        },
      ]),
    );
  });
