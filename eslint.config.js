import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const NO_CLOCK = 'Take the time from the injected clock (src/model/clock.ts).';
const NO_RANDOM = 'Draw from a Random (src/model/random.ts), so that a seed decides everything.';

const clock = [
  { object: 'Date', property: 'now', message: NO_CLOCK },
  { object: 'performance', property: 'now', message: NO_CLOCK },
];
const random = [{ object: 'Math', property: 'random', message: NO_RANDOM }];

const imports = [
  {
    // \x2F is a slash, which a selector's pattern cannot hold.
    selector:
      ':matches(ImportDeclaration, ImportExpression)[source.value=/^\\.{1,2}\\x2F([^?]*\\x2F)?[^.?\\x2F]+$/]',
    message: 'Write the extension (.ts, .tsx) of what is imported.',
  },
  { selector: 'ExportAllDeclaration', message: 'No barrel files: import from the file itself.' },
];
const exported = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'Export by name.' },
];
const now = [{ selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: NO_CLOCK }];

export default defineConfig(
  {
    ignores: [
      'dist/',
      '.dist-*/',
      'public/',
      'runs/',
      'test-results/',
      'playwright-report/',
      'src/kernels/wasm/assembly/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      eqeqeq: ['error', 'always'],
      // Taking a property out of an object is what the rest is for.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'no-restricted-properties': ['error', ...random, ...clock],
      'no-restricted-syntax': ['error', ...imports, ...exported, ...now],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // tf.js returns Tensor<Rank> where it knows better; saying which one is no noise.
      '@typescript-eslint/no-unnecessary-type-assertion': [
        'error',
        { typesToIgnore: [1, 2, 3, 4].flatMap((rank) => [`tf.Tensor${rank}D`, `Tensor${rank}D`]) },
      ],
      // With noUncheckedIndexedAccess every index in an inner loop needs one.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['src/app/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },
  // The files where a seed begins and where time is read.
  {
    files: ['src/model/random.ts'],
    rules: { 'no-restricted-properties': ['error', ...clock] },
  },
  {
    files: ['src/model/clock.ts', 'bench/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...random],
      'no-restricted-syntax': ['error', ...imports, ...exported],
    },
  },
  // Tools ask for a default export.
  {
    files: ['*.config.ts', 'e2e/playwright.config.ts'],
    rules: { 'no-restricted-syntax': ['error', ...imports, ...now] },
  },
);
