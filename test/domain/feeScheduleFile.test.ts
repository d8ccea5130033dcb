// The schedule file: all of it loads, and a row that is not exactly a row is refused with its id and the place.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFeeSchedule } from '../../prisma/feeScheduleFile';

const published = readFileSync(join(__dirname, '../../prisma/data/fee-schedule.json'), 'utf8');
type Raw = { [field: string]: unknown; rule: { [field: string]: unknown } };
const rawRows = () => JSON.parse(published) as Raw[];

const folder = mkdtempSync(join(tmpdir(), 'fee-schedule-'));
afterAll(() => rmSync(folder, { recursive: true }));

function reading(change: (rows: Raw[]) => unknown): () => unknown {
  const path = join(folder, 'changed.json');
  const rows = rawRows();
  writeFileSync(path, JSON.stringify(change(rows) ?? rows));
  return () => readFeeSchedule(path);
}

/** A change of the first row (certified copies), by field of the row or of its rule. */
const rowWith = (fields: object) => (rows: Raw[]) => void Object.assign(rows[0] ?? {}, fields);
const ruleWith = (fields: object) => (rows: Raw[]) => void Object.assign(rows[0]?.rule ?? {}, fields);
const tier = (fromUnit: number, toUnit: number | null, unitPrice: unknown = 1_000) => ({ fromUnit, toUnit, unitPrice });

describe('the published file', () => {
  it('loads with all 125 rules, each under its own id', () => {
    const rows = readFeeSchedule();
    expect(rows).toHaveLength(125);
    expect(new Set(rows.map((row) => row.fee.id)).size).toBe(125);
    expect(new Set(rows.map((row) => row.fee.rule.type)).size).toBe(10);
  });

  it('keeps the amounts, names and dates of each row as printed', () => {
    for (const [place, { fee, procedureName }] of readFeeSchedule().entries()) {
      const raw = rawRows()[place];
      expect(raw?.rule).toMatchObject(fee.rule);
      expect([raw?.feeName_vi, raw?.procedureName_vi, raw?.effectiveTo]).toEqual([fee.name, procedureName, fee.validTo ?? null]);
    }
  });

  it('reads a decomposed name as the composed one', () => {
    const name = 'Cấp, quản lý căn cước';
    const path = join(folder, 'decomposed.json');
    writeFileSync(path, JSON.stringify([{ ...rawRows()[0], sectorName_vi: name.normalize('NFD') }]));
    expect(readFeeSchedule(path)[0]?.sectorName).toBe(name.normalize('NFC'));
  });
});

describe('a file with a mistake is refused, with the row and the place', () => {
  it.each<[string, (rows: Raw[]) => unknown, RegExp]>([
    ['a field nobody knows', rowWith({ price: 1 }), /row CT-2\.000815: row: .*price/],
    ['a field of another rule', ruleWith({ amount: 1 }), /row CT-2\.000815: rule: .*amount/],
    ['an unknown kind of rule', ruleWith({ type: 'guess' }), /row CT-2\.000815: rule\.type/],
    ['half a đồng', ruleWith({ capPerItem: 0.5 }), /rule\.capPerItem/],
    ['a negative amount', ruleWith({ capPerItem: -1 }), /rule\.capPerItem/],
    ['an amount in words', ruleWith({ tiers: [tier(1, null, '2000')] }), /rule\.tiers\.0\.unitPrice/],
    ['tiers with a gap', ruleWith({ tiers: [tier(1, 2), tier(4, null)] }), /rule\.tiers: not one after another/],
    ['tiers with an end', ruleWith({ tiers: [tier(1, 2), tier(3, 4)] }), /rule\.tiers: the last tier has an end/],
    ['a day that does not exist', rowWith({ effectiveFrom: '2026-02-30' }), /effectiveFrom: not a day/],
    ['an end before the beginning', rowWith({ effectiveTo: '2016-12-31' }), /ends before it begins/],
    ['another currency', ruleWith({ currency: 'USD' }), /rule\.currency/],
    ['a row twice', (rows) => [...rows, rows[0]], /row CT-2\.000815: id: appears twice/],
    ['a row that is none', () => ['x'], /row number 1: row: /],
    ['no list', () => ({}), /not a list of rows/],
  ])('%s', (_what, change, message) => {
    expect(reading(change)).toThrow(message);
  });
});

it('shows citizens texts of law, not the remarks of those who collected them', () => {
  const shown = readFeeSchedule().flatMap(({ fee }) => [
    ...fee.legalBasis,
    ...[...fee.exemptions, ...fee.generalReductions, ...fee.onlineDiscount].map((preference) => preference.legalBasis),
  ]);
  expect(shown.filter((text) => /trí nhớ|đối chiếu|xác minh/.test(text) || text === '')).toEqual([]);
});
