import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { WhoAmI } from '../api/session.ts';
import { Unread } from '../inbox/unread.tsx';
import { may } from '../api/session.ts';
import { twins, type Twins } from '../words/words.tsx';

export interface Page {
  path: string;
  /** In the menu; a page without a name is reached from others. */
  name?: Twins<string>;
  /** Beside its name in the menu: how much waits there. */
  badge?: ComponentType;
  component: LazyExoticComponent<ComponentType>;
  isFor(who: WhoAmI): boolean;
}

const everybody = (): boolean => true;
const isPerson = ({ account }: WhoAmI): boolean => account !== null && account.person !== null;
const page = (load: () => Promise<ComponentType>): Page['component'] =>
  lazy(async () => ({ default: await load() }));

/** The pages behind the sign-in. What is not for somebody is not in their menu, and the API refuses it all the same. */
export const PAGES: Page[] = [
  {
    path: '/board',
    name: twins('看板', 'Board'),
    component: page(() => import('../board/board-page.tsx').then((m) => m.BoardPage)),
    isFor: (who) => may(who, 'readIncidents'),
  },
  {
    path: '/duties',
    name: twins('我的职责', 'My duties'),
    component: page(() => import('../duties/duties-page.tsx').then((m) => m.DutiesPage)),
    isFor: (who) => may(who, 'respond'),
  },
  {
    path: '/handover',
    name: twins('值班交接', 'Handover'),
    component: page(() => import('../handover/handover-page.tsx').then((m) => m.HandoverPage)),
    isFor: (who) => may(who, 'respond') && isPerson(who),
  },
  {
    path: '/inbox',
    name: twins('消息', 'Messages'),
    badge: Unread,
    component: page(() => import('../inbox/inbox-page.tsx').then((m) => m.InboxPage)),
    isFor: isPerson,
  },
  {
    path: '/times',
    name: twins('时间核实', 'Times to verify'),
    component: page(() => import('../accountability/times-page.tsx').then((m) => m.TimesPage)),
    isFor: (who) => may(who, 'respond') && isPerson(who),
  },
  {
    path: '/people',
    name: twins('人员与值班', 'People'),
    component: page(() => import('../people/people-page.tsx').then((m) => m.PeoplePage)),
    isFor: (who) => may(who, 'readIncidents'),
  },
  {
    path: '/incidents/:id',
    component: page(() => import('../incident/incident-page.tsx').then((m) => m.IncidentPage)),
    isFor: (who) => may(who, 'readIncidents'),
  },
  {
    path: '/incidents/:id/documents',
    component: page(() => import('../documents/documents-page.tsx').then((m) => m.DocumentsPage)),
    isFor: (who) => may(who, 'readIncidents'),
  },
  {
    path: '/incidents/:id/history',
    component: page(() => import('../history/history-page.tsx').then((m) => m.HistoryPage)),
    isFor: (who) => may(who, 'readIncidents'),
  },
  {
    path: '/incidents/:id/reports',
    component: page(() => import('../reports/reports-page.tsx').then((m) => m.ReportsPage)),
    isFor: (who) => may(who, 'readIncidents'),
  },
  {
    path: '/plan',
    name: twins('预案', 'Plan'),
    component: page(() => import('../plan/plan-page.tsx').then((m) => m.PlanPage)),
    isFor: everybody,
  },
  {
    path: '/plan/preview',
    component: page(() => import('../preview/preview-page.tsx').then((m) => m.PreviewPage)),
    isFor: (who) => may(who, 'draftPlan'),
  },
  {
    path: '/registers',
    name: twins('学习与排查', 'Study and screening'),
    component: page(() => import('../registers/registers-page.tsx').then((m) => m.RegistersPage)),
    isFor: (who) => may(who, 'readIncidents'),
  },
  {
    path: '/drills',
    name: twins('演练', 'Drills'),
    component: page(() => import('../drills/drills-page.tsx').then((m) => m.DrillsPage)),
    isFor: (who) => may(who, 'readIncidents'),
  },
  {
    path: '/drills/new',
    component: page(() => import('../drills/new-drill-page.tsx').then((m) => m.NewDrillPage)),
    isFor: (who) => may(who, 'orderDrill'),
  },
  {
    path: '/drills/:id/change',
    component: page(() => import('../drills/change-drill-page.tsx').then((m) => m.ChangeDrillPage)),
    isFor: (who) => may(who, 'orderDrill'),
  },
  {
    path: '/drills/:id',
    component: page(() => import('../drills/drill-page.tsx').then((m) => m.DrillPage)),
    isFor: (who) => may(who, 'readIncidents'),
  },
  {
    path: '/admin',
    name: twins('系统管理', 'Administration'),
    component: page(() => import('../admin/admin-page.tsx').then((m) => m.AdminPage)),
    isFor: (who) =>
      may(who, 'operate') ||
      may(who, 'readAccounts') ||
      may(who, 'readChanges') ||
      may(who, 'verifyRegister'),
  },
  {
    path: '/register',
    name: twins('台账', 'Register'),
    component: page(() => import('../register/register-page.tsx').then((m) => m.RegisterPage)),
    isFor: (who) => may(who, 'readIncidents'),
  },
  {
    path: '/numbers',
    name: twins('统计', 'Numbers'),
    component: page(() => import('../numbers/numbers-page.tsx').then((m) => m.NumbersPage)),
    isFor: (who) => may(who, 'readIncidents'),
  },
  {
    path: '/account',
    component: page(() => import('../session/account-page.tsx').then((m) => m.AccountPage)),
    isFor: everybody,
  },
];
