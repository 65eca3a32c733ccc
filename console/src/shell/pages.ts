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
