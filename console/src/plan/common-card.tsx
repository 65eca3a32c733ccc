import { useMemo } from 'react';
import { useWords } from '../words/words.tsx';
import { LimitField } from './limit-field.tsx';
import { commonLimits } from './limits.ts';
import { PLAN } from './words.ts';

/** The limits of the whole plan, and of the chains by which one after the other is told. */
export function CommonCard({ text }: { text: string }) {
  const words = useWords(PLAN);
  const { limits, chains, parties } = useMemo(() => commonLimits(text), [text]);
  return (
    <details className="common">
      <summary>{words.common}</summary>
      <div className="limits">
        {limits.map(({ path, value }) => (
          <LimitField key={path} label={words.commonNames[path] ?? path} path={path} value={value} />
        ))}
      </div>
      {chains.map(({ key, steps }) => (
        <section key={key}>
          <h2>{words.chain(key)}</h2>
          <ol className="plan-list">
            {steps.map(({ party, contact = 1, wait, repeatEvery }, index) => (
              <li key={`${party} ${index}`}>
                <b>{words.step(index + 1, parties[party]?.name ?? party, contact)}</b>
                <div className="limits">
                  {wait !== undefined && (
                    <LimitField label={words.wait} path={`chains.${key}.${index}.wait`} value={wait} />
                  )}
                  {repeatEvery !== undefined && (
                    <LimitField
                      label={words.repeatEvery}
                      path={`chains.${key}.${index}.repeatEvery`}
                      value={repeatEvery}
                    />
                  )}
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </details>
  );
}
