import { useQueryClient } from '@tanstack/react-query';
import { Button, Descriptions } from 'antd';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { twins, useWords } from '../words/words.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { forgetDraft } from '../report/draft.ts';
import { NewPassword } from './new-password.tsx';

const WORDS = twins(
  {
    title: '账号',
    name: '账号',
    person: '人员',
    role: '角色',
    out: '退出登录',
    roles: {
      officer: '司法所工作人员',
      townshipCommand: '苏木(镇)应急处置指挥小组',
      leadingGroupOffice: '旗领导小组办公室',
      bureauGeneralOffice: '旗司法局办公室',
      dutyLeader: '带班领导',
      bureauLeader: '局领导',
      cityOffice: '市司法局应急办公室',
      administrator: '技术管理员',
      auditor: '督查审计',
    } as Record<string, string>,
  },
  {
    title: 'Account',
    name: 'Account',
    person: 'Person',
    role: 'Role',
    out: 'Sign out',
    roles: {
      officer: 'Judicial office staff',
      townshipCommand: 'Township command group',
      leadingGroupOffice: 'Leading-group office',
      bureauGeneralOffice: 'Bureau general office',
      dutyLeader: 'Duty leader',
      bureauLeader: 'Bureau leader',
      cityOffice: 'City emergency office',
      administrator: 'Administrator',
      auditor: 'Auditor',
    } as Record<string, string>,
  },
);

/** Who one is here, the password, and the way out. */
export function AccountPage() {
  const words = useWords(WORDS);
  const client = useQueryClient();
  const [failed, setFailed] = useState<unknown>();
  const account = useSession().data?.account;
  if (!account) return null;

  async function signOut(): Promise<void> {
    try {
      await ask('/api/session', { method: 'DELETE' });
    } catch (error) {
      return setFailed(error);
    }
    forgetDraft();
    client.clear();
    window.location.assign('/console/');
  }

  return (
    <section className="page">
      <h1>{words.title}</h1>
      <Descriptions
        column={1}
        bordered
        size="small"
        items={[
          { key: 'name', label: words.name, children: account.name },
          { key: 'person', label: words.person, children: account.personName ?? '—' },
          { key: 'role', label: words.role, children: words.roles[account.role] },
        ]}
      />
      <NewPassword current={null} />
      <ProblemNote error={failed} />
      <Button danger onClick={() => void signOut()}>
        {words.out}
      </Button>
    </section>
  );
}
