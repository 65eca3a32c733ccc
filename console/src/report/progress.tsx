import { CircleCheckBig, LoaderCircle, TriangleAlert, WifiOff } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { dayAndClock } from '../look/time.ts';
import { SignIn } from '../session/sign-in.tsx';
import { useWords } from '../words/words.tsx';
import type { Sending } from './outbox.ts';
import { REPORT } from './words.ts';

const Sent = lazy(() => import('./sent.tsx').then(({ Sent: component }) => ({ default: component })));

interface Props {
  sending: Sending;
  tryNow(): Promise<void>;
  back(): Promise<void>;
  another(): Promise<void>;
}

/** How an alarm stands: on its way, waiting for the line or for a session, taken, or refused. It always says which. */
export function Progress({ sending, tryNow, back, another }: Props) {
  const words = useWords(REPORT);
  if (sending.state === 'sent')
    return (
      <Suspense fallback={<Taken title={words.sent} />}>
        <Taken title={words.sent} />
        <Sent accepted={sending.accepted} another={another} />
      </Suspense>
    );
  if (sending.state === 'refused')
    return (
      <section role="alert" className="state refused">
        <h2>
          <TriangleAlert aria-hidden /> {words.refused}
        </h2>
        <p>
          {sending.problem.title} <small>({sending.problem.code})</small>
        </p>
        <button type="button" className="primary" onClick={() => void back()}>
          {words.back}
        </button>
      </section>
    );
  if (sending.why === null)
    return (
      <section role="status" className="state">
        <h2>
          <LoaderCircle aria-hidden className="turning" /> {words.sending}
        </h2>
      </section>
    );
  return (
    <section role="status" className="state waiting">
      <h2>
        <WifiOff aria-hidden /> {sending.why === 'signIn' ? words.signIn : words.waiting}
      </h2>
      <p>{words.since(dayAndClock(sending.since))}</p>
      {sending.why === 'signIn' ? (
        <SignIn then={tryNow} />
      ) : (
        <>
          <p>{words.waitingHow}</p>
          <p className="calls">
            {['110', '120', '119'].map((number) => (
              <a key={number} href={`tel:${number}`}>
                {number}
              </a>
            ))}
          </p>
          <button type="button" className="primary" onClick={() => void tryNow()}>
            {words.tryNow}
          </button>
        </>
      )}
    </section>
  );
}

const Taken = ({ title }: { title: string }) => (
  <h2 className="taken" role="status">
    <CircleCheckBig aria-hidden /> {title}
  </h2>
);
