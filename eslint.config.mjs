import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { builtinModules } from 'node:module';

/** A workflow is replayed: whatever differs between two runs of the same code breaks it. */
const notDeterministic = {
  'no-restricted-imports': [
    'error',
    {
      paths: [
        ...builtinModules.flatMap((name) => [name, `node:${name}`]),
        '@temporalio/client',
        '@temporalio/worker',
        '@temporalio/activity',
      ].map((name) => ({ name, message: 'A workflow does no I/O: call an activity.' })),
      patterns: [
        {
          group: ['**/store/**', '**/channels/**', '**/api/**', '**/temporal/!(task-queues).ts'],
          message: 'Workflows import types and pure functions only.',
        },
      ],
    },
  ],
  'no-restricted-globals': [
    'error',
    ...[
      'Date',
      'setTimeout',
      'setInterval',
      'setImmediate',
      'fetch',
      'process',
      'crypto',
      'performance',
      'WeakRef',
      'FinalizationRegistry',
    ].map((name) => ({
      name,
      message: 'Not deterministic on replay: use ./clock.ts, a condition, or an activity.',
    })),
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Math', property: 'random', message: 'Not deterministic on replay.' },
  ],
};

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      '.fenghuo/',
      '.fenghuo-topology/',
      'coverage/',
      'test/histories/',
      'console/dist/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            ':matches(ObjectExpression > SpreadElement > ObjectExpression, ArrayExpression > SpreadElement > ArrayExpression, SpreadElement > TSAsExpression > ArrayExpression)',
          message: 'Write what is spread out itself.',
        },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  { files: ['console/**/*.tsx', 'console/**/*.ts'], ...reactHooks.configs.flat.recommended },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
  {
    files: ['src/workflows/**/*.ts'],
    ignores: ['**/*.test.ts', 'src/workflows/clock.ts'],
    rules: notDeterministic,
  },
);
