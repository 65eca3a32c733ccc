import { v5 as nameId } from 'uuid';
import type { IncidentId } from '../incident/ids.ts';

/** The namespace of what drills start. Never changes: a start that is tried again must give the same incident. */
const NAMESPACE = '3a9d6f1e-7c44-5b0a-8f57-1d2e90c4b6a8';

/** The one workflow under which a drill order is carried out. */
export const drillWorkflowId = (drill: string): string => `drill-${drill}`;

/** The incident of a drill at an office: 0 is the first, others are numbered as the scenes that report them. */
export const drillIncidentId = (drill: string, office: string, nr: number): IncidentId =>
  nameId(JSON.stringify([drill, office, nr]), NAMESPACE) as IncidentId;
