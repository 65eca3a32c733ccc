import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { incidentWorkflowId, type Anchor, type IncidentId } from '../incident/ids.ts';
import { runArchives } from '../store/archives.ts';
import { auditRegister } from '../store/audit.ts';
import { decodeEvents } from '../temporal/raw-events.ts';
import { unpackHistory } from '../temporal/run-history.ts';
import type { IncidentResult } from '../workflows/incident.ts';
import { position } from '../workflows/messages.ts';
import type { ApiDeps } from './deps.ts';
import { isUnreachable } from './incident-problems.ts';
import { auditSchema } from './schemas-audit.ts';
import { PROBLEMS } from './schemas.ts';

const PATIENCE_MS = 5_000;

/** So many workflows in a row that do not answer: no worker runs, and to ask each of the others would take hours. */
const SILENT_IN_A_ROW = 2;

type AuditDeps = Pick<ApiDeps, 'register' | 'client'>;

/** Verifying the register against itself and against the workflows. */
export const auditRoutes =
  (deps: AuditDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const schema = {
      tags: ['audit'],
      summary:
        "Verify every timeline's chain, its end against the workflow's anchor, and what is read against it",
      response: { 200: auditSchema, ...PROBLEMS },
    };
    const verify = async () => auditRegister(deps.register, createAnchors(deps));
    app.post('/api/audit', { schema }, verify);
    // It changes nothing: an auditor, who may write nothing, asks in this way.
    app.get('/api/audit', { schema }, verify);
  };

/**
 * Asks for the last entry that a workflow knows to be written: what it ended with or, while it runs, what it says itself.
 * Null where nobody answers, or where Temporal has forgotten a workflow whose end is not archived.
 */
function createAnchors(deps: AuditDeps): (id: IncidentId) => Promise<Anchor | null> {
  const { client } = deps;
  let silent = 0;
  return async (id) => {
    // The archive first: most incidents are closed, and a closed workflow is replayed from its start to answer.
    const archived = await archivedAnchor(deps, id);
    if (archived || silent >= SILENT_IN_A_ROW) return archived;
    try {
      const handle = client.workflow.getHandle(incidentWorkflowId(id));
      const said = await client.withDeadline(Date.now() + PATIENCE_MS, () => handle.query(position));
      silent = 0;
      return said.anchor;
    } catch (error) {
      if (isUnreachable(error)) silent += 1;
      return null;
    }
  };
}

/**
 * The result in the archived history of an incident's last run; null when the run that closed it is not archived, or not readable.
 * The archive lies in the very database that is audited, but nobody without the codec's key can make a result that decodes.
 */
async function archivedAnchor({ register, client }: AuditDeps, id: IncidentId): Promise<Anchor | null> {
  const last = (await runArchives(register, id)).at(-1);
  if (!last) return null;
  try {
    const { history } = unpackHistory(last.history);
    const ending = { events: history.events?.slice(-1) ?? [] };
    const [end] = await decodeEvents(ending, client.options.loadedDataConverter);
    const result = end?.attributes['result'] as { payloads?: Partial<IncidentResult>[] } | undefined;
    const [closing] = result?.payloads ?? [];
    return (closing?.closedAs && closing.anchor) ?? null;
  } catch {
    return null;
  }
}
