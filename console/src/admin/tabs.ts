import type { ComponentType } from 'react';
import { may, type RightName, type WhoAmI } from '../api/session.ts';
import { Accounts } from './accounts.tsx';
import { Audit } from './audit.tsx';
import { Changes } from './changes.tsx';
import { Grants } from './grants.tsx';
import { Health } from './health.tsx';
import { Keys } from './keys.tsx';

/** The administration's pages, and the right that each asks for. */
export const ADMIN_TABS = {
  health: { needs: 'operate', component: Health },
  accounts: { needs: 'readAccounts', component: Accounts },
  keys: { needs: 'readAccounts', component: Keys },
  grants: { needs: 'readAccounts', component: Grants },
  changes: { needs: 'readChanges', component: Changes },
  audit: { needs: 'verifyRegister', component: Audit },
} as const satisfies Record<string, { needs: RightName; component: ComponentType }>;

export type AdminTab = keyof typeof ADMIN_TABS;

/** Those for this person. */
export const tabsOf = (who: WhoAmI | undefined): AdminTab[] =>
  (Object.keys(ADMIN_TABS) as AdminTab[]).filter((tab) => may(who, ADMIN_TABS[tab].needs));
