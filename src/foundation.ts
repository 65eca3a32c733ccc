import type { DataConverter } from '@temporalio/common';
import type { Client } from '@temporalio/client';
import { createChannels } from './channels/create-channels.ts';
import type { Channel } from './channels/channel.ts';
import type { Email } from './channels/email.ts';
import type { Channels } from './activities/compose.ts';
import { createInApp } from './channels/in-app.ts';
import { recordWhatChanged } from './changes/at-start.ts';
import { ConfigError, type Config } from './config.ts';
import type { Keyring } from './crypto/keyring.ts';
import { GATEWAY_REPORTS } from './api/routes-delivery-reports.ts';
import type { MessageKey } from './incident/ids.ts';
import { keepPlanLive } from './live-plan.ts';
import { keepRostersLive } from './live-rosters.ts';
import { liveOrganisation } from './people/live-organisation.ts';
import { loadOrganisation, type Organisation } from './people/organisation.ts';
import { livePlan } from './plan/live-plan.ts';
import { loadPlan, type Plan } from './plan/load.ts';
import { publicUrlOf } from './public-url.ts';
import { openRegister, type Register } from './store/open.ts';
import { putInInbox } from './store/inbox.ts';
import { savePlanEdition } from './store/plans.ts';
import { temporalAt } from './temporal-at.ts';
import { createClient, type TemporalAddress } from './temporal/connect.ts';
import type { Tracing } from './tracing/tracing.ts';
import { createDataConverter } from './temporal/data-converter.ts';

/** What API and worker stand on, whether they share a process or not. */
export interface Foundation {
  keyring: Keyring;
  register: Register;
  /** The file's edition, or the one that two people put in force since, always that of now; see {@link keepPlanLive}. */
  plan: Plan;
  /** Brings what was put in force into `plan` at once; never rejects. */
  refreshPlan(): Promise<void>;
  /** The file with the newest imported rosters in it, always those of now; see {@link keepRostersLive}. */
  organisation: Organisation;
  /** Brings imported rosters into `organisation` at once; never rejects. */
  refreshRosters(): Promise<void>;
  dataConverter: DataConverter;
  temporal: TemporalAddress;
  client: Client;
  email: Email;
  /** Everything a person can be told by. */
  channels: Channels;
  /** Groups that hear of each new duty of ours. */
  robots: Channel[];
  gatewaySecret: string | undefined;
  smsSignature: string | undefined;
  /** Closes what was opened, in order. */
  close(): Promise<void>;
}

/** Settings that the embedded mode provides by itself and the separate processes must be given. */
export type Provided = Required<Pick<Config, 'TEMPORAL_ADDRESS' | 'SMTP_URL' | 'FENGHUO_KEYS'>> & {
  dataDir?: string;
};

/** Reads plan and organisation, opens the register (and brings its tables up to date), and prepares Temporal and mail. */
export async function layFoundation(
  config: Config,
  provided: Provided,
  tracing: Tracing | null = null,
): Promise<Foundation> {
  const keyring = provided.FENGHUO_KEYS;
  const file = loadPlan(config.FENGHUO_PLAN);
  const { plan, show } = livePlan(file);
  const { email, sms, voice, robots } = createChannels(config, {
    smtpUrl: provided.SMTP_URL,
    ...(config.PUBLIC_URL ? { reportsUrl: `${publicUrlOf(config)}${GATEWAY_REPORTS}` } : {}),
  });
  const live = liveOrganisation(loadOrganisation(config.FENGHUO_ORGANISATION));
  const register = await openRegister({
    databaseUrl: config.DATABASE_URL,
    dataDir: provided.dataDir,
    keyring,
  });
  await savePlanEdition(register, file.pin, file.text);
  await recordWhatChanged({ config, register, plan: file, organisation: live.organisation });
  const published = keepPlanLive(register, { plan, show });
  await published.refresh();
  const rosters = keepRostersLive(register, live);
  await rosters.refresh();
  const dataConverter = createDataConverter(keyring);
  const temporal = temporalAt(config, provided.TEMPORAL_ADDRESS);
  const client = await createClient(temporal, dataConverter, tracing?.client);
  return {
    keyring,
    register,
    plan,
    refreshPlan: published.refresh,
    organisation: live.organisation,
    refreshRosters: rosters.refresh,
    dataConverter,
    temporal,
    client,
    email,
    channels: {
      inApp: createInApp(({ id, to, subject = '', text }) =>
        putInInbox(register, { person: to, key: id as MessageKey, subject, text }),
      ),
      ...(sms ? { sms } : {}),
      ...(voice ? { voice } : {}),
      email,
    },
    robots,
    gatewaySecret: config.GATEWAY_SECRET,
    smsSignature: config.SMS_SIGNATURE,
    async close() {
      rosters.stop();
      published.stop();
      await client.connection.close();
      await email.close();
      await register.close();
    },
  };
}

/** For the processes that provide nothing themselves. Throws {@link ConfigError} naming all that is missing. */
export function mustBeProvided(config: Config): Provided {
  const { TEMPORAL_ADDRESS, SMTP_URL, FENGHUO_KEYS, DATABASE_URL, PUBLIC_URL } = config;
  if (TEMPORAL_ADDRESS && SMTP_URL && FENGHUO_KEYS && DATABASE_URL && PUBLIC_URL)
    return { TEMPORAL_ADDRESS, SMTP_URL, FENGHUO_KEYS };
  // A receipt link that leads nowhere lets every ladder climb.
  const names = { TEMPORAL_ADDRESS, SMTP_URL, FENGHUO_KEYS, DATABASE_URL, PUBLIC_URL };
  const missing = Object.entries(names).filter(([, value]) => !value);
  throw new ConfigError(
    missing.map(([name]) => ({ name, expected: 'must be set here; only `npm start` can do without' })),
  );
}
