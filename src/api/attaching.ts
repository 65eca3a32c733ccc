import { posix, win32 } from 'node:path';
import type { IncidentId, StageId } from '../incident/ids.ts';
import { toInstant } from '../incident/instant.ts';
import * as store from '../store/attachments.ts';
import { noteAttachment } from '../workflows/messages-attachments.ts';
import * as problems from './attachment-problems.ts';
import { attachmentType } from './attachment-types.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';
import { say } from './say.ts';

/** Bytes. */
export const MAX_ATTACHMENT = 20 * 1024 * 1024;

/** A run carries their ids along. */
const MAX_OF_AN_INCIDENT = 200;

/** A file whose incident never said that it has it is kept so long: whoever sent it has sent it again, or never will. */
const UNNOTED_MS = 24 * 3_600_000;

interface Given {
  incidentId: IncidentId;
  stageId: string | null;
  by: string;
  /** Percent-encoded, as the header has it. */
  name: string;
  /** The request's body, whatever came. */
  body: unknown;
}

/**
 * Keeps a file and says so to its incident: the file first, so that no entry names one that is not there. Sent again after
 * anything went wrong it counts once. Throws 422 `ATTACHMENT_UNUSABLE`, 409 `TOO_MANY_ATTACHMENTS`, `IncidentClosed`, 404
 * `UnknownStage`, 503 while nobody answers.
 */
export async function keepAttachment(
  deps: ApiDeps,
  { incidentId, stageId, by, name, body }: Given,
): Promise<store.AttachmentRow> {
  const { register } = deps;
  const file = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const type = await attachmentType(file);
  if (!type) throw problems.badAttachment();
  if ((await store.countAttachments(register, incidentId)) >= MAX_OF_AN_INCIDENT)
    throw problems.tooManyAttachments();
  const row = await store.addAttachment(register, {
    incidentId,
    stageId: stageId as StageId | null,
    by,
    type,
    file,
    name: fileName(name),
  });
  if (row.notedAt !== null) return row;
  const { id, sha256, size } = row;
  const said = { attachment: id, stageId: row.stageId, sha256, size, type: row.type, by: row.by };
  await say(deps, incidentId, noteAttachment, said).catch(async (error: unknown) => {
    if (error instanceof Problem && error.details.status < 500) await store.dropAttachment(register, id);
    throw error;
  });
  await store.markAttachmentNoted(register, id, toInstant(Date.now()));
  await store.sweepAttachments(register, toInstant(Date.now() - UNNOTED_MS));
  return row;
}

/** Its last part, without what is not seen or turns letters round. */
function fileName(header: string): string {
  const base = posix.basename(win32.basename(decoded(header)));
  return base.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 200);
}

function decoded(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}
