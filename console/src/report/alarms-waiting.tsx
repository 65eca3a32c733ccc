import { Link } from 'react-router';
import { useWords } from '../words/words.tsx';
import { useSender } from './sender.tsx';
import { REPORT } from './words.ts';

/** On any other page: alarms of this device that have not gone out. They are tried all the while. */
export function AlarmsWaiting() {
  const words = useWords(REPORT);
  const { alarms } = useSender();
  const waiting = alarms.filter(({ sending }) => sending.state === 'waiting').length;
  if (waiting === 0) return null;
  return (
    <p className="problem alarms-waiting" role="alert">
      {words.waitingAlarms(waiting)} <Link to="/report">{words.see}</Link>
    </p>
  );
}
