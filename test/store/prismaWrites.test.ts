// Why Prisma writes nothing here: on SQLite it loses a write that it has acknowledged. Run again at each upgrade of Prisma.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import ts from 'typescript';
import { openStore } from '../../src/store';
import { PrismaClient } from '../../src/store/generated/client';

const root = path.join(__dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'counter-fees-prisma-'));
const file = path.join(folder, 'office.db');
const change = new Error('changed my mind');

let store: Awaited<ReturnType<typeof openStore>>;
beforeAll(async () => {
  store = await openStore(`file:${file}`, root, (error) => {
    throw error;
  });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

it('Prisma on SQLite loses an acknowledged write when a transaction beside it rolls back', async () => {
  const prisma = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${file}` }) });
  try {
    const acknowledged = { code: 'dat-dai', name: 'Đất đai' };
    const rolledBack = prisma.$transaction(async (transaction) => {
      await transaction.sector.create({ data: { code: 'ho-tich', name: 'Hộ tịch' } });
      // Another request, which knows nothing of this transaction, writes and is told that all is well.
      expect(await prisma.sector.create({ data: acknowledged })).toEqual(acknowledged);
      throw change;
    });
    await expect(rolledBack).rejects.toThrow(change);
    expect(await prisma.sector.findUnique({ where: { code: acknowledged.code } })).toBeNull();
  } finally {
    await prisma.$disconnect();
  }
});

it('our own transactions keep it, even when both share one commit', async () => {
  const rolledBack = store.transact(async (tables) => {
    await tables.settings.save('mine', '1');
    throw change;
  });
  const beside = store.transact((tables) => tables.settings.save('beside', '2'));
  expect((await Promise.allSettled([rolledBack, beside])).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect([await store.tables.settings.find('mine'), await store.tables.settings.find('beside')]).toEqual([undefined, '2']);
});

it('nothing in the product uses Prisma’s client at run time', () => {
  const files = ['src', 'webhooks'].flatMap((room) => filesIn(path.join(root, room)));
  expect(files.length).toBeGreaterThan(40);
  const named = files.filter((one) => /@prisma|generated/.test(readFileSync(one, 'utf8')));
  expect(named.filter((one) => /require\("(@prisma\/[^"]*|[^"]*generated[^"]*)"\)/.test(compiled(one)))).toEqual([]);
});

/** What is left of a file when types are gone. */
const compiled = (one: string): string =>
  ts.transpileModule(readFileSync(one, 'utf8'), { compilerOptions: { module: ts.ModuleKind.CommonJS, jsx: ts.JsxEmit.ReactJSX } })
    .outputText;

const filesIn = (from: string): string[] =>
  readdirSync(from, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(from, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : filesIn(place);
    return /\.tsx?$/.test(entry.name) ? [place] : [];
  });
