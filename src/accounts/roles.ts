/** What an account may be. One account has one role, in one jurisdiction. */
export const ROLES = [
  'officer', // 司法所工作人员
  'townshipCommand', // 苏木(镇)应急处置指挥小组
  'leadingGroupOffice', // 旗领导小组办公室
  'bureauGeneralOffice', // 旗司法局办公室
  'dutyLeader', // 带班领导
  'bureauLeader', // 局领导
  'cityOffice', // 市司法局应急办公室
  'administrator', // 技术管理员
  'auditor', // 督查审计
] as const;
export type Role = (typeof ROLES)[number];

/** How far a right goes from the account's jurisdiction: it alone, with all below it, or not bound to any. */
export type Reach = 'own' | 'below' | 'everywhere';

export const RIGHTS = [
  'reportIncident',
  'readIncidents',
  'readIdentity',
  'respond',
  'decideBranch',
  'proposeClosing',
  'approveClosing',
  'orderCorrection',
  'orderDrill',
  'approveDrill',
  'readIdentityLog',
  'verifyRegister',
  'runAudit',
  'readChanges',
  'manageRosters',
  'draftPlan',
  'approvePlan',
  'setRegisterLimits',
  'operate',
  'readAccounts',
  'manageAccounts',
  'grantIdentity',
  'proposeErasure',
  'approveErasure',
] as const;
export type Right = (typeof RIGHTS)[number];

/** An alarm is never refused for whose it is: an officer may learn of something in the next township. It opens nothing to read. */
const alarm = { reportIncident: 'everywhere' } as const;
const read = (reach: Reach) => ({ readIncidents: reach, readIdentity: reach });
const handle = (reach: Reach) => ({
  ...read(reach),
  respond: reach,
  decideBranch: reach,
  proposeClosing: reach,
});
const lead: Partial<Record<Right, Reach>> = {
  ...handle('below'),
  orderDrill: 'below',
  approveDrill: 'below',
  approveClosing: 'below',
  orderCorrection: 'below',
  verifyRegister: 'everywhere',
  readIdentityLog: 'below',
  readChanges: 'everywhere',
  manageRosters: 'below',
  draftPlan: 'everywhere',
  setRegisterLimits: 'everywhere',
  grantIdentity: 'everywhere',
  readAccounts: 'everywhere',
};

/**
 * Which role may do what, how far from its jurisdiction. What is not named is refused. That a person's body has a part in the
 * incident, or is an approver of the plan, is asked besides: a right alone makes nobody a party.
 */
export const ROLE_RIGHTS: Record<Role, Partial<Record<Right, Reach>>> = {
  officer: { ...alarm, ...handle('own'), orderDrill: 'own' },
  townshipCommand: { ...alarm, ...handle('below') },
  leadingGroupOffice: {
    ...alarm,
    ...handle('below'),
    approveClosing: 'below',
    orderCorrection: 'below',
    manageRosters: 'below',
    draftPlan: 'everywhere',
    approvePlan: 'everywhere',
    setRegisterLimits: 'everywhere',
    orderDrill: 'below',
    approveDrill: 'below',
  },
  bureauGeneralOffice: {
    ...alarm,
    ...read('below'),
    respond: 'below',
    proposeClosing: 'below',
    orderCorrection: 'below',
    manageRosters: 'below',
    orderDrill: 'below',
    draftPlan: 'everywhere',
    proposeErasure: 'below',
  },
  dutyLeader: { ...alarm, ...lead },
  bureauLeader: {
    ...alarm,
    ...lead,
    approvePlan: 'everywhere',
    proposeErasure: 'below',
    approveErasure: 'below',
  },
  cityOffice: { readIncidents: 'below' },
  administrator: {
    readIncidents: 'below',
    verifyRegister: 'everywhere',
    runAudit: 'everywhere',
    operate: 'below',
    readAccounts: 'everywhere',
    manageAccounts: 'everywhere',
    readChanges: 'everywhere',
    manageRosters: 'below',
    draftPlan: 'everywhere',
    // Whoever makes accounts could make the second one, too: approving is for a leader, who is a person.
    proposeErasure: 'below',
  },
  auditor: {
    ...read('everywhere'),
    readIdentityLog: 'everywhere',
    verifyRegister: 'everywhere',
    readAccounts: 'everywhere',
    readChanges: 'everywhere',
  },
};

/** How far a role's right goes; null where it has none. */
export const reachOf = (role: Role, right: Right): Reach | null => ROLE_RIGHTS[role][right] ?? null;

/** Roles that speak in an incident: their accounts are a person of the organisation. */
export const actsAsPerson = (role: Role): boolean => reachOf(role, 'respond') !== null;
