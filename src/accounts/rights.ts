import type { Right } from './roles.ts';

/** What a route asks of whoever calls it. */
export type Declared =
  /** Anybody, without signing in: it holds no data, or the link carries its own signature. */
  | 'open'
  /** Anybody who is signed in, and every API key. */
  | 'signedIn'
  /** Those whose role has this right. */
  | Right;

export interface RouteRight {
  needs: Declared;
  /** The body's `by` is who acts: a session's own person. */
  by?: true;
  /** Answers with identities: a session says why it reads them (`x-reason`). */
  identity?: 'always' | 'onDemand';
  /** The body is a file: reach is asked before it is read, and few are read at a time. */
  file?: true;
  /** Is there only where a setting asks for it. */
  optional?: true;
}

const route = (needs: Declared, more: Omit<RouteRight, 'needs'> = {}): RouteRight => ({ needs, ...more });
const act = (needs: Right): RouteRight => route(needs, { by: true });

/**
 * Every route and what it asks for. A route that is not here keeps the server from starting, and so does a line without a route.
 * A key that ends in `*` stands for all routes that begin so. HEAD is asked what GET is.
 */
export const ROUTE_RIGHTS: Record<string, RouteRight> = {
  'GET /healthz': route('open'),
  'GET /readyz': route('open'),
  'GET /watchz': route('open'),
  'GET /r/:token': route('open'),
  'POST /r/:token': route('open'),
  'GET /s/:code': route('open'),
  'POST /api/delivery-reports/gateway': route('open'), // the gateway's signature stands for a key
  'POST /api/delivery-reports/:provider/:secret': route('open'), // and the secret in the path
  // They ask for a full API key by themselves: a browser's preflight for Temporal's UI brings none.
  'POST /codec/decode': route('open', { optional: true }),
  'POST /codec/encode': route('open', { optional: true }),
  'OPTIONS *': route('open', { optional: true }),
  'GET /api/docs*': route('open'),
  'GET /api/openapi.json': route('open'),

  // The console's files: no data in them.
  'GET /': route('open'),
  'GET /console*': route('open'),

  'GET /api/offices': route('signedIn'),
  'GET /api/report-form': route('signedIn'),

  'POST /api/session': route('open'), // and braked
  'GET /api/session/ways': route('open'),
  'GET /api/session/oidc': route('open', { optional: true }), // and braked
  'GET /api/session/oidc/callback': route('open', { optional: true }), // the provider's word stands for a password
  'GET /api/session': route('signedIn'),
  'DELETE /api/session': route('signedIn'),
  'PUT /api/session/password': route('signedIn'),

  'GET /api/accounts': route('readAccounts'),
  'POST /api/accounts': route('manageAccounts'),
  'PATCH /api/accounts/:id': route('manageAccounts'),
  'GET /api/api-keys': route('readAccounts'),
  'POST /api/api-keys': route('manageAccounts'),
  'DELETE /api/api-keys/:key': route('manageAccounts'),
  'GET /api/identity-grants': route('readAccounts'),
  'POST /api/identity-grants': route('grantIdentity'),
  'DELETE /api/identity-grants/:id': route('grantIdentity'),

  'GET /api/people/:person/messages': route('signedIn'), // one's own alone
  'POST /api/people/:person/messages/read': route('respond'),

  'GET /api/bodies': route('readIncidents'), // those of one's jurisdiction
  'GET /api/rosters/:body': route('signedIn'),
  'GET /api/rosters/:body/export': route('signedIn'),
  'GET /api/rosters/:body/duty': route('signedIn'),
  'GET /api/roster-findings': route('manageRosters'),
  'POST /api/rosters/:body/preview': route('manageRosters'),
  'POST /api/rosters/:body': route('manageRosters'),
  'POST /api/rosters/:body/undo': route('manageRosters'),

  'GET /api/plans': route('signedIn'),
  'GET /api/plans/:key/:edition': route('signedIn'),
  'GET /api/plans/:key/:edition/diff': route('signedIn'),
  'POST /api/plans/check': route('draftPlan'),
  'POST /api/plans/preview': route('draftPlan'),
  'POST /api/plans/proposals': act('draftPlan'),
  'POST /api/plans/proposals/:nr/decision': act('approvePlan'),

  // 五（一）, 五（三）, 七, 九: who has studied the plan, what screening found, what asks for a revision.
  'GET /api/study': route('readIncidents'),
  'POST /api/study': act('respond'),
  'POST /api/study/sessions': act('respond'), // and the head of the body, or whoever stands above it
  'PUT /api/register-limits': act('setRegisterLimits'),
  'GET /api/screenings': route('readIncidents'),
  'POST /api/screenings': act('respond'),
  'GET /api/screenings/findings/:id': route('readIdentity', { identity: 'always' }),
  'POST /api/screenings/findings/:id/end': act('respond'),
  'GET /api/revision-prompts': route('readIncidents'),
  'POST /api/revision-prompts': act('draftPlan'),
  'POST /api/revision-prompts/:id/decision': act('approvePlan'),

  'GET /api/incidents/:id/activities': route('operate'),
  'POST /api/incidents/:id/activities/retry': route('operate'),
  'GET /api/health/details': route('operate'),

  'GET /api/handovers': route('readIncidents'),
  'GET /api/handovers/:id': route('readIncidents'),
  'POST /api/handovers': route('respond'), // `from` is oneself
  'POST /api/handovers/:id/accept': act('respond'),
  'POST /api/handovers/:id/withdraw': act('respond'),

  'GET /api/changes': route('readChanges'),
  'POST /api/changes/verify': route('runAudit'),

  'GET /api/board': route('readIncidents'),
  'GET /api/events': route('readIncidents'),
  'GET /api/register': route('readIncidents'),
  'GET /api/register/export': route('readIncidents', { identity: 'onDemand' }),
  'GET /api/numbers': route('readIncidents'),
  'GET /api/numbers/export': route('readIncidents'),
  'GET /api/duties': route('readIncidents'), // one's own alone

  // The person concerned and their supervisor, whatever their role: asked in the routes.
  'GET /api/time-differences': route('signedIn'),
  'POST /api/time-differences/:id/explanation': route('respond'),
  'POST /api/time-differences/:id/judgement': route('respond'),
  'POST /api/incidents/:id/verified-facts': act('orderCorrection'),

  'POST /api/incidents': route('reportIncident'),
  'GET /api/incidents': route('readIncidents'),
  'GET /api/incidents/:id': route('readIncidents', { identity: 'onDemand' }),
  'GET /api/incidents/:id/acts': route('readIncidents'),
  'GET /api/incidents/:id/course': route('readIncidents'),
  'GET /api/incidents/:id/times': route('readIncidents', { identity: 'onDemand' }),
  'GET /api/incidents/:id/duplicates': route('readIdentity'),
  'GET /api/incidents/:id/history': route('readIdentity', { identity: 'always' }),

  'GET /api/document-templates': route('signedIn'),
  'GET /api/incidents/:id/documents': route('readIncidents'),
  'GET /api/incidents/:id/documents/asked': route('readIncidents'),
  'GET /api/incidents/:id/document-forms/:template': route('readIdentity', { identity: 'always' }),
  'GET /api/incidents/:id/documents/:document/differences': route('readIdentity', { identity: 'always' }),
  'GET /api/incidents/:id/documents/:document/preview': route('readIdentity', { identity: 'always' }),
  'GET /api/incidents/:id/documents/:document/docx': route('readIdentity', { identity: 'always' }),
  'GET /api/incidents/:id/documents/:document/pdf': route('readIdentity', { identity: 'always' }),
  'GET /api/incidents/:id/documents/:document/scans/:sha256': route('readIdentity', { identity: 'always' }),

  'GET /api/incidents/:id/attachments': route('readIncidents', { identity: 'onDemand' }),
  'GET /api/incidents/:id/attachments/:attachment': route('readIdentity', { identity: 'always' }),
  'GET /api/incidents/:id/identity-reads': route('readIdentityLog'),

  'GET /api/bundle-key': route('signedIn'),
  'GET /api/bundles': route('readIncidents'),
  'GET /api/incidents/:id/archive': route('readIncidents'),
  // Who read what and why stands in a bundle: for those who look into that.
  'GET /api/incidents/:id/bundle': route('readIdentityLog', { identity: 'always' }),
  'GET /api/register/bundles': route('readIdentityLog', { identity: 'always' }),
  'GET /api/incidents/:id/erasure': route('readIncidents'),
  'POST /api/incidents/:id/erasure': route('proposeErasure'), // who, the account says
  'POST /api/incidents/:id/erasure/decision': route('approveErasure'), // and somebody else

  'POST /api/incidents/:id/stages/:stage/outcome': act('respond'),
  'POST /api/incidents/:id/still-responding': act('respond'),
  'POST /api/incidents/:id/take-over': act('respond'),
  'POST /api/incidents/:id/receipts': act('respond'),
  'POST /api/incidents/:id/messages/revoke': act('respond'),
  'POST /api/incidents/:id/calls': act('respond'),
  'POST /api/incidents/:id/facts': act('respond'),
  'POST /api/incidents/:id/known-elsewhere': act('respond'),
  'POST /api/incidents/:id/documents': act('respond'),
  'POST /api/incidents/:id/documents/:document/signature': act('respond'), // and the post for it
  'POST /api/incidents/:id/documents/:document/discard': act('respond'),
  'POST /api/incidents/:id/documents/:document/scans': route('respond', { file: true }),
  'POST /api/incidents/:id/attachments': route('respond', { file: true }),
  'POST /api/incidents/:id/reports': act('respond'),
  'GET /api/incidents/:id/reports': route('readIncidents', { identity: 'onDemand' }),
  'GET /api/incidents/:id/reports/draft': route('readIdentity', { identity: 'always' }),
  'POST /api/incidents/:id/reports/phone': act('respond'),
  'POST /api/incidents/:id/reports/sendings': act('respond'),
  'POST /api/incidents/:id/reports/handed-on': act('respond'), // as an approver of the plan has decided
  'POST /api/incidents/:id/instructions': act('respond'),
  'POST /api/incidents/:id/subjects': act('respond'),
  'POST /api/incidents/:id/subjects/states': act('respond'),
  'POST /api/incidents/:id/branch': act('decideBranch'),
  'POST /api/incidents/:id/sub-cases': act('decideBranch'),
  'POST /api/incidents/:id/merge': act('decideBranch'),
  'POST /api/incidents/:id/closing': act('proposeClosing'),
  'POST /api/incidents/:id/response-ended': act('proposeClosing'),
  'POST /api/incidents/:id/closing/approval': act('approveClosing'),
  'POST /api/incidents/:id/corrective-actions': act('orderCorrection'),
  'POST /api/incidents/:id/measures': act('orderCorrection'),

  'GET /api/drill-scenarios': route('readIncidents'),
  'GET /api/drills': route('readIncidents'),
  'GET /api/drills/year': route('readIncidents'),
  'GET /api/drills/:id': route('readIncidents'),
  'GET /api/drills/:id/score': route('readIncidents'),
  'GET /api/drills/:id/preview': route('orderDrill'),
  'POST /api/drills': act('orderDrill'),
  'PUT /api/drills/:id': act('orderDrill'),
  'POST /api/drills/:id/consents': route('orderDrill'), // the body is a file
  'GET /api/drills/:id/consents/:sha256': route('orderDrill'),
  'POST /api/drills/:id/approve': act('approveDrill'),
  'POST /api/drills/:id/withdraw': act('orderDrill'),
  'POST /api/drills/:id/start': act('approveDrill'),
  'POST /api/drills/:id/real': act('respond'),
  'POST /api/drills/:id/end': act('orderDrill'),
  'POST /api/drills/:id/score': act('approveDrill'),
  'POST /api/drills/:id/finish': act('approveDrill'),

  'GET /api/audit': route('verifyRegister'),
  'POST /api/audit': route('runAudit'),
  'GET /api/reconcile': route('verifyRegister'),
};

/** What a route asks for, by method and url as it was declared; null when nobody has said. */
export function rightOf(method: string, url: string): RouteRight | null {
  const name = `${method === 'HEAD' ? 'GET' : method} ${url}`;
  return ROUTE_RIGHTS[name] ?? ROUTE_RIGHTS[familyOf(name) ?? ''] ?? null;
}

/** The key that stands for a route or, ending in `*`, for its like; null for a route that is not declared. */
export const keyOf = (name: string): string | null =>
  Object.hasOwn(ROUTE_RIGHTS, name) ? name : familyOf(name);

const FAMILIES = Object.keys(ROUTE_RIGHTS).filter((key) => key.endsWith('*'));
const familyOf = (name: string): string | null =>
  FAMILIES.find((family) => name === family.slice(0, -1) || name.startsWith(`${family.slice(0, -1)}/`)) ??
  null;
