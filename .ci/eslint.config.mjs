// What the linter holds: no loose types, no forgotten promises, no Prisma writes, settings in one place.
import js from '@eslint/js';
import ts from 'typescript-eslint';

const typescript = ['**/*.ts', '**/*.tsx'];
const product = ['src/**/*.ts', 'src/**/*.tsx', 'webhooks/**/*.ts'];

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'A name at its source is a name everywhere: export by name.' };

// Prisma's SQLite adapter has one connection: a write made beside an open transaction is rolled back with it, after it was acknowledged.
const prismaWrites = [
  'CallExpression[callee.property.name=/^\\$(transaction|executeRaw|executeRawUnsafe)$/]',
  'TaggedTemplateExpression[tag.property.name="$executeRaw"]',
  ...['callee.object.object.name', 'callee.object.object.property.name'].map(
    (client) => `CallExpression[${client}=/prisma/i][callee.property.name=/^(create|update|upsert|delete)(Many|ManyAndReturn)?$/]`,
  ),
].map((selector) => ({ selector, message: 'Prisma writes nothing here: write through transact() in an action.' }));

const notAtRunTime = {
  patterns: [
    { group: ['@prisma/*', '**/generated', '**/generated/*'], allowTypeImports: true, message: "Only the types of Prisma's client." },
    { group: ['node:process', 'process'], message: 'Settings come from config.ts.' },
  ],
};

export default ts.config(
  { ignores: ['dist/', 'node_modules/', '.data/', 'src/store/generated/', 'prisma/data/', 'test/vectors/'] },
  js.configs.recommended,
  { files: ['**/*.js', '**/*.cjs', '**/*.mjs'], rules: { 'no-undef': 'off' } },
  {
    files: typescript,
    extends: [ts.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: `${import.meta.dirname}/..` } },
    rules: {
      eqeqeq: 'error',
      'no-undef': 'off', // the compiler knows better
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // These need types, and are worth their seconds.
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/restrict-plus-operands': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: product,
    rules: {
      'no-console': 'error',
      'max-lines-per-function': ['error', { max: 60 }],
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Settings come from config.ts.' }],
      'no-restricted-syntax': ['error', noDefaultExport, ...prismaWrites],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-restricted-imports': ['error', notAtRunTime],
    },
  },
  { files: ['src/store/**'], rules: { 'max-lines-per-function': 'off' } }, // a table is a factory of small functions
  { files: ['src/config.ts', 'webhooks/replay.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['src/main.ts', 'src/demo.ts', 'webhooks/replay.ts'], rules: { 'no-console': 'off' } },
  { files: ['test/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
);
