import type { Role } from '../../../src/accounts/roles.ts';
import { twins } from '../words/words.tsx';

/** Roles by name; whoever adds a role adds its words, or the types say so. */
export const ROLE_NAMES = twins<Record<Role, string>>(
  {
    officer: '司法所工作人员',
    townshipCommand: '苏木(镇)应急处置指挥小组',
    leadingGroupOffice: '旗领导小组办公室',
    bureauGeneralOffice: '旗司法局办公室',
    dutyLeader: '带班领导',
    bureauLeader: '局领导',
    cityOffice: '市司法局应急办公室',
    administrator: '技术管理员',
    auditor: '督查审计',
  },
  {
    officer: 'Judicial office staff',
    townshipCommand: 'Township command group',
    leadingGroupOffice: 'Leading-group office',
    bureauGeneralOffice: 'Bureau general office',
    dutyLeader: 'Duty leader',
    bureauLeader: 'Bureau leader',
    cityOffice: 'City emergency office',
    administrator: 'Administrator',
    auditor: 'Auditor',
  },
);
