import type { IncidentDifference, InRegister, InTemporal } from './differences.ts';

interface Facts {
  register: InRegister | null;
  temporal: InTemporal;
  /** Messages that were handed over and that the workflow does not know of. */
  again: number;
}

/** A difference as a sentence, without anything personal. */
export function inWords(code: IncidentDifference, { register, temporal, again }: Facts): string {
  const head = register?.head.seq ?? 0;
  const known = temporal.state === 'running' ? temporal.position.anchor.seq : 0;
  switch (code) {
    case 'WORKFLOW_MISSING':
      return `is open in the register (${head} entries), and Temporal has no workflow of it: nothing falls due and nobody is told`;
    case 'WORKFLOW_ENDED':
      return `is open in the register (${head} entries), and its workflow has ended: nothing falls due and nobody is told`;
    case 'NOT_IN_REGISTER':
      return 'runs in Temporal, and the register has nothing of it: it climbs and tells people, but nothing of it can be read';
    case 'REGISTER_BEHIND':
      return `the register ends at entry ${head}, and the workflow knows ${known} to be written: ${known - head} entries are gone from the register, and no further one is written; the workflow goes on telling people`;
    case 'REGISTER_AHEAD':
      return `the register has entries up to ${head}, and the workflow knows ${known} of them: it was put back to an earlier time and has forgotten the others${told(again)}`;
    case 'OTHER_RECORD':
      return `both end at entry ${head}, and it is not the same one`;
  }
}

const told = (again: number): string =>
  again === 0
    ? ''
    : `; ${again} messages went out that it does not know of, and what it decides on anew is told again`;

const NEXT: Record<IncidentDifference | 'TAKEN_UP_AGAIN' | 'KEY_MISSING', string> = {
  WORKFLOW_MISSING:
    'Phone those on duty by the plan now. Report it anew without its old Idempotency-Key, naming its number; put Temporal back from the same back-up as the register if there is one.',
  WORKFLOW_ENDED:
    'Phone those on duty by the plan now; see in Temporal how it ended. If the register was put back further than Temporal, put back both from one back-up.',
  NOT_IN_REGISTER:
    'A moment after a report this is so by itself. If it stays: put register and Temporal back from one back-up, else note receipts on paper and report it anew.',
  REGISTER_BEHIND:
    'People are told on. Put register and Temporal back from one back-up; until then note on paper what cannot be read here.',
  REGISTER_AHEAD:
    'Phone those on duty: they are told again what they may have answered, and it waits for their receipts anew. With its next entry it goes on after the end of the register by itself; look again in a minute. If it stays: "fenghuo audit". Better put back both from one back-up.',
  TAKEN_UP_AGAIN:
    'Phone those on duty and tell them what the forgotten entries say (the timeline shows them) and record again what still holds: receipts, evidence, outcomes.',
  OTHER_RECORD: 'Run "fenghuo audit": somebody may have changed the register, or it is another one.',
  KEY_MISSING:
    'Put the key back into FENGHUO_KEYS, its file or the data folder\'s "keys", after the current one, and start again.',
};

/** What to do about it. */
export const nextFor = (code: keyof typeof NEXT): string => NEXT[code];
