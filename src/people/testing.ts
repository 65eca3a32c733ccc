import { loadOrganisation, type Organisation } from './organisation.ts';
import { instantAt } from './watch.ts';

/** The instant of a time in Asia/Shanghai, e.g. `2026-10-01 20:00`. */
export const at = instantAt;

/** An invented organisation of two bodies, the office with a roster as YAML text (indented by six), and what else stands at its top. */
export const organisationWith = (roster: string, top = ''): Organisation =>
  loadOrganisation({
    name: 'organisation.yaml',
    text: `key: invented
name: 虚构旗司法局
numberPrefix: XG
${top}
bodies:
  - id: office
    name: 虚构司法所
    party: judicialOffice
    callBack: 000-0000-0101
    contacts: [zhao, qian, sun, wu]
${roster && `    roster:${roster}`}
  - id: leaders
    name: 虚构带班领导
    party: dutyLeader
    callBack: 000-0000-0102
    contacts: [li]
people:
${['zhao', 'qian', 'sun', 'wu'].map((id) => `  - { id: ${id}, name: 虚构${id}, post: 工作人员, body: office, email: ${id}@example.invalid }`).join('\n')}
  - { id: li, name: 虚构li, post: 副局长, body: leaders, email: li@example.invalid }
`,
  });
