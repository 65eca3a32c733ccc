import { useEffect } from 'react';
import { Link } from 'react-router';
import { isProblem } from '../api/problem.ts';
import { may, useSession } from '../api/session.ts';
import { SignIn } from '../session/sign-in.tsx';
import { LanguageSwitch } from '../words/language-switch.tsx';
import { useWords } from '../words/words.tsx';
import { EMPTY, useDraft, type Draft } from './draft.ts';
import { useReportForm } from './form.ts';
import { Progress } from './progress.tsx';
import { ReportFields } from './report-fields.tsx';
import { useSender } from './sender.tsx';
import { REPORT } from './words.ts';
import './report.css';

/**
 * An alarm in under half a minute, with one hand: kind, one sentence, send. Works without a line and without a session: what is
 * typed stays on the device, and goes out once.
 */
export function ReportPage() {
  const words = useWords(REPORT);
  const { draft, change, replace } = useDraft();
  const { alarms, send, done } = useSender();
  const session = useSession();
  const form = useReportForm();
  // Without a session nor anything kept from one there is nothing to choose from.
  const isFirstUse = !form.data && isProblem(form.error) && form.error.status === 401;
  const mayNot = session.isSuccess && session.data.account !== null && !may(session.data, 'reportIncident');
  // What still waits comes before what was answered.
  const shown = alarms.find(({ sending }) => sending.state === 'waiting') ?? alarms.at(-1);

  // Whoever comes back later finds an empty form, not what was sent the last time.
  useEffect(() => {
    const answered = alarms.filter(({ sending }) => sending.state === 'sent').map(({ key }) => key);
    return () => {
      if (window.location.pathname !== '/console/report') answered.forEach(done);
    };
  });

  async function begin(): Promise<void> {
    const alarm: Draft = draft;
    const sent = send(alarm);
    replace({ ...EMPTY, office: alarm.office });
    await sent;
  }

  return (
    <div className="report">
      <header>
        <span className="brand">烽火</span>
        {session.isSuccess && <Link to="/board">{words.board}</Link>}
        <LanguageSwitch />
      </header>
      <main>
        <h1>{words.title}</h1>
        {mayNot && <p className="problem">{words.mayNot}</p>}
        {shown ? (
          <Progress
            alarm={shown}
            back={(refused) => {
              replace(refused);
              done(shown.key);
            }}
            another={() => done(shown.key)}
          />
        ) : isFirstUse ? (
          <SignIn />
        ) : (
          <ReportFields draft={draft} change={change} send={begin} />
        )}
      </main>
    </div>
  );
}
