// Every clue to open obligations goes through an index, so that a look at a stray credit costs the same among a million.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { vnd } from '../../src/domain/money';
import { addMs, instantOf } from '../../src/domain/time';
import { migrateSqlite } from '../../src/store/migrate';
import { idsBehind, type OpenClue } from '../../src/store/openClue';

const now = instantOf(0);
const folder = mkdtempSync(join(tmpdir(), 'counter-fees-'));
const path = join(folder, 'test.db');
let database: Database.Database;
beforeAll(() => {
  migrateSqlite(path, 'prisma/migrations');
  database = new Database(path);
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

it.each<[string, OpenClue]>([
  ['ids', { ids: ['a', 'b'] }],
  ['dossier codes', { dossierNormalForms: ['H262611210001'] }],
  ['names', { applicants: ['Đặng Thị Giang', 'ĐẶNG THỊ GIANG'], below: 'ob_1' }],
  ['an amount', { outstanding: vnd(21_000), below: 'ob_1' }],
  ['offers', { offered: { from: now, to: addMs(now, 1) } }],
])('by %s no table is read from end to end', (_, clue) => {
  const [text, ...values] = idsBehind(clue);
  const plan = database.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`).all(...values);
  expect(plan.length).toBeGreaterThan(0);
  for (const { detail } of plan) expect(detail).not.toMatch(/^SCAN (obligation|own|dossier|payment_request)/);
});
