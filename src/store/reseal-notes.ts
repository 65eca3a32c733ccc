import { sql } from 'drizzle-orm';
import type { Step } from './reseal.ts';
import { rowsOf } from './open.ts';
import { readable, seal, unseal } from './seal.ts';

/** Texts at once; of files, which may have 20 MiB each, fewer. */
const BATCH = 200;

interface Note {
  table: string;
  text: string;
  key: string;
  of: string;
  name: string;
  batch?: number;
}

/** A text of `sealed-text.ts`: bound to its own row. */
const besideRow = (table: string, text: string, name: string): Note => ({
  table,
  text,
  name,
  key: `${text}_key_id`,
  of: 'id',
});

/** Texts sealed beside what they are about, and not in `sealed`: where each stands, and what it is bound to. */
const NOTES = (
  [
    { table: 'handover', text: 'note', key: 'note_key_id', of: 'id', name: 'handover.note' },
    {
      table: 'identity_grant',
      text: 'reason',
      key: 'key_id',
      of: 'account_id',
      name: 'identityGrant.reason',
    },
    { table: 'identity_read', text: 'reason', key: 'key_id', of: 'incident_id', name: 'identityRead.reason' },
    {
      table: 'document_scan',
      text: 'file',
      key: 'key_id',
      of: 'incident_id',
      name: 'document.scan',
      batch: 4,
    },
    {
      table: 'attachment',
      text: 'file',
      key: 'key_id',
      of: 'incident_id',
      name: 'attachment.file',
      batch: 4,
    },
    { table: 'attachment', text: 'name', key: 'name_key_id', of: 'incident_id', name: 'attachment.name' },
    {
      table: 'bundle_piece',
      text: 'piece',
      key: 'key_id',
      of: 'incident_id',
      name: 'bundle.piece',
      batch: 20,
    },
    { table: 'erasure', text: 'reason', key: 'key_id', of: 'incident_id', name: 'erasure.reason' },
    { table: 'drill', text: 'sealed_order', key: 'key_id', of: 'id', name: 'drill.order' },
    { table: 'drill_consent', text: 'file', key: 'key_id', of: 'drill_id', name: 'drill.consent', batch: 4 },
    besideRow('screening_finding', 'words', 'screeningFinding.words'),
    besideRow('screening_finding', 'ended', 'screeningFinding.ended'),
    besideRow('revision_prompt', 'words', 'revisionPrompt.words'),
    besideRow('revision_prompt', 'reason', 'revisionPrompt.reason'),
  ] as Note[]
).map(({ name, batch = BATCH, ...columns }) => ({
  name,
  batch,
  table: sql.identifier(columns.table),
  text: sql.identifier(columns.text),
  key: sql.identifier(columns.key),
  of: sql.identifier(columns.of),
}));

/** How many such texts are under the key `id`, as a subquery. */
export const notesUnder = (id: string) =>
  sql.join(
    NOTES.map(
      ({ table, text, key }) =>
        sql`(select count(*) from ${table} where ${key} = ${id} and ${text} is not null)`,
    ),
    sql` + `,
  );

/** Brings these texts under the ring's current key, one step for each table. */
export const resealNotes: Step[] = NOTES.map(
  ({ name, batch, table, text, key, of }): Step =>
    async (tx, { keyring }, done, after) => {
      const { currentId } = keyring;
      const rows = await rowsOf<{ id: string; of: string; box: Uint8Array; keyId: string }>(
        tx,
        sql`select id::text as id, ${of}::text as of, ${text} as box, ${key} as "keyId" from ${table}
          where ${key} <> ${currentId} and ${text} is not null and id::text > ${after}
          order by id::text limit ${batch} for update`,
      );
      for (const { id, of: incidentId, box, keyId } of rows) {
        const place = { incidentId, name, sealedId: id };
        const clear = readable(() => unseal(keyring, keyId, place, box));
        if (clear) {
          const resealed = seal(keyring, place, clear);
          await tx.execute(
            sql`update ${table} set ${text} = ${resealed}, ${key} = ${currentId} where id::text = ${id}`,
          );
          done.values += 1;
        } else done.unreadable += 1;
      }
      return rows.length < batch ? null : rows.at(-1)!.id;
    },
);
