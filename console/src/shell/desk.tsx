import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { Link } from 'react-router';
import { isProblem } from '../api/problem.ts';
import { useSession } from '../api/session.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { SignIn } from '../session/sign-in.tsx';
import { LanguageSwitch } from '../words/language-switch.tsx';
import { twins, useSpeech, useWords } from '../words/words.tsx';
import { Frame } from './frame.tsx';
import './desk.css';

const THEME = {
  token: {
    colorPrimary: '#0b57d0',
    colorError: '#b42318',
    colorSuccess: '#146c43',
    colorWarning: '#8a4b00',
    colorTextDescription: '#515a65',
    colorTextSecondary: '#515a65',
    colorTextPlaceholder: '#626c77', // the default is too pale to read
    borderRadius: 8,
    fontSize: 15,
    fontFamily: 'inherit',
  },
};

/** All pages but the report, for whoever is signed in. */
export function Desk() {
  const { language } = useSpeech();
  return (
    <ConfigProvider locale={language === 'zh' ? zhCN : enUS} theme={THEME}>
      <SignedIn />
    </ConfigProvider>
  );
}

function SignedIn() {
  const words = useWords(ENTRANCE);
  const session = useSession();
  if (session.data) {
    // A session that ends leaves the page as it is, with what was typed, and asks for the sign-in over it.
    const ended = isProblem(session.error) && session.error.status === 401;
    return (
      <>
        <div inert={ended}>
          <Frame who={session.data} />
        </div>
        {ended && (
          <div className="over" role="dialog" aria-modal="true" aria-label={words.again}>
            <SignIn again />
          </div>
        )}
      </>
    );
  }
  if (isProblem(session.error) && session.error.status === 401) return <Entrance />;
  if (session.error) return <ProblemNote error={session.error} />;
  return <Loading />;
}

const ENTRANCE = twins(
  { purpose: '社区矫正突发事件应急处置', report: '报告突发事件', again: '重新登录' },
  {
    purpose: 'Community corrections: the emergency plan at work',
    report: 'Report an incident',
    again: 'Sign in again',
  },
);

/** Nobody is signed in: the way in, and the way round it for an alarm from a device that is known. */
function Entrance() {
  const words = useWords(ENTRANCE);
  return (
    <>
      <header className="bar">
        <span className="brand">烽火</span>
        <span className="purpose">{words.purpose}</span>
        <div className="aside">
          <Link to="/report" className="alarm-link">
            {words.report}
          </Link>
          <LanguageSwitch />
        </div>
      </header>
      <main>
        <SignIn />
      </main>
    </>
  );
}
