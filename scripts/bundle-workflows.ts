import { cachedWorkflowBundle } from '../src/temporal/workflow-bundle.ts';

/* `node --import tsx scripts/bundle-workflows.ts FOLDER`: what a worker reads from FENGHUO_CACHE instead of bundling. */
await cachedWorkflowBundle(process.argv[2]!);
