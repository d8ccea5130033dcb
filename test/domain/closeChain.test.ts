// The chain of day closes, checked from an export alone: whoever alters one row is found.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { canonicalJson, type Json } from '../../src/domain/canonicalJson';
import { checkCloses, exportFormat, type ExportedClose } from '../../src/domain/closeChain';
import {
  asJson,
  closedSum,
  contentHashOf,
  movedSums,
  nextClose,
  orderFault,
  textOfContent,
  type ClosedAct,
  type ClosedDecision,
  type ClosedMovement,
  type DayCloseContent,
} from '../../src/domain/dayClose';
import type { ExplanationPurpose } from '../../src/domain/explanation';
import { addDays, type Day, type Instant } from '../../src/domain/time';

const first = '2026-11-16' as Day;
const at = '2026-11-25T03:00:00.000Z' as Instant;
const noMovement = { count: 0, amount: 0 };

/** A day on which so many payments of 21.000 came and one of 5.000 left. */
function contentOf(day: Day, opening: number, payments: number): DayCloseContent {
  const lines: ClosedMovement[] = [
    ...Array.from({ length: payments }, (_, i): ClosedMovement => [`${day}/${i}`, 'in', 21_000]),
    [`${day}/fee`, 'out', 5_000],
  ];
  const sums = { in: closedSum(lines, 'in'), out: closedSum(lines, 'out') };
  return {
    account: { id: 'acc-h26', bankBin: '970415', number: '110000260001', name: 'TT PVHCC', agencyCode: 'H26' },
    day,
    statement: 'final',
    bank: { opening, closing: opening + sums.in.amount - sums.out.amount, ...sums, lines },
    ours: { ...sums, transactions: lines },
    corrections: { lines: [], transactions: [] },
    expected: [],
    bookedFromBefore: [],
    books: { paid: noMovement },
    statements: [{ id: `st-${day}`, name: 'sao-ke.xlsx', sha256: 'a'.repeat(64) }],
    differences: {},
    carried: [],
  };
}

function chain(days: number): ExportedClose[] {
  const closes: ExportedClose[] = [];
  let opening = 1_000_000;
  for (let i = 0; i < days; i++) {
    const day = addDays(first, i);
    const content = contentOf(day, opening, i + 1);
    opening = content.bank.closing ?? 0;
    const draft = {
      id: 'd',
      accountId: 'acc-h26',
      day,
      content,
      contentHash: contentHashOf(textOfContent(content)),
      preparedBy: 'of-ketoan',
      preparedAt: at,
    };
    const close = nextClose(draft, textOfContent(content), closes.at(-1), {
      accountNumber: '110000260001',
      closedBy: 'of-ketoantruong',
      closedAt: at,
    });
    closes.push({ ...close, accountId: 'acc-h26', content: asJson(content) });
  }
  return closes;
}

const fileOf = (closes: readonly ExportedClose[]): Json => JSON.parse(JSON.stringify({ format: exportFormat, exportedAt: at, closes }));
const faultsOf = (closes: readonly ExportedClose[]): string[] =>
  checkCloses(fileOf(closes)).faults.map(({ close, what }) => `${close}: ${what}`);

/** The same file with one number of one day's content altered. */
function altered(closes: readonly ExportedClose[], number: number, change: (content: DayCloseContent) => unknown): ExportedClose[] {
  return closes.map((close) => {
    if (close.number !== number) return close;
    const content = JSON.parse(JSON.stringify(close.content)) as DayCloseContent;
    change(content);
    return { ...close, content: asJson(content) };
  });
}

describe('the chain of day closes', () => {
  const closes = chain(5);

  it('is whole: numbers follow each other, every hash is right, the sums and the balances tie', () => {
    const { faults, ends, closes: count } = checkCloses(fileOf(closes));
    expect([faults, count]).toEqual([[], 5]);
    expect(ends).toEqual([{ accountId: 'acc-h26', accountNumber: '110000260001', number: 5, day: '2026-11-20', hash: closes[4]?.hash }]);
    expect(closes[0]?.previousHash).toBe('0'.repeat(64));
    const { hash, accountId: _, ...sealed } = closes[2] as ExportedClose;
    expect(hash).toBe(createHash('sha256').update(canonicalJson(sealed)).digest('hex'));
  });

  it('names the day whose amount somebody has altered by one đồng, and no other', () => {
    const faults = faultsOf(altered(closes, 3, ({ bank }) => Object.assign(bank.lines[1] ?? [], { 2: 21_001 })));
    expect(faults).toEqual(['110000260001 no. 3 of 2026-11-18: hash_wrong', '110000260001 no. 3 of 2026-11-18: sum_wrong']);
  });

  it.each<[string, (given: ExportedClose[]) => ExportedClose[], string]>([
    [
      'a reason',
      (all) => altered(all, 2, (content) => Object.assign(content, { carried: [{ reason: 'khác' }] })),
      'no. 2 of 2026-11-17: hash_wrong',
    ],
    [
      'the person who signed',
      (all) => all.map((one) => (one.number === 4 ? { ...one, closedBy: 'of-khac' } : one)),
      'no. 4 of 2026-11-19: hash_wrong',
    ],
    [
      'a time',
      (all) => all.map((one) => (one.number === 1 ? { ...one, closedAt: addHour(one.closedAt) } : one)),
      'no. 1 of 2026-11-16: hash_wrong',
    ],
    ['a hash', (all) => all.map((one) => (one.number === 5 ? { ...one, hash: 'b'.repeat(64) } : one)), 'no. 5 of 2026-11-20: hash_wrong'],
    ['a day taken out', (all) => all.filter(({ number }) => number !== 3), 'no. 4 of 2026-11-19: number_missing'],
    ['a day that stands twice', (all) => [...all, ...all.slice(1, 2)], 'no. 2 of 2026-11-17: number_missing'],
  ])('finds %s', (_, change, expected) => {
    expect(faultsOf(change(closes))).toContain(`110000260001 ${expected}`);
  });

  it('finds a chain that somebody made anew from one day on, at the link to the day before', () => {
    const forged = altered(closes, 3, ({ ours }) => (ours.in.amount = 1)).map((close) => ({ ...close }));
    const third = forged[2];
    if (third) third.hash = contentHashOf(textOfContent(contentOf(first, 0, 1)));
    expect(faultsOf(forged)).toEqual(expect.arrayContaining(['110000260001 no. 4 of 2026-11-19: link_broken']));
  });

  it('takes a correction of a closed day into the balance of the day that lists it', () => {
    const [one, two] = [contentOf(first, 0, 1), contentOf(addDays(first, 1), 26_000, 1)];
    const sealed = (content: DayCloseContent, last?: ExportedClose): ExportedClose => {
      const { day } = content;
      const draft = { day, preparedBy: 'a', preparedAt: at };
      return {
        ...nextClose(draft, textOfContent(content), last, { accountNumber: '110000260001', closedBy: 'b', closedAt: at }),
        accountId: 'acc-h26',
        content: asJson(content),
      };
    };
    const before = sealed(one); // ends at 16.000: 10.000 of that day came to light later
    expect(faultsOf([before, sealed(two, before)])).toEqual(['110000260001 no. 2 of 2026-11-17: balance_broken']);
    const corrected = { ...two, corrections: { lines: [['9', 'in', 10_000, first, 1] as const], transactions: [] } };
    expect(faultsOf([before, sealed(corrected, before)])).toEqual([]);
  });

  it('is checked by a command that ends with 0 or names the fault and ends with 1, and with 2 where there is nothing to check', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'closes-'));
    const run = async (name: string, given?: Json | string) => {
      if (given !== undefined) writeFileSync(join(folder, name), typeof given === 'string' ? given : JSON.stringify(given));
      return promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/verifyCloses.ts', join(folder, name)]).then(
        ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
        (error: { code: number; stdout: string; stderr: string }) => error,
      );
    };
    const good = await run('good.json', fileOf(closes));
    expect([good.code, good.stdout.includes('5 closes are as they were signed'), good.stdout.includes(closes[4]?.hash ?? '-')]).toEqual([
      0,
      true,
      true,
    ]);
    const bad = await run('bad.json', fileOf(altered(closes, 2, ({ ours }) => ours.in.count++)));
    expect([bad.code, bad.stdout.includes('110000260001 no. 2 of 2026-11-17: hash_wrong')]).toEqual([1, true]);
    const laidOut = (given: readonly ExportedClose[]) =>
      `{"format":"${exportFormat}","exportedAt":"${at}","closes":[\n${given.map((one) => JSON.stringify(one)).join(',\n')}\n]}\n`;
    const [whole, changed, cut] = await Promise.all([
      run('lines.json', laidOut(closes)),
      run('changed.json', laidOut(altered(closes, 2, ({ ours }) => ours.in.count++))),
      run('cut.json', laidOut(closes).slice(0, -3)),
    ]);
    expect([whole.code, whole.stdout, changed.code, changed.stdout]).toEqual([0, good.stdout, 1, bad.stdout]);
    expect(cut.stderr).toContain('is not JSON: it may have been cut short');
    expect((await run('none.json', { format: exportFormat, closes: [] })).code).toBe(1);
    expect((await run('other.json', '{"hello":1}')).code).toBe(1);
    for (const [name, given, fault] of [
      ['broken.json', '{', 'is not JSON'],
      ['empty.json', '', 'is empty'],
      ['nowhere.json', undefined, 'cannot be read'],
    ] as const) {
      const { code, stderr } = await run(name, given);
      expect([code, stderr.includes(fault), stderr.trim().split('\n').length]).toEqual([2, true, 1]);
    }
    rmSync(folder, { recursive: true });
  });
});

describe('canonical JSON', () => {
  it('is one text for one value, whatever the order in which it was written', () => {
    expect(canonicalJson({ b: [1, true, null], a: { đ: 'Ngô', c: undefined } })).toBe('{"a":{"đ":"Ngô"},"b":[1,true,null]}');
    expect(canonicalJson({ a: { đ: 'Ngô' }, b: [1, true, null] })).toBe(canonicalJson(JSON.parse('{"b":[1,true,null],"a":{"đ":"Ngô"}}')));
    expect(() => canonicalJson(0.5)).toThrow('whole numbers');
    expect(() => canonicalJson(2 ** 60)).toThrow('whole numbers');
  });
});

describe('the order of closes', () => {
  it.each<[string, Day, Day | undefined, string | undefined]>([
    ['the first one may be any day that is over', '2026-11-18' as Day, undefined, undefined],
    ['the day after the last closed one is next', '2026-11-18' as Day, '2026-11-17' as Day, undefined],
    ['a day that is not over is not closed', '2026-11-20' as Day, '2026-11-19' as Day, 'day_not_over'],
    ['no day is left out', '2026-11-19' as Day, '2026-11-17' as Day, 'day_out_of_order'],
    ['a day is closed once', '2026-11-17' as Day, '2026-11-17' as Day, 'day_closed'],
    ['nothing is put before a close', '2026-11-10' as Day, '2026-11-17' as Day, 'day_before_close'],
  ])('%s', (_, day, last, fault) => {
    expect(orderFault(day, '2026-11-20' as Day, last)).toBe(fault);
  });
});

const addHour = (instant: Instant): Instant => new Date(Date.parse(instant) + 3_600_000).toISOString() as Instant;

it('says by how much decisions moved each book of each closed day, and of money that came nothing, for its day shows that', () => {
  const decided = (act: ClosedAct, amount: number, on = first, purpose?: ExplanationPurpose): ClosedDecision => {
    const decision = [`${act}-${amount}`, act, amount, on, 1, 'tx_1'] as const;
    return purpose ? [...decision, purpose] : decision;
  };
  const next = addDays(first, 1);
  const decisions = [
    ...[
      decided('undo', 5_000),
      decided('allocate', 5_000),
      decided('receipt_replaced', 21_000),
      decided('explained', 9_000, first, 'other'),
    ],
    ...[decided('explained', 30_000, first, 'refund'), decided('unexplained', 10_000, first, 'refund')],
    ...[decided('unexplained', 40_000, next, 'remittance'), decided('receipt_in_error', 21_000), decided('receipt_paid_again', 8_000)],
  ];
  expect(movedSums(decisions)).toEqual([
    { book: 'refunded', day: first, close: 1, count: 2, amount: 20_000 },
    { book: 'remitted', day: next, close: 1, count: 1, amount: -40_000 },
    { book: 'receipted', day: first, close: 1, count: 2, amount: -13_000 },
  ]);
});
