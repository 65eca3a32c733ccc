export { archive } from './archive.ts';
export { riskSigns } from './risk-signs.ts';
export { triage } from './triage.ts';
export { violentAct } from './violent-act.ts';
