import { Link } from 'react-router';
import { twins, useWords } from '../words/words.tsx';

const WORDS = twins(
  { title: '没有这个页面', how: '地址有误，或您的账号不能打开此页。', back: '回到看板' },
  {
    title: 'No such page',
    how: 'The address is wrong, or the page is not for your account.',
    back: 'Back to the board',
  },
);

export function NoPage() {
  const words = useWords(WORDS);
  return (
    <section className="page">
      <h1>{words.title}</h1>
      <p>{words.how}</p>
      <Link to="/board">{words.back}</Link>
    </section>
  );
}
