import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import pLimit from 'p-limit';
import { z } from 'zod';
import { collectionZip } from '../archive/collection.ts';
import type { BundleDeps } from '../archive/gather.ts';
import { bundleToSend } from '../archive/make.ts';
import { bundleKey } from '../archive/signing.ts';
import type { IncidentId } from '../incident/ids.ts';
import { runArchiveHeads } from '../store/archives.ts';
import { bundleOf } from '../store/bundles.ts';
import { closedIncidents } from '../store/closed-incidents.ts';
import { incidentById } from '../store/incidents.ts';
import { logIdentityRead, logIdentityReads } from '../store/personal.ts';
import type { ApiDeps } from './deps.ts';
import { mustBeReader } from './identity-reading.ts';
import { periodOf } from './period.ts';
import { Problem } from './problem.ts';
import { officesInReach } from './reach.ts';
import { unknownIncident } from './incident-problems.ts';
import { archiveSchema, bundleKeySchema, bundlesQuery, bundlesSchema } from './schemas-archive.ts';
import { idParams, PROBLEMS } from './schemas.ts';

/** Each incident in an export is a logged reading, and nobody reads more than these. */
const MAX_BUNDLES = 500;

const ZIP = 'application/zip';

/** One bundle is made after the other: alarms come between them. */
const one = pLimit(1);

/** Bundles of incidents: what remains when the system is gone, for whoever looks into it. */
export const archiveRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { register } = deps;
    const making = bundleDepsOf(deps);
    const tags = ['archive'];
    const file = { 200: z.any().describe('The file'), ...PROBLEMS };

    app.get(
      '/api/incidents/:id/archive',
      {
        schema: {
          tags,
          summary: 'Whether the bundle of this incident is kept, and what it is signed with',
          params: idParams,
          response: { 200: archiveSchema, ...PROBLEMS },
        },
      },
      async ({ params }) => {
        const id = params.id as IncidentId;
        const incident = await incidentById(register, id);
        if (!incident) throw unknownIncident(id);
        const row = await bundleOf(register, id);
        const { keyId, fingerprint } = bundleKey(register.keyring);
        return {
          status: incident.status,
          bundle:
            row?.bundleId && row.madeAt && row.sha256
              ? { madeAt: row.madeAt, size: row.size ?? 0, sha256: row.sha256 }
              : null,
          failure: row?.failure ? { code: row.failure, tries: row.failures, at: row.failedAt } : null,
          runs: (await runArchiveHeads(register, id)).length,
          key: { keyId, fingerprint },
        };
      },
    );

    app.get(
      '/api/incidents/:id/bundle',
      {
        schema: {
          tags,
          summary:
            'The bundle as .zip: opens without this system, and verifies with "fenghuo audit". Of an open incident a copy of this moment, marked so. The reading is logged',
          params: idParams,
          produces: [ZIP],
          response: file,
        },
      },
      async (request, reply) => {
        const id = request.params.id as IncidentId;
        const reader = await mustBeReader(register, request);
        if (!(await incidentById(register, id))) throw unknownIncident(id);
        await logIdentityRead(register, {
          incidentId: id,
          ...reader,
          route: 'GET /api/incidents/{id}/bundle',
        });
        const bundle = await one(() => bundleToSend(making, id));
        if (!bundle) throw unknownIncident(id);
        if (bundle.size !== null) void reply.header('content-length', bundle.size);
        return zipped(reply, bundle.name).send(Readable.from(bundle.bytes()));
      },
    );

    app.get(
      '/api/bundles',
      {
        schema: {
          tags,
          summary:
            'Closed incidents by day of receipt, office and branch, and whether their bundles are kept',
          querystring: bundlesQuery,
          response: { 200: bundlesSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const { from, to, ...period } = periodOf(request.query);
        const among = officesInReach(request, deps);
        const filter = { ...request.query, ...period, among, limit: MAX_BUNDLES };
        return { from, to, bundles: await closedIncidents(register, filter) };
      },
    );

    app.get(
      '/api/register/bundles',
      {
        schema: {
          tags,
          summary: 'The same bundles as one .zip, 500 at most. Each incident in it is a logged reading',
          querystring: bundlesQuery,
          produces: [ZIP],
          response: file,
        },
      },
      async (request, reply) => {
        const reader = await mustBeReader(register, request);
        const { from, to, ...period } = periodOf(request.query);
        const among = officesInReach(request, deps);
        const filter = { ...request.query, ...period, among, limit: MAX_BUNDLES + 1 };
        const incidents = await closedIncidents(register, filter);
        if (incidents.length === 0) throw noneThere();
        if (incidents.length > MAX_BUNDLES) throw tooMany();
        const route = 'GET /api/register/bundles';
        await logIdentityReads(
          register,
          incidents.map(({ id }) => ({ incidentId: id, ...reader, route })),
        );
        return zipped(reply, `bundles-${from}-${to}.zip`)
          .header('x-bundles', incidents.length)
          .send(collectionZip(making, incidents, new Date()));
      },
    );

    app.get(
      '/api/bundle-key',
      {
        schema: {
          tags,
          summary: 'The public key that bundles are signed with: publish its fingerprint',
          response: { 200: bundleKeySchema, ...PROBLEMS },
        },
      },
      async () => bundleKey(register.keyring),
    );
  };

/** What bundles are made with, of what the API stands on. */
export const bundleDepsOf = ({ register, organisation, client }: ApiDeps): BundleDeps => ({
  register,
  organisation,
  dataConverter: client.options.loadedDataConverter,
});

const zipped = (reply: FastifyReply, name: string): FastifyReply =>
  reply
    .type(ZIP)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`);

const noneThere = (): Problem =>
  new Problem({
    status: 404,
    code: 'NO_BUNDLES',
    title: '所选范围内没有已办结的事件',
    detail: 'Choose another period, office or branch. Incidents that are open have no bundle yet.',
  });

const tooMany = (): Problem =>
  new Problem({
    status: 422,
    code: 'PERIOD_TOO_LONG',
    title: `所选范围内的事件超过 ${MAX_BUNDLES} 件，请缩短期间或选择一个司法所`,
    detail: `One export holds ${MAX_BUNDLES} bundles. Ask for a shorter period, or for one office.`,
  });
