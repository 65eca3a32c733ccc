import { Link } from 'react-router';
import { isProblem } from '../api/problem.ts';
import { useSession } from '../api/session.ts';
import { SignIn } from '../session/sign-in.tsx';
import { LanguageSwitch } from '../words/language-switch.tsx';
import { useWords } from '../words/words.tsx';
import { useReportForm } from './form.ts';
import { useDraft } from './draft.ts';
import { Progress } from './progress.tsx';
import { ReportFields } from './report-fields.tsx';
import { useSending } from './use-sending.ts';
import { REPORT } from './words.ts';
import './report.css';

/**
 * An alarm in under half a minute, with one hand: kind, one sentence, send. Works without a line and without a session: what is
 * typed stays on the device, and goes out once.
 */
export function ReportPage() {
  const words = useWords(REPORT);
  const { draft, change, startAnew } = useDraft();
  const sending = useSending();
  const session = useSession();
  const form = useReportForm();
  // Without a session nor anything kept from one there is nothing to choose from.
  const isFirstUse = !form.data && isProblem(form.error) && form.error.status === 401;

  return (
    <div className="report">
      <header>
        <span className="brand">烽火</span>
        {session.isSuccess && <Link to="/board">{words.board}</Link>}
        <LanguageSwitch />
      </header>
      <main>
        <h1>{words.title}</h1>
        {sending.current ? (
          <Progress
            sending={sending.current.sending}
            tryNow={sending.tryNow}
            back={async () => {
              // Under a new key: what was refused under the old one was something else.
              change({ key: crypto.randomUUID() });
              await sending.done();
            }}
            another={async () => {
              startAnew();
              await sending.done();
            }}
          />
        ) : isFirstUse ? (
          <SignIn />
        ) : (
          <ReportFields draft={draft} change={change} send={() => sending.send(draft)} />
        )}
      </main>
    </div>
  );
}
