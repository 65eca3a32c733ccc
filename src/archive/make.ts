import type { Readable } from 'node:stream';
import type { IncidentId } from '../incident/ids.ts';
import { toInstant } from '../incident/instant.ts';
import { bundleBytes, bundleOf, keepBundle, noteBundleFailure, type BundleRow } from '../store/bundles.ts';
import { incidentById } from '../store/incidents.ts';
import { bundleFiles } from './bundle-files.ts';
import { gather, type BundleDeps, type Gathered } from './gather.ts';
import { FORMAT } from './layout.ts';
import { isWhole } from './whole.ts';
import { bundleZip } from './write-zip.ts';

/** A bundle as bytes, and what it is called. */
export interface Bundle {
  name: string;
  /** Null where it is made while it is sent. */
  size: number | null;
  bytes: () => AsyncIterable<Uint8Array>;
}

/** Makes an incident's bundle of what the register has now; null when it has none of this id. Nothing is kept. */
export async function makeBundle(
  deps: BundleDeps,
  id: IncidentId,
): Promise<{ gathered: Gathered; zip: () => Promise<Readable> } | null> {
  const gathered = await gather(deps, id, toInstant(Date.now()));
  if (!gathered) return null;
  const { incident, timeline } = gathered.detail;
  const last = timeline.at(-1);
  const about = {
    format: FORMAT,
    incident: id,
    number: incident.number,
    state: incident.status,
    drill: incident.drill,
    madeAt: gathered.madeAt,
    plan: incident.plan,
    head: { seq: last?.seq ?? 0, hash: last?.hash ?? '0'.repeat(64) },
  };
  const zip = async () => bundleZip(deps.register.keyring, about, await bundleFiles(deps, gathered));
  return { gathered, zip };
}

/**
 * Makes and keeps the bundle of a closed incident; one that is kept already and says the same stands. Throws what keeps it from
 * being made, which is noted beside the incident. Gives null where nothing is to be kept: an incident that is open, or unknown.
 */
export async function makeAndKeep(
  deps: BundleDeps,
  incidentId: IncidentId,
  goOn?: () => void,
): Promise<BundleRow | null> {
  const { register } = deps;
  try {
    const made = await makeBundle(deps, incidentId);
    if (made?.gathered.detail.incident.status !== 'closed') return null;
    const { madeAt, detail } = made.gathered;
    const head = detail.timeline.at(-1)?.hash ?? '';
    const kept = await bundleOf(register, incidentId);
    if (kept?.bundleId && kept.head === head) return kept;
    const zip = await made.zip();
    const isKept = await keepBundle(register, { incidentId, head, madeAt }, () => zip, goOn);
    const now = await bundleOf(register, incidentId);
    if (isKept || now?.bundleId) return now;
    throw new Error('something was erased while the bundle was made');
  } catch (error) {
    const { code, name } = error as Error & { code?: string };
    await noteBundleFailure(register, incidentId, code ?? name).catch(() => undefined);
    throw error;
  }
}

/**
 * The bundle to hand out: the one that is kept; of a closed incident whose runs are all archived and that has none, one that is
 * made and kept now; else one of this moment, made while it is sent. Null for an unknown incident.
 */
export async function bundleToSend(deps: BundleDeps, id: IncidentId): Promise<Bundle | null> {
  const { register } = deps;
  const incident = await incidentById(register, id);
  if (!incident) return null;
  const name = `${incident.number ?? id}.zip`;
  const found = await bundleOf(register, id);
  const kept = found?.bundleId || !(await isWhole(register, incident)) ? found : await makeAndKeep(deps, id);
  if (kept?.bundleId && kept.size !== null) {
    const { bundleId, size } = kept;
    return { name, size, bytes: () => bundleBytes(register, { incidentId: id, bundleId, size }) };
  }
  const made = await makeBundle(deps, id);
  if (!made) return null;
  const zip = await made.zip();
  return { name, size: null, bytes: () => zip };
}
