export { abscondingSearch } from './absconding-search.ts';
export { aftermath } from './aftermath.ts';
export { archive } from './archive.ts';
export { disasterImpact } from './disaster-impact.ts';
export { riskSigns } from './risk-signs.ts';
export { stagedResponse } from './staged-response.ts';
export { triage } from './triage.ts';
export { violentAct } from './violent-act.ts';
