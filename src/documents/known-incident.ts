import type { Instant } from '../incident/instant.ts';

/** What documents take from an incident as the API shows it to somebody who may read identities. */
export interface KnownIncident {
  number: string | null;
  drill: boolean;
  office: string;
  eventType: string | null;
  branchName: string | null;
  responseEndedAt: Instant | null;
  facts: {
    situation: string | null;
    place: string | null;
    measuresTaken: string | null;
    source: string | null;
    reporter: { name: string | null; phone: string | null };
    correctionType: string | null;
    decidingAuthority: string | null;
    enrolled: string | null;
    occurredAt: Instant | null;
    discoveredAt: Instant | null;
    receivedAt: Instant | null;
  };
  subjects: KnownSubject[];
  firstResponse: KnownStage[];
  branches: { name: string; clause: string; stages: KnownStage[] }[];
  reports: KnownReport[];
  timeline: KnownEntry[];
}

export interface KnownSubject {
  subject: number;
  name: string | null;
  correctionType: string | null;
  decidingAuthority: string | null;
  safety: string;
  outcome: string | null;
}

export interface KnownStage {
  id: string;
  stage: string;
  stageName: string;
  owner: string;
  dueAt: Instant | null;
  resolvedAt: Instant | null;
  outcome: string | null;
  /** What has to be corrected, of a corrective action. */
  action: string | null;
}

export interface KnownReport {
  report: number;
  kind: string;
  reportedAt: string;
  elements: Record<string, string | null>;
  text: string | null;
}

export interface KnownEntry {
  seq: number;
  at: Instant;
  kind: string;
  data: Record<string, unknown>;
  personal?: Record<string, string | null> | undefined;
  hash: string;
}

/** Every stage, the first response first, in the order in which they were opened. */
export const stagesOf = ({ firstResponse, branches }: KnownIncident): KnownStage[] => [
  ...firstResponse,
  ...branches.flatMap(({ stages }) => stages),
];
