import { Suspense } from 'react';
import { Link, NavLink, Route, Routes } from 'react-router';
import { LineLost } from '../alert/line-lost.tsx';
import { useAlert } from '../alert/use-alert.ts';
import { AlarmsWaiting } from '../report/alarms-waiting.tsx';
import { useEvents } from '../api/events.ts';
import { may, type WhoAmI } from '../api/session.ts';
import { Loading } from '../look/loading.tsx';
import { LanguageSwitch } from '../words/language-switch.tsx';
import { twins, useSpeech, useWords } from '../words/words.tsx';
import { NoPage } from './no-page.tsx';
import { PAGES } from './pages.ts';

const WORDS = twins(
  { skip: '跳到正文', menu: '主菜单', report: '报告突发事件', account: '账号' },
  { skip: 'Skip to content', menu: 'Main menu', report: 'Report an incident', account: 'Account' },
);

/** What stands around every page: where one can go, and the alarm, always in reach. */
export function Frame({ who }: { who: WhoAmI }) {
  const words = useWords(WORDS);
  const { language } = useSpeech();
  useEvents(may(who, 'readIncidents'));
  useAlert();
  const pages = PAGES.filter((page) => page.isFor(who));
  return (
    <div className="desk">
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <header className="bar">
        <Link to="/board" className="brand">
          烽火
        </Link>
        <nav aria-label={words.menu}>
          {pages.map(({ path, name, badge: Badge }) =>
            name ? (
              <NavLink key={path} to={path}>
                {name[language]}
                {Badge && <Badge />}
              </NavLink>
            ) : null,
          )}
        </nav>
        <div className="aside">
          {may(who, 'reportIncident') && (
            <Link to="/report" className="alarm-link">
              {words.report}
            </Link>
          )}
          <Link to="/account" className="who">
            {who.account?.personName ?? who.account?.name ?? words.account}
          </Link>
          <LanguageSwitch />
        </div>
      </header>
      <LineLost />
      <AlarmsWaiting />
      <main id="content" tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Routes>
            {pages.map(({ path, component: Component }) => (
              <Route key={path} path={path} element={<Component />} />
            ))}
            <Route path="*" element={<NoPage />} />
          </Routes>
        </Suspense>
      </main>
    </div>
  );
}
