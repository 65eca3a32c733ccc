import { AlertTriangle, Check, CircleDot, Clock, Minus } from 'lucide-react';
import { ActButtons, useActing } from '../acts/acting.tsx';
import { useParams } from 'react-router';
import { StagePapers } from '../documents/stage-papers.tsx';
import { Countdown } from '../look/countdown.tsx';
import { durationInWords, shortly } from '../look/time.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import { stateOf, type Stage } from './incident.ts';
import { useNames } from './names.ts';
import { ToldList } from './told-list.tsx';
import { INCIDENT } from './words.ts';

const ICONS = { done: Check, open: CircleDot, overdue: AlertTriangle, coming: Clock, left: Minus };

/** One duty of the plan: whose it is, by when, how it stands, and who was told. `now` in milliseconds. */
export function StageCard({ stage, now }: { stage: Stage; now: number }) {
  const { id: incident = '' } = useParams();
  const words = useWords(INCIDENT);
  const { language } = useSpeech();
  const names = useNames();
  const own = useActing().acts.filter(({ stageId }) => stageId === stage.id);
  const state = stateOf(stage, now);
  const Icon = ICONS[state];
  const confirmed = stage.told.filter(({ acknowledgedAt }) => acknowledgedAt).length;
  const limit = stage.within ? words.limit(durationInWords(stage.within, language)) : words.noLimit;
  const isLive = state === 'open' || state === 'overdue';
  const outcome =
    stage.outcome && (words.outcomes[stage.outcome] ?? names.outcome(stage.stage, stage.outcome));
  return (
    <li className={`stage ${state}`} id={`stage-${stage.id}`}>
      <span className="dot" aria-hidden>
        <Icon size={18} />
      </span>
      <div className="stage-body">
        <h4>
          {stage.stageName} <span className={`stage-state ${state}`}>{words.states[state]}</span>
          {isLive && stage.dueAt && <Countdown dueAt={stage.dueAt} />}
        </h4>
        <p className="stage-line">
          <span className={`origin ${stage.source}`}>{words.sources[stage.source]}</span> {stage.clause}
          {stage.planText && ` “${stage.planText}”`} · {limit}
        </p>
        <p className="stage-line">
          {words.holder} {names.party(stage.owner)}
          {stage.holder && ` · ${words.takenOver(names.person(stage.holder))}`}
          {state === 'coming' && stage.startsAt && ` · ${words.starts(shortly(stage.startsAt, now))}`}
        </p>
        {stage.automatic && <p className="automatic">{words.automatic}</p>}
        {stage.action && <p className="words">{stage.action}</p>}
        {stage.resolvedAt && (
          <p className="stage-line">
            {words.outcome} <b>{outcome}</b> ·{' '}
            {words.resolved(
              shortly(stage.resolvedAt, now),
              stage.resolvedBy ? names.person(stage.resolvedBy) : words.byItself,
            )}
          </p>
        )}
        {isLive && own.length > 0 && (
          <>
            <ActButtons acts={own.filter(({ act }) => act === 'outcome')} />
            <ActButtons acts={own.filter(({ act }) => act !== 'outcome')} minor />
          </>
        )}
        {isLive && <StagePapers incident={incident} stage={stage.id} />}
        {stage.told.length > 0 ? (
          <details className="told">
            <summary>{words.told(stage.told.length, confirmed)}</summary>
            <ToldList told={stage.told} now={now} />
          </details>
        ) : (
          isLive && <p className="soft">{words.toldNobody}</p>
        )}
      </div>
    </li>
  );
}
