import { defineConfig } from 'oxlint';

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'node', 'promise', 'vitest'],
  jsPlugins: ['./tools/import-law.ts', 'eslint-plugin-lit'],
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  ignorePatterns: ['**/dist', 'build', 'coverage', 'data', 'node_modules'],
  rules: {
    'encore/import-law': 'error',
    'import/no-cycle': 'error',
    'node/no-process-env': 'error',
    'no-restricted-imports': [
      'error',
      {
        paths: ['process', 'node:process'].map((name) => ({
          name,
          importNames: ['env', 'default'],
          message: 'The environment is read in server/config.ts only.',
        })),
      },
    ],

    // Promises and unions: what is forgotten here is lost without a word.
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/prefer-promise-reject-errors': 'error',
    'typescript/return-await': 'error',

    // One way to write it.
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-else-return': 'error',
    'no-param-reassign': 'error',
    'no-var': 'error',
    'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    'object-shorthand': 'error',
    'prefer-const': 'error',
    'prefer-template': 'error',
    'typescript/consistent-type-definitions': ['error', 'type'],
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-import-type-side-effects': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/prefer-nullish-coalescing': 'error',
    'typescript/use-unknown-in-catch-callback-variable': 'error',
    'unicorn/prefer-node-protocol': 'error',
    'no-console': 'error',

    // In order is what most loops with await are for; a rule cannot tell.
    'no-await-in-loop': 'off',
    // Types narrowed by a schema or a prepared statement are told to the compiler once, there.
    'typescript/no-unsafe-type-assertion': 'off',
    // A side effect is what require-node.ts and custom elements are imported for.
    'import/no-unassigned-import': 'off',
    'no-shadow': 'off',
    // Objects of functions have no `this` to lose; the compiler's noImplicitReturns does the second.
    'typescript/unbound-method': 'off',
    'typescript/consistent-return': 'off',
    // A copy is what is wanted there.
    'oxc/no-map-spread': 'off',
    // A closure in a factory is our class; the rule would lift helpers out of their sight.
    'unicorn/consistent-function-scoping': 'off',
    'no-underscore-dangle': 'off',
    'promise/always-return': 'off',
    // Sorting a fresh array in place is no surprise to anybody.
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    'import/no-named-as-default-member': 'off',
    'import/no-named-as-default': 'off',
  },
  overrides: [
    {
      // Before there is a configuration: npm's own variables, the compiler's, the browser's path.
      files: [
        'server/config.ts',
        'server/{bootstrap,encore}.mjs',
        '**/build-mixer.mjs',
        '**/*.test.ts',
      ],
      rules: { 'node/no-process-env': 'off', 'no-restricted-imports': 'off' },
    },
    {
      files: ['**/testing/**', '**/e2e/**', 'ui/plugins/**', 'ui/*.config*.ts', 'server/bench/**'],
      rules: { 'node/no-process-env': 'off', 'no-console': 'off' },
    },
    {
      files: ['**/*.test.ts', '**/testing/**'],
      rules: {
        // `expect` hides in helpers such as vi.waitFor and our given/when/then spec.
        'vitest/expect-expect': 'off',
        'vitest/no-conditional-expect': 'off',
        'vitest/no-standalone-expect': 'off',
        'vitest/require-mock-type-parameters': 'off',
        'vitest/require-to-throw-message': 'off',
        'typescript/no-non-null-assertion': 'off',
      },
    },
    {
      files: ['ui/**/*.ts'],
      rules: {
        // `declare global { interface HTMLElementTagNameMap }` can be nothing else.
        'typescript/consistent-type-definitions': 'off',
        // A Lit controller adds itself to its host.
        'no-new': 'off',
        'lit/attribute-names': 'error',
        'lit/attribute-value-entities': 'error',
        'lit/binding-positions': 'error',
        'lit/lifecycle-super': 'error',
        'lit/no-duplicate-template-bindings': 'error',
        'lit/no-invalid-escape-sequences': 'error',
        'lit/no-invalid-html': 'error',
        'lit/no-legacy-imports': 'error',
        'lit/no-legacy-template-syntax': 'error',
        'lit/no-private-properties': 'error',
        'lit/no-property-change-update': 'error',
        'lit/no-this-assign-in-render': 'error',
        'lit/no-useless-template-literals': 'error',
        'lit/no-value-attribute': 'error',
        'lit/prefer-nothing': 'error',
      },
    },
    {
      // Sums over samples: every index comes from the array's own length.
      files: ['sounds/recipes/**'],
      rules: { 'typescript/no-non-null-assertion': 'off' },
    },
    {
      // What runs on the system's own Node has no types, and not all of today's syntax.
      files: ['**/*.mjs', 'ui/public/**'],
      rules: {
        'no-console': 'off',
        'no-var': 'off',
        'no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none' }],
        'typescript/prefer-nullish-coalescing': 'off',
        'typescript/require-array-sort-compare': 'off',
        'typescript/use-unknown-in-catch-callback-variable': 'off',
      },
    },
  ],
});
