import { useSearchParams } from 'react-router';
import { BoardDesk } from './board-desk.tsx';
import { Wall } from './wall.tsx';
import '../look/marks.css';
import './board.css';

/** What is open, and whose turn it is: on a desk, on a phone, or on a wall (`?wall=1`). */
export function BoardPage() {
  const [query] = useSearchParams();
  return query.get('wall') === '1' ? <Wall /> : <BoardDesk />;
}
