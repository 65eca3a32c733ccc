import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { keptUntil, retentionKind } from '../archive/retention.ts';
import { runsToCome, stillHeld } from '../archive/whole.ts';
import { incidentWorkflowId, type IncidentId } from '../incident/ids.ts';
import { toInstant, toMs } from '../incident/instant.ts';
import {
  decideErasure, erasableOf, erasuresOf, proposeErasure, type ErasureRow,
} from '../store/erasures.ts'; // prettier-ignore
import { incidentById, type IncidentRow } from '../store/incidents.ts';
import { forgetRuns } from '../temporal/forget-runs.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import * as problems from './erasure-problems.ts';
import { mayHere } from './may-here.ts';
import { changeBy } from './on-record.ts';
import { unknownIncident } from './incident-problems.ts';
import {
  decidedErasureSchema,
  decideErasureBody,
  erasureSchema,
  proposeErasureBody,
} from './schemas-archive.ts';
import { idParams, PROBLEMS } from './schemas.ts';

const PATIENCE_MS = 5_000;
const DECISION = ['POST', '/api/incidents/:id/erasure/decision'] as const;
const PROPOSAL = ['POST', '/api/incidents/:id/erasure'] as const;

/** Lawful deletion of what an incident's record holds of people: one proposes, another approves, both on record. */
export const erasureRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { client, register, retention = {} } = deps;
    const tags = ['archive'];

    app.get(
      '/api/incidents/:id/erasure',
      {
        schema: {
          tags,
          summary:
            'What would be erased of this incident, from when on it may be, and what was proposed and decided so far',
          params: idParams,
          response: { 200: erasureSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const id = request.params.id as IncidentId;
        const incident = await known(id);
        const kind = retentionKind(incident);
        const maySee = [PROPOSAL, DECISION].some((route) => mayHere(request, deps, route, incident.office));
        return {
          status: incident.status,
          retention: { kind, years: retention[kind] ?? null, until: keptUntil(incident, retention) },
          erasable: await erasableOf(register, id),
          erasures: (await erasuresOf(register, id)).map((row) => view(row, maySee)),
        };
      },
    );

    app.post(
      '/api/incidents/:id/erasure',
      {
        schema: {
          tags,
          summary: 'Propose to erase what the record of a closed incident holds of people; another approves',
          params: idParams,
          body: proposeErasureBody,
          response: { 201: erasureSchema.shape.erasures.element, ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const id = request.params.id as IncidentId;
        const { basis, legalBasis = null, reason } = request.body;
        const incident = await known(id);
        const by = whoever(request, incident);
        await mustBeErasable(incident, basis);
        const { values, files, runs, bundle } = await erasableOf(register, id);
        if (values + files + runs === 0 && !bundle) throw problems.nothingToErase();
        const via = request.apiKeyId;
        const at = toInstant(Date.now());
        const proposed = await proposeErasure(
          register,
          { incidentId: id, basis, legalBasis, by, via, at, reason },
          changeBy(request, {
            area: 'erasures' as const,
            subject: `incident ${id}`,
            from: null,
            to: { act: 'proposed', basis, legalBasis, by, number: incident.number },
          }),
        );
        if (!proposed) throw problems.erasureWaits();
        const row = (await erasuresOf(register, id)).find((each) => each.id === proposed)!;
        return reply.code(201).send(view(row, true));
      },
    );

    app.post(
      '/api/incidents/:id/erasure/decision',
      {
        schema: {
          tags,
          summary:
            'Approve or refuse it. Approved, it is done at once and for good; the timeline still verifies, and backups are not reached',
          params: idParams,
          body: decideErasureBody,
          response: { 200: decidedErasureSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const id = request.params.id as IncidentId;
        const { erasure, approve } = request.body;
        const incident = await known(id);
        const by = whoever(request, incident);
        const row = (await erasuresOf(register, id)).find((each) => each.id === erasure);
        if (!row) throw problems.unknownErasure();
        if (row.decision) throw problems.decidedBefore(row.decision);
        if (approve && !isPerson(request)) throw problems.accountRequired();
        if (approve && isSame(request, by, row)) throw problems.samePersonErases();
        if (approve) await mustBeErasable(incident, row.basis);
        const { basis, legalBasis, proposedBy } = row;
        const decision = { id: erasure, incidentId: id, approve, by, at: toInstant(Date.now()) };
        const decided = await decideErasure(register, decision, (erased) =>
          changeBy(request, {
            area: 'erasures' as const,
            subject: `incident ${id}`,
            from: { proposedBy, basis, legalBasis },
            to: {
              act: approve ? 'erased' : 'refused',
              by,
              number: incident.number,
              ...(erased && { values: erased.values, files: erased.files, lastEntry: incident.lastSeq }),
              ...(erased && { runs: erased.runs.map(({ runId, sha256 }) => ({ runId, sha256 })) }),
            },
          }),
        );
        if (!decided) throw problems.decidedBefore(null);
        const { erased } = decided;
        return {
          decision: approve ? ('approved' as const) : ('refused' as const),
          erased: erased && { ...erased, runs: erased.runs.length },
          temporal: erased && (await forgotten(id, erased.runs.map(({ runId }) => runId))), // prettier-ignore
        };
      },
    );

    async function known(id: IncidentId): Promise<IncidentRow> {
      const incident = await incidentById(register, id);
      if (incident) return incident;
      throw unknownIncident(id);
    }

    async function mustBeErasable(incident: IncidentRow, basis: 'retention' | 'law'): Promise<void> {
      if (incident.status !== 'closed') throw problems.notClosed();
      const until = keptUntil(incident, retention);
      const isOver = until !== null && toMs(until) <= Date.now();
      if (basis === 'retention' && !isOver) throw problems.stillRetained(until);
      const runs = await runsToCome(register, incident.id);
      if (runs.length === 0) return;
      const held = () => stillHeld(client, incident.id, runs);
      // A server that cannot be asked may have them all.
      const waiting = await client.withDeadline(Date.now() + PATIENCE_MS, held).catch(() => runs);
      if (waiting.length > 0) throw problems.runsNotArchived(waiting.length);
    }

    /** An account speaks for itself; a key names a person of ours. */
    function whoever({ actor, apiKeyId, body }: FastifyRequest, incident: IncidentRow): string {
      if (actor?.kind === 'account') return actor.account.person ?? apiKeyId;
      const { by } = body as { by?: string | null };
      if (!by) throw problems.personRequired();
      acting.mustBeOneOfOurs(by, incident);
      return by;
    }

    /** Whoever holds a key can name anybody, and whoever makes keys can make another: who approves has signed in. */
    const isPerson = ({ actor }: FastifyRequest): boolean =>
      actor?.kind === 'account' && actor.account.person !== null;

    /** Two accounts of one person are one; so is one account, whatever person it is now, and one key, whomever it names. */
    function isSame({ apiKeyId }: FastifyRequest, by: string, row: ErasureRow): boolean {
      return row.proposedBy === by || row.proposedVia === apiKeyId;
    }

    async function forgotten(id: IncidentId, runIds: string[]): Promise<'erased' | 'notReached'> {
      const forget = () => forgetRuns(client, incidentWorkflowId(id), runIds);
      return client.withDeadline(Date.now() + PATIENCE_MS, forget).then(
        () => 'erased' as const,
        () => 'notReached' as const,
      );
    }
  };

const view = (row: ErasureRow, maySee: boolean) => ({
  id: row.id,
  basis: row.basis,
  legalBasis: row.legalBasis,
  reason: maySee ? row.reason : '',
  proposedBy: row.proposedBy,
  proposedAt: row.proposedAt,
  decision: row.decision,
  decidedBy: row.decidedBy,
  decidedAt: row.decidedAt,
  values: row.values,
  files: row.files,
  runs: row.runs?.length ?? null,
});
