import type { FastifyRequest } from 'fastify';
import { reachOf } from '../accounts/roles.ts';
import { bodyById, personById } from '../people/bodies.ts';
import type { Drill } from '../store/drills.ts';
import type { ApiDeps } from './deps.ts';
import type { DrillBody } from './schemas-drills.ts';

type Deps = Pick<ApiDeps, 'organisation' | 'plan'>;

/** A drill order as it is read; its script only by those who hold it. */
export function drillView({ organisation, plan }: Deps, drill: Drill, seesScript: boolean): DrillBody {
  const { order, offices, consents } = drill;
  const nameOf = (id: string): string => personById(organisation, id)?.name ?? id;
  return {
    id: drill.id,
    status: drill.status,
    title: order.title,
    scenario: order.scenario,
    eventType: order.eventType,
    keyPeriod: order.keyPeriod,
    weakPoint: order.weakPoint,
    riskPoint: order.riskPoint,
    startsAt: order.startsAt,
    duration: order.duration,
    pace: order.pace,
    director: order.director,
    directorName: nameOf(order.director),
    draftedBy: drill.draftedBy,
    draftedAt: drill.draftedAt,
    approvedBy: drill.approvedBy,
    startedAt: drill.startedAt,
    endedAt: drill.endedAt,
    scoredAt: drill.scoredAt,
    finishedAt: drill.finishedAt,
    report: order.report,
    script: seesScript
      ? {
          scenes: order.injects.map(({ after, kind, text, stage, outcome }, index) => ({
            nr: index + 1,
            after,
            kind,
            text,
            stage: stage ?? null,
            outcome: outcome ?? null,
          })),
          truth: order.truth,
        }
      : null,
    offices: order.offices.map(({ office, participants }) => {
      const held = offices.find((each) => each.office === office);
      return {
        office,
        name: bodyById(organisation, office)?.name ?? office,
        status: held?.status ?? null,
        code: held?.code ?? null,
        participants: participants.map((id) => ({ id, name: nameOf(id) })),
        incidents: held?.incidents ?? [],
        scenes: held?.injects ?? [],
        startedAt: held?.startedAt ?? null,
        endedAt: held?.endedAt ?? null,
        realIncident: held?.realIncident ?? null,
      };
    }),
    outside: order.outside.map(({ office, party }) => ({
      office,
      party,
      partyName: plan.parties[party]?.name ?? party,
      consents: consents
        .filter((each) => each.office === office && each.party === party)
        .map(({ sha256, by, at }) => ({ sha256, by, byName: nameOf(by), at })),
    })),
  };
}

/** Whoever wrote, approved or directs it sees the script, and whoever may approve and takes no part; keys that may do all, too. */
export function seesScript({ actor }: FastifyRequest, { order, draftedBy, approvedBy }: Drill): boolean {
  if (actor?.kind !== 'account') return actor?.scope === 'full';
  const { person, role } = actor.account;
  if (person !== null && [draftedBy, approvedBy, order.director].includes(person)) return true;
  const takesPart = order.offices.some(({ participants }) => participants.includes(person ?? ''));
  return reachOf(role, 'approveDrill') !== null && !takesPart;
}
