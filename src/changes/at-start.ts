import { readFile } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { UnknownKeyError } from '../crypto/keyring.ts';
import type { Organisation } from '../people/organisation.ts';
import type { Plan } from '../plan/load.ts';
import { StoreError } from '../store/errors.ts';
import type { Register } from '../store/open.ts';
import { recordWaiting } from '../store/waiting-changes.ts';
import { recordDifferences } from './compare.ts';
import { organisationThings } from './organisation-things.ts';
import { planThings } from './plan-things.ts';
import { settingThings } from './setting-things.ts';

export interface Started {
  config: Config;
  register: Register;
  plan: Plan;
  organisation: Organisation;
}

/**
 * Puts on record what plan, organisation and settings say otherwise than at the last start. A record that was tampered with, or
 * whose key is gone, is said and does not keep the system from starting: alarms go before.
 */
export async function recordWhatChanged({ config, register, plan, organisation }: Started): Promise<void> {
  const text = await readFile(config.FENGHUO_ORGANISATION, 'utf8');
  try {
    await recordWaiting(register);
    await recordDifferences(register, 'plan', planThings(plan));
    await recordDifferences(register, 'organisation', organisationThings(organisation, text));
    await recordDifferences(register, 'settings', settingThings(config, register.keyring));
  } catch (error) {
    const isOurs = error instanceof StoreError && ['CHAIN_BROKEN', 'SEAL_BROKEN'].includes(error.code);
    if (!isOurs && !(error instanceof UnknownKeyError)) throw error;
    console.error(`What changed since the last start is not on record: ${error.message}`);
  }
}
