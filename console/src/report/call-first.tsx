import { Phone } from 'lucide-react';
import { serverNow } from '../api/clock.ts';
import { clock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import type { Kind } from './form.ts';
import { REPORT } from './words.ts';

interface Props {
  numbers: Kind['callFirst'];
  office: string;
  place: string;
  /** Told what to note once a number was tapped. */
  noteCall(text: string): void;
}

/** Tap to call, and what to say. A person calls; this page only notes when (rules of care, 7). */
export function CallFirst({ numbers, office, place, noteCall }: Props) {
  const words = useWords(REPORT);
  return (
    <section className="call-first" aria-labelledby="call-first">
      <h2 id="call-first">{words.callFirst}</h2>
      <div className="numbers">
        {numbers.map((number) => (
          <a
            key={number}
            href={`tel:${number}`}
            onClick={() => noteCall(words.called(number, clock(serverNow())))}
          >
            <Phone aria-hidden size={20} />
            <b>{number}</b> {words.calls[number]}
          </a>
        ))}
      </div>
      <details>
        <summary>{words.readAloud}</summary>
        <p className="script" lang="zh-CN">
          {words.script(office, place)}
        </p>
      </details>
      <p className="soft">{words.callNote}</p>
    </section>
  );
}
