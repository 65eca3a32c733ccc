/** Unit tests stand beside the code; `test/` holds the whole-system cases. See CONTRIBUTING.md. */
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  modulePathIgnorePatterns: ['<rootDir>/.fenghuo/', '<rootDir>/.fenghuo-topology/'],
};

export default {
  // A bound against waiting for ever, on the slowest machine; never what a test is about.
  testTimeout: 240_000,
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{src,deploy,bench}/**/*.test.ts'] },
    { ...shared, displayName: 'drills', testMatch: ['<rootDir>/test/drills/**/*.test.ts'] },
    { ...shared, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.test.ts'] },
    { ...shared, displayName: 'production', testMatch: ['<rootDir>/test/production/**/*.test.ts'] },
    { ...shared, displayName: 'system', testMatch: ['<rootDir>/test/system/**/*.test.ts'] },
  ],
};
