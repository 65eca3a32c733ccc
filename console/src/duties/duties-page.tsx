import { useState } from 'react';
import { serverNow } from '../api/clock.ts';
import { nameOf, type Act } from '../acts/acts.ts';
import { ActForm, type Begun } from '../acts/act-form.tsx';
import { useDoneNote } from '../acts/done-note.tsx';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { clock } from '../look/time.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import { isMine, useDuties, type Duty } from './duties.ts';
import { DutyCard } from './duty-card.tsx';
import { DUTIES } from './words.ts';
import '../look/marks.css';
import './duties.css';

/** What I hold, by when, with the evidence form right there. */
export function DutiesPage() {
  const words = useWords(DUTIES);
  const { language } = useSpeech();
  const { data, error, isPending } = useDuties();
  const [active, setActive] = useState<(Omit<Begun, 'fail'> & { act: Act }) | null>(null);
  const { note, say } = useDoneNote();
  if (isPending) return <Loading />;
  const duties = data?.duties ?? [];
  const groups: [string, Duty[], string][] = [
    [words.mine, duties.filter(isMine), words.none],
    [words.others, duties.filter((duty) => !isMine(duty)), words.noOthers],
  ];
  const isOffered =
    active && duties.some(({ outcomes }) => outcomes.some((act) => nameOf(act) === nameOf(active.act)));
  const form = active && (
    <ActForm
      key={nameOf(active.act)}
      act={active.act}
      detail={null}
      acts={[]}
      begun={{ ...active, fail: (failed) => setActive((now) => now && { ...now, error: failed }) }}
      overtaken={!isOffered}
      cancel={() => setActive(null)}
      done={(act) => {
        setActive(null);
        say(words.done(act.title[language], clock(serverNow())));
      }}
    />
  );
  return (
    <section className="page duties">
      <h1>{words.title}</h1>
      <ProblemNote error={error} />
      {note}
      {active && !isOffered && form}
      {data?.person === null && <p>{words.noPerson}</p>}
      {groups.map(([name, own, none]) => (
        <section key={name}>
          <h2>
            {name} <span className="soft">{own.length}</span>
          </h2>
          {own.length === 0 && <p className="soft">{none}</p>}
          <ul className="duty-list">
            {own.map((duty) => (
              <DutyCard
                key={`${duty.incidentId} ${duty.stageId}`}
                duty={duty}
                active={active?.act ?? null}
                start={(act) => {
                  say('');
                  setActive(act && { act, since: serverNow() });
                }}
              >
                {form}
              </DutyCard>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}
