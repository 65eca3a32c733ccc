import type { DataConverter } from '@temporalio/common';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import type { Organisation } from '../people/organisation.ts';
import { runArchiveHeads } from '../store/archives.ts';
import { attachmentsOf } from '../store/attachments.ts';
import { documentsOf } from '../store/documents.ts';
import { scansOf } from '../store/document-scans.ts';
import { doneErasures } from '../store/erasures.ts';
import { incidentDetail, type IncidentDetail } from '../store/incidents.ts';
import type { Register } from '../store/open.ts';
import { planEdition } from '../store/plans.ts';
import { openPersonal } from '../store/personal.ts';

/** What bundles are made with. */
export interface BundleDeps {
  register: Register;
  organisation: Organisation;
  /** With which archived histories are decoded. */
  dataConverter: DataConverter;
}

/** All that a bundle tells, but for the files themselves. */
export interface Gathered {
  detail: IncidentDetail;
  /** By entry and name; null once erased. */
  personal: Map<number, Record<string, string | null>>;
  /** The plan it was pinned to; null when the register never saw it. */
  plan: string | null;
  documents: Awaited<ReturnType<typeof documentsOf>>;
  /** Drafts that nobody signed: how many, for they stay in the county. */
  unsigned: number;
  scans: Awaited<ReturnType<typeof scansOf>>;
  attachments: Awaited<ReturnType<typeof attachmentsOf>>;
  runs: Awaited<ReturnType<typeof runArchiveHeads>>;
  erasures: Awaited<ReturnType<typeof doneErasures>>;
  madeAt: Instant;
}

/** What the register has of an incident; null when it has none of this id. Files are left where they are. */
export async function gather(
  { register }: BundleDeps,
  id: IncidentId,
  madeAt: Instant,
): Promise<Gathered | null> {
  const detail = await incidentDetail(register, id);
  if (!detail) return null;
  const documents = await documentsOf(register, id);
  const attachments = await attachmentsOf(register, id, true);
  return {
    detail,
    madeAt,
    attachments,
    personal: await openPersonal(register, id),
    plan: await planEdition(register, detail.incident.plan),
    documents: documents.filter(({ signedAt }) => signedAt !== null),
    unsigned: documents.filter(({ status }) => status === 'draft').length,
    scans: await scansOf(register, id),
    runs: await runArchiveHeads(register, id),
    erasures: await doneErasures(register, id),
  };
}
