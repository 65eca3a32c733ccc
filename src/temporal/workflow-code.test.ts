import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { bundleWorkflowCode } from '@temporalio/worker';
import { otherCheckout } from '../../test/harness/other-checkout.ts';
import { quietLogger } from './logger.ts';
import { bundleWorkflows } from './workflow-bundle.ts';
import { codeOf } from './workflow-code.ts';

/** The code of a copy of our source, elsewhere and with one file changed. */
async function codeWith(file: string, from: string, to: string): Promise<string> {
  const { root, remove } = await otherCheckout(file, from, to);
  try {
    return codeOf(
      await bundleWorkflowCode({
        workflowsPath: join(root, 'src/workflows/index.ts'),
        failureConverterPath: join(root, 'src/temporal/failure-converter.ts'),
        logger: quietLogger,
      }),
    );
  } finally {
    await remove();
  }
}

test('the same workflows have the same code, wherever they lie, with traces and without, whatever an API does', async () => {
  const code = codeOf(await bundleWorkflows());
  expect(code).toMatch(/^[\da-f]{64}$/);
  expect(codeOf(await bundleWorkflows({ tracing: true }))).toBe(code);
  expect(await codeWith('src/api/say.ts', 'export ', '\nexport ')).toBe(code);
});

test('another line of a workflow, or of what it imports, is other code', async () => {
  const codes = [
    codeOf(await bundleWorkflows()),
    await codeWith('src/workflows/risk-signs.ts', "    stage('counselling'),\n", ''),
    await codeWith('src/incident/outbox.ts', 'export ', '\nexport '),
  ];
  expect(new Set(codes).size).toBe(3);
});

test('a bundle that does not say its sources has no code', () => {
  expect(() => codeOf({ code: 'var __TEMPORAL__ = {};' })).toThrow('what it was made of');
});
