import { messageKey, stageId, type IncidentId } from '../incident/ids.ts';
import type { Notice } from '../incident/notice.ts';

const place = {
  incidentId: 'b1c2d3e4-0000-4000-8000-000000000000' as IncidentId,
  stageId: stageId(2, 'policeCall'),
  opening: 1,
  line: 'judicialOffice',
  rung: 0,
  repeat: 0,
};

/** A duty of a judicial office at 02:13 in Ordos, due at 02:18. */
export const atNight: Notice = {
  key: messageKey(place),
  ...place,
  kind: 'duty',
  drill: false,
  party: 'judicialOffice',
  partyName: '司法所',
  contact: 1,
  outside: false,
  about: null,
  office: 'jia',
  holder: null,
  quiet: [],
  urgency: '特急',
  branchName: '正在实施及非正常死亡',
  stageName: '报警',
  clause: '四（三）',
  source: 'plan',
  duty: '立即向公安机关报警，并登记报警情况',
  within: 'PT5M',
  dueAt: '2026-03-06T18:18:00.000Z',
  automatic: false,
  superseded: false,
  withdrawn: false,
  sentAt: '2026-03-06T18:13:00.000Z',
  linkExpiresAt: '2026-03-13T18:13:00.000Z',
  number: null,
  numberSeries: { prefix: 'WS', year: 2026, drill: false },
};

/** What the notices' texts are made with. */
export const options = {
  number: 'WS-2026-0001',
  callBack: '0000-0000110',
  receiptUrl: 'http://127.0.0.1/r/token',
  timeZone: 'Asia/Shanghai',
};
