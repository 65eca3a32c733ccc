import { Volume2, VolumeX } from 'lucide-react';
import { twins, useWords } from '../words/words.tsx';
import { switchSound, useSoundIsOn } from './beep.ts';
import './alert.css';

const WORDS = twins({ on: '提示音：开', off: '提示音：关' }, { on: 'Sound: on', off: 'Sound: off' });

/** Whether a new or newly overdue incident is heard; off until somebody switches it on. */
export function SoundSwitch() {
  const words = useWords(WORDS);
  const isOn = useSoundIsOn();
  const Icon = isOn ? Volume2 : VolumeX;
  return (
    <button type="button" className="sound" aria-pressed={isOn} onClick={() => switchSound(!isOn)}>
      <Icon size={20} aria-hidden /> {isOn ? words.on : words.off}
    </button>
  );
}
