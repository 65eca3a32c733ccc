import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import type { Detail } from '../incident/incident.ts';
import { clock } from '../look/time.ts';
import { serverNow } from '../api/clock.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import { nameOf, useActs, type Act } from './acts.ts';
import { ActForm, type Begun } from './act-form.tsx';
import { useDoneNote } from './done-note.tsx';
import { ACTS } from './words.ts';

interface Acting {
  acts: Act[];
  detail: Detail;
  active: Act | null;
  begun: Begun;
  start(act: Act): void;
  stop(): void;
  done(act: Act): void;
}

const ActingContext = createContext<Acting | null>(null);
export const useActing = (): Acting => use(ActingContext)!;

/** What may be done in an incident now, and the one thing that is being done. The one begun stays until it is sent or folded away. */
export function ActingProvider({ detail, children }: { detail: Detail; children: ReactNode }) {
  const words = useWords(ACTS);
  const { language } = useSpeech();
  const { data } = useActs(detail.id);
  const [active, setActive] = useState<Act | null>(null);
  const [{ since, error }, setBegun] = useState<Omit<Begun, 'fail'>>({ since: 0 });
  const { note, say } = useDoneNote();
  const acting = useMemo<Acting>(
    () => ({
      acts: data?.acts ?? [],
      detail,
      active,
      begun: { since, error, fail: (failed) => setBegun((before) => ({ ...before, error: failed })) },
      start(act) {
        setActive(act);
        setBegun({ since: serverNow() });
        say('');
      },
      stop: () => setActive(null),
      done(act) {
        setActive(null);
        say(words.done(act.title[language], clock(serverNow())));
      },
    }),
    [data, detail, active, since, error, say, words, language],
  );
  return (
    <ActingContext value={acting}>
      {note}
      {children}
    </ActingContext>
  );
}

/** These acts as buttons; beneath them the form of the one that was pressed. */
export function ActButtons({ acts, minor = false }: { acts: Act[]; minor?: boolean }) {
  const { language } = useSpeech();
  const { active, begun, start, stop, done, detail, acts: all } = useActing();
  // Beside its duty an outcome needs no more than its own name.
  const labelOf = ({ act, title }: Act): string =>
    act === 'outcome' ? title[language].replace(/^[^：:]*[：:]\s*/, '') : title[language];
  const mine = active && acts.some((act) => nameOf(act) === nameOf(active)) ? active : null;
  return (
    <>
      <div className={minor ? 'act-buttons minor' : 'act-buttons'}>
        {acts.map((act) => {
          const isOpen = mine !== null && nameOf(act) === nameOf(mine);
          return (
            <button
              key={nameOf(act)}
              type="button"
              aria-expanded={isOpen}
              onClick={() => (isOpen ? stop() : start(act))}
            >
              {labelOf(act)}
            </button>
          );
        })}
      </div>
      {mine && (
        <ActForm
          key={nameOf(mine)}
          act={mine}
          detail={detail}
          acts={all}
          begun={begun}
          overtaken={false}
          done={done}
          cancel={stop}
        />
      )}
    </>
  );
}

/** The form of an act that is no longer offered, so that what was typed is not lost with its button. */
export function Overtaken() {
  const { active, acts, begun, stop, done, detail } = useActing();
  if (!active || acts.some((act) => nameOf(act) === nameOf(active))) return null;
  return (
    <ActForm
      key={nameOf(active)}
      act={active}
      detail={detail}
      acts={acts}
      begun={begun}
      overtaken
      done={done}
      cancel={stop}
    />
  );
}
