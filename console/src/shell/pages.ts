import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { WhoAmI } from '../api/session.ts';
import { may } from '../api/session.ts';
import { twins, type Twins } from '../words/words.tsx';

export interface Page {
  path: string;
  /** In the menu; a page without a name is reached from others. */
  name?: Twins<string>;
  component: LazyExoticComponent<ComponentType>;
  isFor(who: WhoAmI): boolean;
}

const everybody = (): boolean => true;
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
    path: '/incidents/:id',
    component: page(() => import('../incident/incident-page.tsx').then((m) => m.IncidentPage)),
    isFor: (who) => may(who, 'readIncidents'),
  },
  {
    path: '/incidents/:id/history',
    component: page(() => import('../history/history-page.tsx').then((m) => m.HistoryPage)),
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
    path: '/account',
    component: page(() => import('../session/account-page.tsx').then((m) => m.AccountPage)),
    isFor: everybody,
  },
];
