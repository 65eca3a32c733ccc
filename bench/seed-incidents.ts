import { sql } from 'drizzle-orm';
import type { PlanPin } from '../src/incident/entry.ts';
import { rowsOf, type Register } from '../src/store/open.ts';

/**
 * Fills an empty register with open incidents as the projections have them, each with eight stages of which five are open, ten
 * messages and thirty entries. Their chains are not real: nothing here asks for them. A register that has incidents stays as it is.
 */
export async function seedIncidents({ db }: Register, incidents: number, pin: PlanPin): Promise<void> {
  const [{ n } = { n: 0 }] = await rowsOf<{ n: number }>(db, sql`select count(*)::int as n from incident`);
  if (n > 0) return;
  await db.execute(sql`
    insert into incident (id, number, drill, plan_key, plan_edition, plan_hash, event_type, office, branch, branch_name, status,
      received_at, opened_at, subjects, missing, marks, body_hash, api_key_id, last_seq)
    select gen_random_uuid(), 'YS-2026-' || lpad(nr::text, 5, '0'), nr % 20 = 0, ${pin.key}, ${pin.edition}, ${pin.hash}, 'riskSign',
      (array['jia', 'yi', 'bing'])[nr % 3 + 1], 'riskSigns', '苗头迹象处置', 'open', at, at, 0, '[]', '[]', 'seed', 'seed', 30
    from (select nr, now() - random() * interval '30 days' as at from generate_series(1, ${incidents}::int) nr) seeded`);
  await db.execute(sql`
    insert into incident_branch (incident_id, entry, branch, branch_name, clause, run_id, entered_at, chosen)
    select id, 1, branch, branch_name, '四（二）', 'seed', opened_at, 'plan' from incident`);
  await db.execute(sql`
    insert into stage (incident_id, stage_id, opening, entry, stage, stage_name, clause, source, owner, duty, within, opened_at,
      due_at, resolved_at, outcome, resolved_by)
    select id, '1.stage' || nr, 1, 1, 'stage' || nr, '职责' || nr, '四（二）', 'plan', 'judicialOffice', '职责', 'PT2H', opened_at,
      opened_at + random() * interval '60 days', case when nr > 5 then opened_at end, case when nr > 5 then 'done' end,
      case when nr > 5 then 'jia-1' end
    from incident, generate_series(1, 8) nr`);
  await db.execute(sql`
    insert into message (key, incident_id, stage_id, opening, line, kind, party, party_name, outside, urgency, duty, rung, repeat,
      sent_at, acknowledged_at, attempts)
    select id || '/' || nr, id, '1.stage' || (nr % 8 + 1), 1, 'judicialOffice', 'duty', 'judicialOffice', '司法所', false, '紧急', '职责', 0,
      nr, opened_at, case when nr % 2 = 0 then opened_at end, 1
    from incident, generate_series(1, 10) nr`);
  await db.execute(sql`
    insert into entry (incident_id, seq, at, kind, data, personal, prev, hash)
    select id, nr, opened_at + nr * interval '1 minute', 'stageOverdue', '{"stageId": "1.stage1", "opening": 1}', '{}', repeat('0', 64),
      repeat('0', 64)
    from incident, generate_series(1, 30) nr`);
  await db.execute(sql`
    insert into happening (incident_id, seq, office, kind, at)
    select incident_id, seq, office, kind, at from entry join incident on id = incident_id order by at`);
  for (const table of ['incident', 'stage', 'message', 'entry', 'happening'])
    await db.execute(sql`analyze ${sql.identifier(table)}`);
}
