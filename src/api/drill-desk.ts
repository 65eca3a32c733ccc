import type { FastifyRequest } from 'fastify';
import type { DrillOrder } from '../drills/order.ts';
import { gives } from '../drills/needed.ts';
import type { PlanStage } from '../plan/part.ts';
import { offices } from '../people/organisation.ts';
import { ourPerson } from '../people/ours.ts';
import { openRealIncidents } from '../store/drill-offices.ts';
import { drillById, type Drill } from '../store/drills.ts';
import type { ApiDeps } from './deps.ts';
import * as problems from './drill-problems.ts';
import { Problem } from './problem.ts';
import { officesInReach } from './reach.ts';

/** What has to hold before a drill order is kept, approved or begun. */
export function createDrillDesk(deps: ApiDeps) {
  const { register, organisation, plan } = deps;
  return {
    /** One drill within reach. Throws 404 `UNKNOWN_DRILL`. */
    async known(request: FastifyRequest, id: string): Promise<Drill> {
      const drill = await drillById(register, id);
      if (drill && isInReach(request, drill.order)) return drill;
      throw problems.unknownDrill();
    },
    isInReach,

    /** Throws 422 or 403 for an order that names what is not there. */
    mustBeSound(request: FastifyRequest, order: DrillOrder): void {
      const known = offices(organisation).map(({ id }) => id);
      const unknown = order.offices.map(({ office }) => office).filter((id) => !known.includes(id));
      if (unknown.length > 0 || hasTwice(order)) throw unknownOffice(known);
      const among = officesInReach(request, deps);
      if (among && order.offices.some(({ office }) => !among.includes(office))) throw problems.outOfReach();
      const people = [order.director, ...order.offices.flatMap(({ participants }) => participants)];
      const strangers = people.filter((id) => !ourPerson(organisation, plan, id));
      if (strangers.length > 0) throw unknownPeople(strangers);
      if (order.eventType !== null && !Object.hasOwn(plan.eventTypes, order.eventType))
        throw unknownType(Object.keys(plan.eventTypes));
      const inside = order.outside.filter(({ party }) => !plan.parties[party]?.outside);
      if (inside.length > 0) throw problems.notOutside({ parties: inside });
      if (order.outside.some(({ office }) => !order.offices.some((each) => each.office === office)))
        throw problems.outOfReach();
      for (const { kind, stage = '', outcome = '' } of order.injects)
        if (kind === 'outcome' && !stagesOf().some(([key, rule]) => key === stage && rule.outcomes[outcome]))
          throw problems.invalidScene({ stage, outcome });
    },

    /** Outside parties are named with their consent alone. Throws 409 `DRILL_CONSENT_MISSING`. */
    mustHaveConsents({ order, consents }: Drill): void {
      const without = order.outside.filter(
        ({ office, party }) => !consents.some((each) => each.office === office && each.party === party),
      );
      if (without.length > 0) throw problems.consentMissing({ without });
    },

    /** Nothing real goes on where it is to begin. Throws 409 `OFFICE_IN_INCIDENT`. */
    async mustBeFree({ order }: Drill): Promise<void> {
      const real = await openRealIncidents(register);
      const taken = order.offices.filter((held) =>
        real.some(({ office }) =>
          gives(organisation, plan.parties, { ...held, director: order.director }, office),
        ),
      );
      if (taken.length > 0) throw problems.inIncident({ offices: taken.map(({ office }) => office) });
    },
  };

  /** A drill is seen where one of its offices is. */
  function isInReach(request: FastifyRequest, order: DrillOrder): boolean {
    const among = officesInReach(request, deps);
    return among === null || order.offices.some(({ office }) => among.includes(office));
  }

  function stagesOf(): [string, PlanStage][] {
    return [...Object.values(plan.branches).map(({ stages }) => stages), plan.firstResponse].flatMap(
      (stages) => Object.entries(stages),
    );
  }
}

const hasTwice = ({ offices: held }: DrillOrder): boolean =>
  new Set(held.map(({ office }) => office)).size < held.length;

const unknownOffice = (known: string[]): Problem =>
  new Problem({
    status: 422,
    code: 'UNKNOWN_OFFICE',
    title: '没有此司法所',
    detail: 'Name each office of the organisation once.',
    more: { offices: known },
  });

const unknownPeople = (people: string[]): Problem =>
  new Problem({
    status: 422,
    code: 'UNKNOWN_PERSON',
    title: '参演人员和导调人须为本系统人员',
    detail:
      'Participants and director are people of our own bodies, by id. Outside parties take part with their written consent alone: name them under `outside`.',
    more: { people },
  });

const unknownType = (known: string[]): Problem =>
  new Problem({
    status: 422,
    code: 'UNKNOWN_EVENT_TYPE',
    title: '此版预案没有此事件类型',
    detail: 'Send one of the plan in force, or null.',
    more: { known },
  });
