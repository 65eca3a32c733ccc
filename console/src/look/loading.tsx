import { twins, useWords } from '../words/words.tsx';

const WORDS = twins({ loading: '正在打开…' }, { loading: 'Opening …' });

export const Loading = () => (
  <p role="status" style={{ padding: '2rem', textAlign: 'center' }}>
    {useWords(WORDS).loading}
  </p>
);
