import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { clockWithSeconds, dayAndClock, span } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { useHealth } from './admin.ts';
import { Restored } from './restored.tsx';
import { Rollout } from './rollout.tsx';
import { Table } from './table.tsx';
import { ADMIN } from './words.ts';

/** Whether workers work, queues empty, channels deliver, and the register answers. */
export function Health() {
  const words = useWords(ADMIN);
  const { data, error } = useHealth();
  if (!data) return error ? <ProblemNote error={error} /> : <Loading />;
  const { temporal, register, mail, queues, routing, rollout, channels, bundles, backup } = data;
  const parts = [
    ['temporal', temporal.state, temporal.serverVersion && words.version(temporal.serverVersion)],
    ['register', register.state, null],
    ['mail', mail, null],
  ] as const;
  return (
    <>
      <ProblemNote error={error} />
      <ul className="health">
        {parts.map(([part, state, more]) => (
          <li key={part} className={state}>
            <b>{words.parts[part]}</b>
            <span>{words.state[state]}</span>
            {more && <small>{more}</small>}
          </li>
        ))}
      </ul>
      {bundles && (
        <p className={bundles.failing > 0 ? 'down' : 'soft'}>
          {words.bundles(bundles.kept, bundles.none, bundles.failing)}
        </p>
      )}
      {register.state === 'ok' && (
        <p className={backup ? 'soft' : 'down'}>
          {backup ? words.backup(dayAndClock(backup.begunAt)) : words.noBackup}
        </p>
      )}
      {register.state === 'ok' && <Restored restore={data.restore} />}
      {temporal.ui && (
        <p>
          <a href={temporal.ui} target="_blank" rel="noreferrer">
            {words.ui}
          </a>
        </p>
      )}
      <h2>{words.queues}</h2>
      {routing?.problems.map(({ code }) => (
        <p key={code} className="down">
          {words.routing[code](routing.stranded ?? 0, (routing.reused ?? []).join('、'))}
        </p>
      ))}
      {queues ? (
        <Table
          label={words.queues}
          rows={queues}
          keyOf={({ queue, kind }) => `${queue} ${kind}`}
          columns={[
            [words.queue, ({ queue, kind }) => `${queue} · ${words.queueKinds[kind]}`],
            [
              words.workers,
              ({ pollers }) =>
                pollers.length === 0 ? (
                  <span className="down">{words.noWorkers}</span>
                ) : (
                  pollers.map(({ identity, lastAskedAt, version }) => (
                    <span key={identity} className="poller">
                      {identity}{' '}
                      <small>
                        {lastAskedAt && clockWithSeconds(lastAskedAt)} {version}
                      </small>
                    </span>
                  ))
                ),
            ],
            [
              words.backlog,
              ({ backlog, backlogSeconds }) => (
                <span className={backlog > 0 ? 'down' : ''}>
                  {backlog} {backlog > 0 && words.waited(span(backlogSeconds * 1_000))}
                </span>
              ),
            ],
          ]}
        />
      ) : (
        <p className="down">{words.queuesDown}</p>
      )}
      {rollout && <Rollout rollout={rollout} />}
      <h2>{words.channels}</h2>
      {channels === null && <p className="down">{words.channelsDown}</p>}
      {channels?.length === 0 && <p className="soft">{words.noChannels}</p>}
      {channels && channels.length > 0 && (
        <Table
          label={words.channels}
          rows={channels}
          keyOf={({ channel }) => channel}
          columns={[
            [words.channel, ({ channel }) => words.channelNames[channel] ?? channel],
            [
              words.last,
              ({ lastAt, lastResult, lastCode }) => (
                <span className={lastResult === 'accepted' ? '' : 'down'}>
                  {dayAndClock(lastAt)} {words.results[lastResult]} {lastCode}
                </span>
              ),
            ],
            [words.accepted, ({ accepted }) => accepted],
            [words.failed, ({ failed }) => <span className={failed > 0 ? 'down' : ''}>{failed}</span>],
          ]}
        />
      )}
    </>
  );
}
