// Random days with random troubles: what is found is what was put in, to the đồng, and nothing else.
import fc from 'fast-check';
import { issueReceipts } from '../../src/actions/issueReceipts';
import { addDays, addMs, startOfDay, type Day, type Instant } from '../../src/domain/time';
import { keepBankList, type BankLine } from '../support/bankDay';
import { rowsOf } from '../support/books';
import { tell } from '../support/bank';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { runAll } from '../support/settled';

const accountId = 'acc-h26-101';
const finance = 'demo-api-key-ketoan';
const owed = 21_000;
const hourMs = 3_600_000;

const troubles = [
  'none',
  'held_line',
  'listed_only',
  'not_at_bank',
  'other_amount',
  'too_much',
  'too_little',
  'paid_twice',
  'no_reference',
  'left_unexplained',
  'receipt_missing',
  'money_taken_back',
  'refund_asked',
  'booked_tomorrow',
] as const;
type Trouble = (typeof troubles)[number];

const runs = { SQLite: 12, PostgreSQL: 4 };

describe.each(databases)('a random day on %s', (kind) => {
  let service: TestService;
  let day = '2026-07-05' as Day;
  let now: Instant = startOfDay(day);
  let told = 63_000_000;

  beforeAll(async () => {
    service = await openTestService(kind, { replace: { now: () => now } });
  });
  afterAll(() => service.end());

  const followReceipts = async () => {
    while ((await issueReceipts(service.ctx)) > 0);
  };
  const clock = (place: number): string => `${String(6 + (place % 15)).padStart(2, '0')}:${String(place % 60).padStart(2, '0')}:07`;

  async function transfer(
    content: string,
    amount: number,
    time: string,
    type: 'in' | 'out' = 'in',
  ): Promise<BankLine & { transactionId: string }> {
    const id = ++told;
    await tell(service, { id, content, amount, time: `${day} ${time}`, transferType: type }).expect(200);
    const [row] = await rowsOf(service.config.databaseUrl, `SELECT id FROM incoming_transaction WHERE bank_reference = 'FT${id}'`);
    return { day, amount, direction: type, transactionId: String(row?.['id']), bankReference: `FT${id}` };
  }
  const issued = async () => (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
  const decide = (what: 'resolve' | 'undo', id: string, body: object) =>
    service.call('post', `/api/transactions/${id}/${what}`, { reason: 'theo đơn', decisionsSeen: 0, ...body }, finance).expect(200);

  /** What the bank lists of it, and what must be found: class, subject's kind and amount. */
  interface Injected {
    lines: BankLine[];
    found: (readonly [string, string, number])[];
    /** After receipts were issued for all that came before. */
    afterwards?: () => Promise<void>;
  }

  async function inject(trouble: Trouble, place: number, amount: number): Promise<Injected> {
    const time = clock(place);
    const { id, reference } = await issued();
    const other = owed + amount;
    switch (trouble) {
      case 'none':
        return { lines: [await transfer(reference, owed, time)], found: [] };
      case 'held_line':
        return { lines: [{ day, amount: other, bankReference: `FTH${++told}` }], found: [['paid_not_recorded', 'line', other]] };
      case 'listed_only': {
        const line = await transfer(reference, owed, time);
        await runAll(service.config.databaseUrl, [`UPDATE incoming_transaction SET via = 'statement' WHERE id = '${line.transactionId}'`]);
        return { lines: [line], found: [['paid_not_recorded', 'transaction', owed]] };
      }
      case 'not_at_bank':
        await transfer('nop phi', other, time);
        return { lines: [], found: [['recorded_not_at_bank', 'transaction', other]] };
      case 'other_amount': {
        const { bankReference = '' } = await transfer(reference, owed, time);
        return { lines: [{ day, amount: other, bankReference }], found: [['amount_differs', 'transaction', amount]] };
      }
      case 'too_much':
        return { lines: [await transfer(reference, other, time)], found: [['amount_differs', 'transaction', amount]] };
      case 'too_little': {
        const less = 1 + (amount % (owed - 1));
        return { lines: [await transfer(reference, less, time)], found: [['amount_differs', 'obligation', owed - less]] };
      }
      case 'paid_twice':
        return {
          lines: [await transfer(reference, owed, time), await transfer(reference, other, time)],
          found: [['duplicate', 'transaction', other]],
        };
      case 'no_reference':
        return { lines: [await transfer('chuyen tien', other, time)], found: [['unknown_content', 'transaction', other]] };
      case 'left_unexplained':
        return { lines: [await transfer('phi', amount, time, 'out')], found: [['unknown_content', 'transaction', amount]] };
      case 'receipt_missing': {
        const line = await transfer(reference, owed, time);

        return {
          lines: [line],
          found: [['receipt_missing', 'obligation', owed]],
          afterwards: () =>
            runAll(service.config.databaseUrl, [
              `INSERT INTO receipt_notice (id, receipt_id, ground, reason, state, given_by, given_at, decided_by, decided_at, live_for)
               SELECT 'rn_' || id, id, 'payer_name', 'sai tên', 'confirmed', 'of-ketoan', '${now}', 'of-ketoantruong', '${now}', id
               FROM receipt WHERE obligation_id = '${id}'`,
            ]),
        };
      }
      case 'money_taken_back': {
        const line = await transfer(reference, owed, time);
        return {
          lines: [line],
          found: [
            ['receipt_without_money', 'receipt', owed],
            ['unknown_content', 'transaction', owed],
          ],
          afterwards: async () => void (await decide('undo', line.transactionId, {})),
        };
      }
      case 'refund_asked': {
        const line = await transfer('chuyen nham', other, time);
        await decide('resolve', line.transactionId, { action: 'refund' });
        return { lines: [line], found: [['refund_pending', 'refund', other]] };
      }
      case 'booked_tomorrow': {
        const line = await transfer(reference, owed, '23:15:00');
        return { lines: [{ ...line, day: addDays(day, 1) }], found: [] };
      }
    }
  }

  it('finds what was put in, in its class, and nothing else', async () => {
    const given = fc.record({ trouble: fc.constantFrom(...troubles), amount: fc.integer({ min: 1, max: 900_000_000 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(given, { minLength: 1, maxLength: 14 }), async (list) => {
        day = addDays(day, 3); // days of its own for each
        now = addMs(startOfDay(day), 8 * hourMs);
        const usual = await transfer((await issued()).reference, owed, '07:00:00'); // the webhooks work on this day
        const injected: Injected[] = [];
        for (const [place, { trouble, amount }] of list.entries()) injected.push(await inject(trouble, place, amount));
        await followReceipts();
        for (const { afterwards } of injected) await afterwards?.();
        now = addMs(startOfDay(day), 57 * hourMs);
        const lines = [usual, ...injected.flatMap((one) => one.lines)];
        await keepBankList(service.config.databaseUrl, { accountId, from: day, to: addDays(day, 1), lines });
        const path = `/api/reconciliations/${accountId}`;
        const { differences, books, expected } = (await service.call('get', `${path}/${day}`, undefined, finance).expect(200)).body;
        const next = (await service.call('get', `${path}/${addDays(day, 1)}`, undefined, finance).expect(200)).body;
        const found = differences.map((one: { class: string; subject: { kind: string }; amount: number }) => [
          one.class,
          one.subject.kind,
          one.amount,
        ]);
        expect(found.map(String).sort()).toEqual(injected.flatMap((one) => one.found.map(String)).sort());
        expect(next.differences).toEqual([]);
        const tomorrow = list.filter(({ trouble }) => trouble === 'booked_tomorrow').length;
        expect([expected.length, next.bookedFromBefore.length]).toEqual([tomorrow, tomorrow]);
        const listed = lines.filter((line) => line.day === day && (line.direction ?? 'in') === 'in');
        expect(books.banked).toEqual({ sum: listed.reduce((sum, line) => sum + line.amount, 0), count: listed.length });
      }),
      { numRuns: runs[kind] },
    );
  }, 120_000);
});
