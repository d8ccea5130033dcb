// The walls of the house: which room may know of which, where settings and writes live, and how files look.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { faultsIn } from './support/walls';

const root = path.join(__dirname, '..');
const isOurs = (name: string): boolean => !['node_modules', 'dist', '.git', '.data', '.env', 'generated'].includes(name);

const allFiles = filesIn('');
const code = new Map(allFiles.filter(isCode).map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));

describe('The house as it stands', () => {
  it('is looked at as a whole: enough files, of every room', () => {
    expect(code.size).toBeGreaterThan(80);
    for (const room of [
      'src/domain',
      'src/actions',
      'src/store',
      'src/outbound',
      'src/api',
      'src/web',
      'src/jobs',
      'webhooks',
      'prisma',
      'test',
    ]) {
      expect([room, [...code.keys()].some((file) => file.startsWith(`${room}/`))]).toEqual([room, true]);
    }
  });

  it('has no file that goes through a wall, is too long, or does not say what it is', () => {
    expect(faultsIn(code)).toEqual([]);
  });

  it('keeps its top short', () => {
    const allowed =
      /^(package(-lock)?\.json|tsconfig.*\.json|src|prisma|test|webhooks|README\.md|LICENSE|\.env\.example|\.ci|\.gitignore|\.prettierignore)$/;
    expect(readdirSync(root).filter((name) => isOurs(name) && !allowed.test(name))).toEqual([]);
  });

  it('runs every test there is with npm test: no filter, none left out, none alone', () => {
    const { scripts, jest: settings } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
      jest: { testMatch: string[] };
    };
    expect([scripts['pretest'], scripts['test']]).toEqual(['node .ci/ready.cjs', 'jest']);
    expect(settings.testMatch).toEqual(['<rootDir>/test/**/*.test.ts', '<rootDir>/test/**/*.test.tsx']);
    expect(Object.keys(settings).filter((key) => /^(testPathIgnore|testNamePattern|testRegex|projects|roots|bail)/.test(key))).toEqual([]);
    const tests = allFiles.filter((file) => /[.-](test|spec)\.\w+$/.test(file));
    expect(tests.filter((file) => !/^test\/.*\.test\.tsx?$/.test(file))).toEqual([]);
    const left = /^\s*(describe|it|test)\.(only|skip|todo|failing)\b|^\s*(xit|xtest|xdescribe|fit|fdescribe)\(/m;
    expect(tests.filter((file) => left.test(code.get(file) ?? ''))).toEqual([]);
  });

  it('names no place outside of itself', () => {
    const foreign = new RegExp(`(^|[^\\w.-])(/${'work'}/|${'shared'}/)`);
    const texts = allFiles.filter(
      (file) => /\.(tsx?|[cm]?js|json|md|css|sql|prisma|http)$|\/[^.]+$/.test(file) && file !== 'package-lock.json',
    );
    expect(texts.filter((file) => foreign.test(readFileSync(path.join(root, file), 'utf8')))).toEqual([]);
  });

  it('holds one copy of one SQLite library, because two in one process ignore each other’s locks', () => {
    const installed = installedIn(path.join(root, 'node_modules'));
    expect(installed.length).toBeGreaterThan(300);
    expect(
      installed.filter((name) => /^(better-sqlite3.*|sqlite3|libsql|@libsql\/.*|@vscode\/sqlite3|node-sqlite3-wasm|sql\.js)$/.test(name)),
    ).toEqual(['better-sqlite3']);
  });
});

describe('The checker reports what is planted', () => {
  const sentence = '// A planted file, for the checker to find.\n';
  const planted: [what: string, file: string, text: string, fault: string][] = [
    ['a noun that reads the database', 'src/domain/a.ts', "import { openStore } from '../store';", 'imports src/store: not from domain'],
    ['a noun that refuses', 'src/domain/a.ts', "import type { Problem } from '../problems';", 'imports src/problems: not from domain'],
    ['a noun that makes a random number', 'src/domain/a.ts', "import { randomBytes } from 'node:crypto';", 'randomBytes of node:crypto'],
    ['a noun that reads a file', 'src/domain/a.ts', "const fs = require('node:fs');", 'imports node:fs: not from domain'],
    ['a noun that looks at the clock', 'src/domain/a.ts', 'export const now = () => Date.now();', 'Date.now: domain knows no clock'],
    [
      'a noun that looks at the clock otherwise',
      'src/domain/a.ts',
      'export const now = () => new Date();',
      'new Date(): domain knows no clock',
    ],
    ['a noun that throws dice', 'src/domain/a.ts', 'export const dice = Math.random;', 'Math.random: domain knows no chance'],
    ['a noun that knows the process', 'src/domain/a.ts', 'export const here = process.cwd();', 'process: domain knows no world'],
    [
      'a provider that reads the store',
      'webhooks/abank/index.ts',
      "export { x } from '../../src/store';",
      'imports src/store: not from webhooks',
    ],
    ['a provider that calls home', 'webhooks/abank/index.ts', "export const ask = () => fetch('x');", 'fetch: webhooks knows no network'],
    [
      'a provider that looks at the clock',
      'webhooks/abank/index.ts',
      'export const now = () => Date.now();',
      'Date.now: webhooks knows no clock',
    ],
    [
      'a store that acts',
      'src/store/a.ts',
      "import { takeCash } from '../actions/takeCash';",
      'imports src/actions/takeCash: not from store',
    ],
    ['a store that serves', 'src/store/a.ts', "import express from 'express';", 'imports express: not from store'],
    ['a caller that writes', 'src/outbound/a.ts', "import { openStore } from '../store';", 'imports src/store: not from outbound'],
    [
      'an action that knows a bank',
      'src/actions/a.ts',
      "import { sepay } from '../../webhooks/sepay';",
      'imports webhooks/sepay: not from actions',
    ],
    [
      'an action that knows the list of banks',
      'src/actions/a.ts',
      "import { providers } from '../../webhooks';",
      'imports webhooks: not from actions',
    ],
    ['an action that serves', 'src/actions/a.ts', "import type { Request } from 'express';", 'imports express: not from actions'],
    [
      'an action that knows Prisma',
      'src/actions/a.ts',
      "import { PrismaClient } from '@prisma/client';",
      'imports @prisma/client: not from actions',
    ],
    ['an action with dice of its own', 'src/actions/a.ts', "import { randomUUID } from 'node:crypto';", 'randomUUID of node:crypto'],
    [
      'a door to the database',
      'src/api/a.ts',
      "export const x = () => import('../store/sqlite');",
      'imports src/store/sqlite: not from api',
    ],
    ['a door with a driver', 'src/api/a.ts', "import Database from 'better-sqlite3';", 'imports better-sqlite3: not from api'],
    [
      'a door that writes',
      'src/api/a.ts',
      'export const x = (ctx) => ctx.store.transact(async () => 1);',
      'ctx.store.transact(): only actions write',
    ],
    [
      'a screen that reads another door',
      'src/web/a.tsx',
      "import { schema } from '../api/schemas';",
      'imports src/api/schemas: not from web',
    ],
    [
      'a screen that borrows a type',
      'src/web/a.tsx',
      "export type Row = import('../store/rows').Row;",
      'imports src/store/rows: not from web',
    ],
    ['a tick that reads the store', 'src/jobs/a.ts', "import { openStore } from '../store';", 'imports src/store: not from jobs'],
    [
      'a setting read on the way',
      'src/api/a.ts',
      "export const port = process.env['PORT'];",
      'process.env: settings are read in src/config.ts',
    ],
    [
      'a refusal without an entry',
      'src/actions/a.ts',
      "throw new Problem(late ? 'counter_unknown' : 'moon_full');",
      'moon_full, which is not in the catalogue',
    ],
    ['a file without a room', 'src/services/a.ts', 'export const a = 1;', 'lies in no room'],
    ['a new file at the top of src', 'src/database.ts', 'export const a = 1;', 'lies in no room'],
    ['a nameless file', 'src/web/dateUtils.ts', 'export const a = 1;', 'is named Utils'],
    ['a nameless folder', 'src/api/helpers/a.ts', 'export const a = 1;', 'is named helpers'],
    ['a long file', 'src/web/a.ts', '\n'.repeat(300), 'has 301 lines'],
  ];

  it.each(planted)('%s', (_what, file, text, fault) => {
    const files = new Map([
      [file, sentence + text],
      ['src/refusals/office.ts', `${sentence}export const office = { counter_unknown: { status: 404 } } as const;\n`],
    ]);
    expect(faultsIn(files)).toEqual(expect.arrayContaining([expect.stringContaining(fault)]));
  });

  it('a file that does not say what it is', () => {
    expect(faultsIn(new Map([['src/domain/a.ts', 'export const a = 1;\n']]))).toEqual([
      expect.stringContaining('does not begin with a sentence'),
    ]);
  });

  it('and leaves alone what may be', () => {
    const innocent = `${sentence}import { createHash } from 'node:crypto';
      import { vnd } from './money';
      // Date.now() in a comment, process.env in a string:
      export const text = 'process.env';
      export const dayOf = (at: string) => new Date(at).getTime() + vnd(1).process + createHash('sha256').length;`;
    expect(faultsIn(new Map([['src/domain/a.ts', innocent]]))).toEqual([]);
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => isOurs(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(path.posix.join(folder, entry.name)) : [path.posix.join(folder, entry.name)]));
}

function isCode(file: string): boolean {
  return /^(src|webhooks|prisma|test)\/.*\.(tsx?|js|css)$/.test(file);
}

/** The names of all packages below a node_modules folder, at any depth. */
function installedIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (!entry.isDirectory() || entry.name.startsWith('.')) return [];
    if (entry.name.startsWith('@')) return installedIn(place);
    const description = path.join(place, 'package.json');
    const own = existsSync(description) ? [(JSON.parse(readFileSync(description, 'utf8')) as { name: string }).name] : [];
    return existsSync(path.join(place, 'node_modules')) ? [...own, ...installedIn(path.join(place, 'node_modules'))] : own;
  });
}
