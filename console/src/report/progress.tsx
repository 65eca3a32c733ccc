import { CircleCheckBig, LoaderCircle, TriangleAlert, WifiOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { dayAndClock } from '../look/time.ts';
import { SignIn } from '../session/sign-in.tsx';
import { useWords } from '../words/words.tsx';
import type { Draft } from './draft.ts';
import type { Sending, Waiting } from './outbox.ts';
import { useSender } from './sender.tsx';
import { Sent } from './sent.tsx';
import { REPORT } from './words.ts';

interface Props {
  alarm: { key: string; sending: Sending };
  back(refused: Draft): void;
  another(): void;
}

/** How an alarm stands: on its way, waiting for the line or for a session, taken, or refused. It always says which. */
export function Progress({ alarm: { key, sending }, back, another }: Props) {
  const words = useWords(REPORT);
  const place = useRef<HTMLDivElement>(null);
  // What was pressed is gone: whoever reads by ear, or goes by keyboard, goes on here.
  useEffect(() => place.current?.focus(), [sending.state]);
  return (
    <div ref={place} tabIndex={-1} className="progress">
      {sending.state === 'sent' && (
        <>
          <h2 className="taken" role="status">
            <CircleCheckBig aria-hidden /> {words.sent}
          </h2>
          <Sent accepted={sending.accepted} another={another} />
        </>
      )}
      {sending.state === 'refused' && (
        <section role="alert" className="state refused">
          <h2>
            <TriangleAlert aria-hidden /> {words.refused}
          </h2>
          <p>
            {sending.problem.title} <small>({sending.problem.code})</small>
          </p>
          <p>{words.refusedHow}</p>
          <Calls />
          <button type="button" className="primary" onClick={() => back(sending.draft)}>
            {words.back}
          </button>
        </section>
      )}
      {sending.state === 'waiting' && <OnItsWay id={key} waiting={sending} />}
    </div>
  );
}

function OnItsWay({ id, waiting: { why, since, isKept } }: { id: string; waiting: Waiting }) {
  const words = useWords(REPORT);
  const { tryNow, sendAsMine } = useSender();
  if (why === null)
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
        <WifiOff aria-hidden /> {words.why[why]}
      </h2>
      <p>{words.since(dayAndClock(since))}</p>
      {!isKept && <p className="problem">{words.notKept}</p>}
      {why === 'signIn' && <SignIn then={tryNow} />}
      {why === 'otherAccount' && (
        <button type="button" className="primary" onClick={() => void sendAsMine(id)}>
          {words.asMine}
        </button>
      )}
      {why === 'offline' && (
        <>
          <p>{words.waitingHow}</p>
          <Calls />
          <button type="button" className="primary" onClick={() => void tryNow()}>
            {words.tryNow}
          </button>
        </>
      )}
    </section>
  );
}

const Calls = () => (
  <p className="calls">
    {['110', '120', '119'].map((number) => (
      <a key={number} href={`tel:${number}`}>
        {number}
      </a>
    ))}
  </p>
);
