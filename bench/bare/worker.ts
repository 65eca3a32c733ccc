import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { createEmail } from '../../src/channels/email.ts';
import { parseKeyring } from '../../src/crypto/keyring.ts';
import { connectWorker } from '../../src/temporal/connect.ts';
import { createDataConverter, failureConverterPath } from '../../src/temporal/data-converter.ts';
import { installLogger, quietLogger } from '../../src/temporal/logger.ts';
import { asPart } from '../as-part.ts';
import { createLadderActivities } from './activities.ts';

export interface BareSetUp {
  temporalAddress: string;
  namespace: string;
  taskQueue: string;
  smtpUrl: string;
  mailFrom: string;
  /** A keyring as text. */
  keys: string;
  logFile: string;
}

/** The bare ladder's worker: our codec, our mail transport and our workers' options, and nothing else of ours. */
asPart<BareSetUp, null>(async (setUp) => {
  installLogger(pino({ name: 'bench-bare' }, pino.destination(setUp.logFile)));
  const { namespace, taskQueue, smtpUrl, mailFrom } = setUp;
  const email = createEmail({ smtpUrl, from: mailFrom });
  const connection = await connectWorker({ address: setUp.temporalAddress, namespace });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    dataConverter: createDataConverter(parseKeyring(setUp.keys)),
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('./ladder.ts', import.meta.url)),
      failureConverterPath,
      logger: quietLogger,
    }),
    activities: createLadderActivities(email),
    // As in src/temporal/create-worker.ts.
    stickyQueueScheduleToStartTimeout: '1s',
    shutdownGraceTime: '10s',
    maxConcurrentActivityTaskExecutions: 40,
  });
  const running = worker.run();
  return {
    ready: null,
    async close() {
      worker.shutdown();
      await running;
      await connection.close();
      await email.close();
    },
  };
});
