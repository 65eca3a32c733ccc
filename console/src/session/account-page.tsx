import { useQueryClient } from '@tanstack/react-query';
import { Button, Descriptions } from 'antd';
import { useState } from 'react';
import { ROLE_NAMES } from '../admin/roles.ts';
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
  },
  {
    title: 'Account',
    name: 'Account',
    person: 'Person',
    role: 'Role',
    out: 'Sign out',
  },
);

/** Who one is here, the password, and the way out. */
export function AccountPage() {
  const words = useWords(WORDS);
  const roles = useWords(ROLE_NAMES);
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
          { key: 'role', label: words.role, children: roles[account.role] },
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
