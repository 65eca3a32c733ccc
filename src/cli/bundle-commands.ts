import type { Command } from './command.ts';

/** What can be done with bundles of closed incidents, through the running server. */
export const BUNDLE_COMMANDS: readonly Command[] = [
  {
    name: 'bundle export',
    takes: '[--from DATE] [--to DATE] [--office ID] [--branch BRANCH] [--drill] OUT.zip',
    says: [
      'Write the bundles of closed incidents as one zip, by day of receipt; says each as it comes. Each is a logged reading.',
      'Through the running server. Exit status: 0 written, 1 refused or none there, 2 it was called wrongly.',
    ],
    example: 'fenghuo bundle export --from 2026-01-01 --to 2026-12-31 --office jia 归档.zip',
    run: async (rest) => (await import('./bundle-export.ts')).bundleExport(rest),
  },
  {
    name: 'bundle key',
    takes: '',
    says: [
      'The public key that bundles are signed with, and its fingerprint: give it to inspectors by another way than a bundle.',
      'Through the running server. Exit status: 0 shown, 1 refused.',
    ],
    example: 'fenghuo bundle key',
    run: async () => (await import('./bundle-key.ts')).bundleKeyCommand(),
  },
];
