import { useSpeech, useWords } from '../words/words.tsx';
import type { Finding } from './roster.ts';
import { PEOPLE } from './words.ts';

/** What the roster guard finds: of the chosen body first, of the others behind it; and who mends it. */
export function Findings({ findings, body }: { findings: Finding[]; body: string }) {
  const words = useWords(PEOPLE);
  const own = findings.filter((one) => one.body === body);
  const others = findings.filter((one) => one.body !== body);
  return (
    <section className="findings" aria-labelledby="findings">
      <h3 id="findings">
        {words.findings} <span className="soft">{own.length}</span>
      </h3>
      {own.length === 0 ? <p className="soft">{words.noFindings}</p> : <Lines findings={own} />}
      {others.length > 0 && (
        <details>
          <summary>{words.others(others.length)}</summary>
          <Lines findings={others} />
        </details>
      )}
    </section>
  );
}

function Lines({ findings }: { findings: Finding[] }) {
  const words = useWords(PEOPLE);
  const { language } = useSpeech();
  return (
    <ul>
      {findings.map(({ code, body, person, from, text, todo, mends }) => (
        <li key={`${code} ${body} ${person} ${from}`}>
          {text[language]}
          <small>
            {mends === null ? words.groupMends : words.mends(mends)}
            {language === 'zh' && `：${todo}`}
          </small>
        </li>
      ))}
    </ul>
  );
}
