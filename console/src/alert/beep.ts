import { useSyncExternalStore } from 'react';

const KEY = 'fenghuo.sound';
/** Two tones that carry through a room and do not startle in a quiet one. */
const TONES_HZ = [880, 1_175];
const TONE_S = 0.18;
const LOUD = 0.25;

let context: AudioContext | null = null;
let isOn = localStorage.getItem(KEY) === 'on';
const watchers = new Set<() => void>();

/** Browsers make no sound before somebody has touched the page: the first touch wakes it, where sound was on before. */
const wake = (): void => {
  if (isOn) void (context ??= new AudioContext()).resume();
};
for (const touch of ['pointerdown', 'keydown'] as const) addEventListener(touch, wake);

export const useSoundIsOn = (): boolean =>
  useSyncExternalStore(
    (tell) => (watchers.add(tell), () => watchers.delete(tell)),
    () => isOn,
  );

/** Called from a click. Switching on sounds once, so that one hears what it will be like. */
export function switchSound(on: boolean): void {
  isOn = on;
  localStorage.setItem(KEY, on ? 'on' : 'off');
  wake();
  if (on) beep();
  for (const tell of watchers) tell();
}

/** Sounds where somebody has switched it on, else does nothing. */
export function beep(): void {
  if (!isOn || !context) return;
  const { currentTime, destination } = context;
  for (const [index, hertz] of TONES_HZ.entries()) {
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    const from = currentTime + index * TONE_S;
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(LOUD, from);
    volume.gain.exponentialRampToValueAtTime(0.001, from + TONE_S);
    tone.connect(volume).connect(destination);
    tone.start(from);
    tone.stop(from + TONE_S);
  }
}
