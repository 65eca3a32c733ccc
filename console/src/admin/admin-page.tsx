import { useSearchParams } from 'react-router';
import { useSession } from '../api/session.ts';
import { Tabs } from '../look/tabs.tsx';
import { useWords } from '../words/words.tsx';
import { ADMIN_TABS, tabsOf } from './tabs.ts';
import { ADMIN } from './words.ts';
import '../look/marks.css';
import './admin.css';

/** What keeps the system in order: each page for those whose rights allow it. */
export function AdminPage() {
  const words = useWords(ADMIN);
  const { data: who } = useSession();
  const [query] = useSearchParams();
  const tabs = tabsOf(who);
  const tab = tabs.find((one) => one === query.get('tab')) ?? tabs[0];
  if (!tab) return null;
  const { component: Component } = ADMIN_TABS[tab];
  return (
    <section className="page admin">
      <h1>{words.title}</h1>
      <Tabs
        label={words.title}
        current={`/admin?tab=${tab}`}
        tabs={tabs.map((one) => ({ to: `/admin?tab=${one}`, name: words.tabs[one] }))}
      />
      <Component />
    </section>
  );
}
