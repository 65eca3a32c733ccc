import { SHOWN_TIME_ZONE, type Instant } from '../incident/instant.ts';

export type Part = 'ok' | 'down';

/** What the watch saw of each part when it last looked; null: it could not ask. */
export interface Seen {
  register: Part | null;
  temporal: Part | null;
  /** Whether workers ask for work. */
  workers: Part | null;
  /** Open incidents whose version has no worker: they stand still while others go on. Left out, or null, where nobody counts them. */
  stranded?: number | null;
}

/** What is told to the administrators. */
export interface Word {
  subject: string;
  text: string;
}

const STATE: Record<Part, string> = { ok: '正常', down: '无应答' };
const WORKERS: Record<Part, string> = { ok: '有', down: '没有（或不属于当前版本）' };
const UNKNOWN = '无法查询';

const shown = (at: Instant): string =>
  new Intl.DateTimeFormat('zh-CN', {
    dateStyle: 'long',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone: SHOWN_TIME_ZONE,
  }).format(new Date(at));

/** That nothing is processed, or that some incidents are not. Names parts of the system alone: no incident, no person. */
export const silentWord = ({
  since,
  seen,
  system,
}: {
  since: Instant;
  seen: Seen;
  system: string;
}): Word => ({
  subject: '【烽火】系统已停止处理，请立即查看',
  text: [
    seen.stranded && seen.workers === 'ok'
      ? `自 ${shown(since)} 起，有 ${seen.stranded} 起未结事件没有处理：其所属版本没有工作进程（fenghuo rollout status）。其他事件照常处理。`
      : `烽火系统自 ${shown(since)} 起没有处理任何环节。`,
    '',
    `台账数据库：${seen.register ? STATE[seen.register] : UNKNOWN}`,
    `Temporal 服务：${seen.temporal ? STATE[seen.temporal] : UNKNOWN}`,
    `工作进程：${seen.workers ? WORKERS[seen.workers] : UNKNOWN}`,
    '',
    '恢复之前，到期环节不会自动催办，通知可能没有发出。请值班人员按预案直接电话联系，并通知系统管理员。',
    '处理步骤见运维说明“Nothing is processed”一节。恢复后另行通知。',
    '',
    'Nothing has been processed since then: deadlines do not fire, notices may not go out. Phone on, by the plan.',
    `系统：${system}`,
  ].join('\n'),
});

/** That it is over. */
export const processingWord = ({ system }: { system: string }): Word => ({
  subject: '【烽火】系统已恢复处理',
  text: [
    '烽火系统已恢复处理。中断期间到期的环节正在依次催办，请值班人员核对各事件的当前环节。',
    '',
    'Processing goes on. What fell due meanwhile is being told now.',
    `系统：${system}`,
  ].join('\n'),
});
