import { useSearchParams } from 'react-router';
import { Tabs } from '../look/tabs.tsx';
import { useWords } from '../words/words.tsx';
import { Revision } from './revision.tsx';
import { Screening } from './screening.tsx';
import { StudyTab } from './study.tsx';
import { REGISTERS } from './words.ts';
import '../look/marks.css';
import './registers.css';

const TABS = { study: StudyTab, screening: Screening, revision: Revision };
type Tab = keyof typeof TABS;

/** 五（一）, 五（三）, 七, 九: study of the plan, screening, and what asks for its revision. */
export function RegistersPage() {
  const words = useWords(REGISTERS);
  const [query] = useSearchParams();
  const names = Object.keys(TABS) as Tab[];
  const tab = names.find((one) => one === query.get('tab')) ?? 'study';
  const Component = TABS[tab];
  return (
    <section className="page registers">
      <h1>{words.title}</h1>
      <Tabs
        label={words.title}
        current={`/registers?tab=${tab}`}
        tabs={names.map((one) => ({ to: `/registers?tab=${one}`, name: words.tabs[one] }))}
      />
      <Component />
    </section>
  );
}
