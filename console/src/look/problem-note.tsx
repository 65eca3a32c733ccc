import { isProblem, Problem } from '../api/problem.ts';
import { twins, useSpeech, useWords } from '../words/words.tsx';

const WORDS = twins(
  {
    offline: '网络不通。请检查网络后重试；紧急情况请直接打电话。',
    unknown: '出现未预料的错误。请重试；仍不行请电话报告值班室。',
    again: '服务暂时不可用，请稍后重试；紧急情况请直接打电话。',
    code: '代码',
  },
  {
    offline: 'No connection. Check the network and try again; in an emergency, phone.',
    unknown: 'Something unexpected went wrong. Try again; if it stays, phone the duty room.',
    again: 'The service is away for the moment. Try again; in an emergency, phone.',
    code: 'code',
  },
);

/** What went wrong and what to do, with the stable code; nothing where nothing went wrong. */
export function ProblemNote({ error }: { error: unknown }) {
  const words = useWords(WORDS);
  const { language } = useSpeech();
  if (error === undefined || error === null) return null;
  return (
    <div className="problem" role="alert">
      {textOf(error)}
    </div>
  );

  function textOf(one: unknown): string {
    if (isProblem(one, 'OFFLINE')) return words.offline;
    if (!(one instanceof Problem)) return words.unknown;
    if (one.title === '') return one.status >= 500 ? words.again : words.unknown;
    // Titles are Chinese, details English and longer; each reader gets the title, and the detail where it is theirs.
    const detail = language === 'en' && one.detail ? ` — ${one.detail}` : '';
    return `${one.title}${detail} (${words.code} ${one.code})`;
  }
}
