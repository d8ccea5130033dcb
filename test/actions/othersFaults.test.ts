// What other systems refused, hid, swapped or forgot, told again of ours: faults have a name, the money is kept, and somebody has a way out.
import request from 'supertest';
import { drawReference } from '../../src/domain/reference';
import { vietnamTimeOf } from '../../src/domain/time';
import { tell } from '../support/bank';
import { brokenLaws, numberOf, rowsOf } from '../support/books';
import { accountId, deskOn, finance, hourMs, owed } from '../support/deskDays';
import { offeredOrder, paidSession, tellStripe } from '../support/gateway';
import { databases } from '../support/office';
import { stripeFile, type StripeRow } from '../support/settlements';
import { importedFrom, sendStatement, statementCsv, type ListedLine, type StatementGiven } from '../support/statementFiles';
import { textOf, visitorAt } from '../support/visitor';

let sequence = 0;
const bankNumber = (): string => `FL${String(++sequence).padStart(6, '0')}`;

/** What a citizen transfers, in answer to what was issued. */
interface Fault {
  content: string;
  amount: number;
}

describe.each(databases)('what others refused, hid, swapped or forgot, on %s', (kind) => {
  const desk = deskOn(kind, '2026-10-01');
  const { issued, paid, transfer, found, send, read, url, reconciled, toNextMorning } = desk;
  afterEach(async () => expect(await brokenLaws(url())).toEqual([]));

  const see = (id: string) => read(`/api/obligations/${id}`, 'demo-api-key');
  const line = (given: Partial<ListedLine> = {}): ListedLine => ({
    ...{ day: desk.day, reference: bankNumber(), credit: owed, content: 'chuyen tien' },
    ...given,
  });
  const list = (lines: readonly ListedLine[], more: Partial<StatementGiven> = {}) => importedFrom(desk.service, { lines, ...more });
  const close = () => send(`/api/reconciliations/${accountId}/${desk.day}/close`, {}, finance);
  const refuseOne = async (): Promise<string> => {
    const { id, reference } = await issued();
    await send(`/api/obligations/${id}/cancel`, { reason: 'rút hồ sơ' }, finance).expect(200);
    return reference;
  };

  describe('a list of the bank', () => {
    const amounts = [1_500_000, 2_100_000, 8_427_500, 13_500_000, 6_000_000, 7_000_000];
    const transfers = () => amounts.map((credit) => line({ credit, content: `TDI ${credit}` }));

    it('whose trailer states another sum than its rows make says both sums, closes no day, and is made good by the right list', async () => {
      toNextMorning();
      const lines = transfers();
      const lying = await list(lines, { trailer: ['Tổng số giao dịch: 6', 'Tổng ghi có: 37337500'] });
      expect(lying).toMatchObject({ lines: 6, newTransactions: 6, balanced: false });
      expect(lying['faults']).toEqual([{ fault: 'credits', stated: 37_337_500, found: 38_527_500 }]);
      const page = textOf((await (await visitorAt(desk.service, 'ketoan')).get(`/statements/${lying.id}`).expect(200)).text);
      expect(page).toMatch(/Tổng ghi có trong tệp là 37\.337\.500\s₫; cộng các dòng ra 38\.527\.500\s₫/);
      expect(await reconciled()).toMatchObject({ standing: 'differences', statement: 'unbalanced' });
      expect((await close().expect(409)).body.code).toBe('statement_unbalanced');
      const right = await list(lines, { trailer: ['Tổng số giao dịch: 6', 'Tổng ghi có: 38527500'] });
      expect(right).toMatchObject({ alreadyKnown: 6, newTransactions: 0, balanced: true, faults: [] });
      expect(await reconciled()).toMatchObject({ statement: 'final', books: { banked: { sum: 38_527_500, count: 6 } } });
      expect((await close().expect(409)).body).toMatchObject({ code: 'day_unexplained', detail: '6: 38527500 ₫' });
    });

    it('whose trailer lies about the number of rows alone is found out as well', async () => {
      toNextMorning();
      const answer = await list(transfers(), { trailer: ['Tổng số giao dịch: 5', 'Tổng ghi có: 38527500'] });
      expect(answer).toMatchObject({ newTransactions: 6, balanced: false, faults: [{ fault: 'count', stated: 5, found: 6 }] });
      expect((await close().expect(409)).body.code).toBe('statement_unbalanced');
    });

    it('without any trailer is taken, with a word that nothing could be compared', async () => {
      toNextMorning();
      const { id, balanced } = await list([line()]);
      expect([balanced, (await reconciled()).statement]).toEqual([null, 'final']);
      const page = (await (await visitorAt(desk.service, 'ketoan')).get(`/statements/${id}`).expect(200)).text;
      expect(textOf(page)).toContain('Chưa so được số dư');
    });

    it('with a spoilt row keeps the others, closes no day, and adds just that row once it is sent corrected', async () => {
      toNextMorning();
      const [first, last, spoilt] = [line(), line({ credit: 9_000 }), line({ credit: 7_000 })];
      const { credit: _, ...without } = spoilt;
      expect(await list([first, without, last])).toMatchObject({ lines: 2, newTransactions: 2, rejected: [{ why: 'amount_missing' }] });
      expect((await close().expect(409)).body.code).toBe('statement_unbalanced');
      expect(await list([first, spoilt, last])).toMatchObject({ lines: 3, alreadyKnown: 2, newTransactions: 1, rejected: [] });
      expect((await reconciled()).books.banked).toEqual({ sum: owed + 16_000, count: 3 });
    });

    it('that was refused is not refused for ever: the same bytes under the same key count for the right account, and a day is read afresh', async () => {
      const payment = await paid();
      toNextMorning();
      expect(await reconciled()).toMatchObject({ standing: 'no_statement', differences: [] });
      const file = statementCsv({ lines: [line({ reference: payment.bankReference, content: payment.reference })] });
      const wrong = await sendStatement(desk.service, file, { account: '110000260001', key: `again-${kind}` }).expect(422);
      expect(wrong.body.code).toBe('statement_account_foreign');
      const right = await sendStatement(desk.service, file, { key: `again-${kind}` }).expect(201);
      expect(right.body).toMatchObject({ state: 'read', alreadyKnown: 1, newTransactions: 0 });
      expect(await reconciled()).toMatchObject({ standing: 'ready', differences: [] });
    });
  });

  describe('money is kept and acknowledged, named by its fault, and has a way out:', () => {
    const faults: [name: string, why: string, found: string, make: () => Promise<Fault>][] = [
      [
        'no code of ours in its content',
        'no_reference',
        'unknown_content',
        async () => ({ content: 'CT NHANH 247 LE PHI', amount: 31_000 }),
      ],
      [
        'a code that was never given out',
        'unknown_reference',
        'unknown_content',
        async () => ({ content: drawReference(Buffer.from(`${kind}${++sequence}`.slice(-6).padStart(6))), amount: owed }),
      ],
      [
        'two codes, and money for one of them',
        'ambiguous',
        'unknown_content',
        async () => ({ content: `${(await issued()).reference} ${(await issued()).reference}`, amount: owed }),
      ],
      ['an obligation that was paid before', 'duplicate', 'duplicate', async () => ({ content: (await paid()).reference, amount: owed })],
      ['an obligation that was cancelled', 'after_cancel', 'amount_differs', async () => ({ content: await refuseOne(), amount: owed })],
      ['more than is owed', 'excess', 'amount_differs', async () => ({ content: (await issued()).reference, amount: owed + 9_000 })],
    ];
    it.each(faults)('%s', async (_, why, differenceClass, make) => {
      const fault = await make();
      const bankReference = await transfer({ ...fault, time: '11:30:00' }); // the bank hears 200
      await desk.followReceipts();
      const id = await found(bankReference);
      expect(await read(`/api/transactions/${id}`)).toMatchObject({ state: 'unapplied', why, amount: fault.amount });
      toNextMorning();
      await list(await linesOfDay());
      const before = await reconciled();
      const [difference, ...more] = before.differences;
      expect([more, before.blocking, difference.class, difference.subject.id]).toEqual([[], 1, differenceClass, id]);
      expect(difference.ways.map(({ act }: { act: string }) => act)).toEqual(['attach', 'refund', 'decide']);
      const decision = { action: 'refund', reason: 'trả lại người nộp', decisionsSeen: 0 };
      await send(`/api/transactions/${id}/resolve`, decision, finance).expect(200);
      expect(await reconciled()).toMatchObject({ standing: 'ready', blocking: 0, classes: { refund_pending: 1, [differenceClass]: 0 } });
    });
    /** The bank's list of all that was told for the day. */
    const linesOfDay = async (): Promise<ListedLine[]> => {
      const text = `SELECT bank_reference, amount, content FROM incoming_transaction WHERE bank_time >= '${desk.day}' AND account_id = '${accountId}'`;
      return (await rowsOf(url(), text)).map((row) =>
        line({ reference: String(row['bank_reference']), credit: Number(row['amount']), content: String(row['content']) }),
      );
    };

    it('less than is owed: it counts, and the screen does not swap what is due and what was paid', async () => {
      const payment = await paid({ amount: 15_000 });
      const differing = await paid();
      toNextMorning();
      const at = (bankReference: string, credit: number) => line({ reference: bankReference, credit, content: 'x' });
      await list([at(payment.bankReference, 15_000), at(differing.bankReference, 12_000)]);
      expect(await see(payment.id)).toMatchObject({ status: 'part_paid', amounts: { paid: 15_000, outstanding: 6_000 } });
      const page = textOf((await (await visitorAt(desk.service, 'ketoan')).get(`/days/${accountId}/${desk.day}`).expect(200)).text);
      expect(page).toMatch(/Phải nộp 21\.000\s₫, đã nộp 15\.000\s₫/);
      expect(page).toMatch(/Ngân hàng 12\.000\s₫, ta ghi 21\.000\s₫/);
    });

    it('the screen of a day says the same sums as the API, book by book', async () => {
      await paid({ amount: 30_000 });
      await transfer({ content: 'phi dich vu', amount: 3_000 }, 'out');
      toNextMorning();
      await list([line({ credit: 4_000 })]);
      const page = (await (await visitorAt(desk.service, 'ketoan')).get(`/days/${accountId}/${desk.day}`).expect(200)).text;
      const { books } = await reconciled();
      const shown = [...page.matchAll(/<a href="[^"]*\/books\/(\w+)">([\d.]+)\s₫<\/a>/g)].map(([, book = '', sum = '']) => [
        book,
        Number(sum.replaceAll('.', '')),
      ]);
      expect(shown).toHaveLength(10);
      expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(shown.map(([book]) => [book, books[book ?? ''].sum])));
      expect(books).toMatchObject({ owed: { sum: 21_000 }, received: { sum: 34_000 }, banked: { sum: 4_000 }, unapplied: { sum: 13_000 } });
    });
  });

  describe('a payout of a gateway', () => {
    const settle = (rows: readonly StripeRow[]) =>
      send(
        '/api/settlements',
        { provider: 'stripe', fileName: 'payouts.csv', content: stripeFile(rows, vietnamTimeOf(desk.now)) },
        finance,
      );
    /** A citizen pays 21.000 ₫ at Stripe; the row in the payout's list. */
    async function rowOf(payout: string): Promise<StripeRow> {
      const { orderId } = await offeredOrder(desk.service, accountId);
      const payment = `pi_others${kind}${++sequence}`;
      await tellStripe(desk.service, 'checkout.session.completed', paidSession(orderId, payment)).expect(200);
      return { payout, id: `txn_others${kind}${++sequence}`, payment, gross: owed, fee: 1_000 };
    }
    const payoutName = (): string => `po_Others${kind}${++sequence}`;
    const stateOf = async (bankReference: string) => (await read(`/api/transactions/${await found(bankReference)}`)).state;

    it('that the bank pays twice is taken once, by nobody where two credits name it; another sum than its list says is never taken', async () => {
      const [first, both, less, more] = [payoutName(), payoutName(), payoutName(), payoutName()];
      const pays = (payout: string, amount = 20_000) => transfer({ content: `STRIPE ${payout}`, amount });
      const credits = [await pays(first), await pays(both), await pays(both), await pays(less, 19_999), await pays(more, 20_001)];
      const { settlementIds } = (await settle(await Promise.all([first, both, less, more].map(rowOf))).expect(201)).body;
      credits.push(await pays(first));
      await settle([await rowOf(payoutName())]).expect(201); // looks again for the money of every payout
      expect(await Promise.all(credits.map(stateOf))).toEqual(['resolved', ...Array.from({ length: 5 }, () => 'unapplied')]);
      const arrived = await Promise.all(settlementIds.map((id: string) => read(`/api/settlements/${id}`)));
      const named = new Map(arrived.map(({ id, payoutId, arrivedWith }) => [payoutId, { id, arrivedWith }]));
      expect([first, both, less, more].map((payout) => named.get(payout)?.arrivedWith !== null)).toEqual([true, false, false, false]);
      const take = async (payout: string, bankReference: string) => {
        const decision = { transactionId: await found(bankReference), reason: 'theo giấy báo có' };
        return (await send(`/api/settlements/${named.get(payout)?.id}/settle`, decision, finance)).body.code;
      };
      expect(await take(less, credits[3] ?? '')).toBe('settlement_sum_differs');
      expect([await take(both, credits[1] ?? ''), await take(both, credits[2] ?? '')]).toEqual([undefined, 'settlement_arrived']);
      expect(await take(first, credits[5] ?? '')).toBe('settlement_arrived');
    });

    it('that nobody has sent a list of is money without a home until its list comes', async () => {
      const payout = payoutName();
      const row = await rowOf(payout);
      const credit = await transfer({ content: `STRIPE ${payout}`, amount: 20_000 });
      expect(await stateOf(credit)).toBe('unapplied');
      await settle([row]).expect(201);
      expect(await stateOf(credit)).toBe('resolved');
    });

    it('whose line comes again with other amounts keeps the first, and says which row contradicts it', async () => {
      const row = await rowOf(payoutName());
      const { settlementIds } = (await settle([row]).expect(201)).body;
      expect((await settle([row]).expect(201)).body).toMatchObject({ newLines: 0, alreadyKnown: 1, rejected: [] });
      const again = (await settle([{ ...row, gross: 210_000 }, row]).expect(201)).body;
      expect(again).toMatchObject({ newLines: 0, alreadyKnown: 1, rejected: [{ row: 2, why: 'contradicts' }] });
      expect(await read(`/api/settlements/${settlementIds[0]}`)).toMatchObject({ gross: owed, lineCount: 1 });
      const fresh = await rowOf(payoutName());
      const both = (await settle([fresh, { ...fresh, gross: 210_000 }]).expect(201)).body;
      expect(both).toMatchObject({ newLines: 1, rejected: [{ row: 3, why: 'contradicts' }] });
    });
  });

  it('is known after seven years: the list, its lines and who was paid, and the same file adds nothing', async () => {
    const { id, reference } = await issued();
    toNextMorning();
    const file = [line({ content: reference }), line({ credit: 9_000 })];
    const first = await list(file);
    desk.wait(7 * 365 * 24 * hourMs);
    expect(await list(file)).toMatchObject({ lines: 2, alreadyKnown: 2, seenBefore: 2, newTransactions: 0, held: 0 });
    expect(await read(`/api/statements/${first.id}`)).toMatchObject({ state: 'read', lines: 2, newTransactions: 2 });
    expect(await see(id)).toMatchObject({ status: 'paid', payments: [{ provider: 'statement' }] });
  });

  it('lets nobody import, decide, see or close but who has the right for it and the account in sight', async () => {
    const { service } = desk;
    const elsewhere = {
      id: 'of-dat-dai',
      login: 'dat-dai',
      name: 'Kế toán đất đai',
      role: 'finance_officer',
      agencyCode: 'H26.90',
    } as const;
    await service.ctx.store.transact(async (tables) => {
      if (await tables.officers.find(elsewhere.id)) return;
      await tables.officers.save({ ...elsewhere, passwordHash: 'none' });
      await tables.officers.keepApiKey(service.ctx.seal.hash('demo-api-key-dat-dai'), elsewhere.login, elsewhere.id, desk.now);
    });
    toNextMorning();
    const sum = 43_000 + ++sequence;
    await tell(service, { content: 'tien mua dat', amount: sum, time: `${desk.day} 10:00:00` }).expect(200);
    const { id } = await list([line({ credit: sum, content: 'khac han' })]);
    const [held] = (await read(`/api/statements/${id}`)).heldLines;
    const csv = statementCsv({ lines: [line()] });
    const before = await numberOf(url(), 'SELECT count(*) FROM statement_line');
    const codes = async (key: string) => {
      const day = `/api/reconciliations/${accountId}/${desk.day}`;
      const upload = request(service.server).post('/api/statements').set('authorization', `Bearer ${key}`);
      const answers = await Promise.all([
        upload.field('account', accountId).attach('file', csv, 'sao-ke.csv'),
        send(`/api/statement-lines/${held.id}/decide`, { action: 'new', reason: 'thử' }, key),
        service.call('get', day, undefined, key),
        send(`${day}/close`, {}, key),
      ]);
      return answers.map(({ status, body }) => (status === 200 ? 'seen' : body.code));
    };
    const [noRight, noSight] = ['role_insufficient', 'account_unknown'];
    expect(await codes('demo-api-key')).toEqual(Array.from({ length: 4 }, () => 'person_required'));
    expect(await codes('demo-api-key-quay1')).toEqual([noRight, noRight, noRight, noRight]);
    expect(await codes('demo-api-key-lanhdao')).toEqual([noRight, noRight, 'seen', noRight]);
    expect(await codes('demo-api-key-thanhtra')).toEqual([noRight, noRight, 'seen', noRight]);
    expect(await codes('demo-api-key-dat-dai')).toEqual([noSight, 'statement_line_unknown', noSight, noSight]);
    expect(await codes('none')).toEqual(Array.from({ length: 4 }, () => 'key_required'));
    expect(await numberOf(url(), 'SELECT count(*) FROM statement_line')).toBe(before);
    expect((await read(`/api/statements/${id}`)).heldLines).toHaveLength(1);
  });
});
