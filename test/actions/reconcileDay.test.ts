// A day of one account against the bank's list: each kind of trouble is found in its own class and nothing else is, on both databases.
import { bookNames } from '../../src/domain/dayBook';
import { sumOf } from '../../src/domain/money';
import { addDays, addMs, startOfDay } from '../../src/domain/time';
import { tell } from '../support/bank';
import { accountId, deskOn, finance, hourMs, owed } from '../support/deskDays';
import { databases } from '../support/office';
import { runAll } from '../support/settled';

let told = 41_900_000;

describe.each(databases)('the reconciliation of a day on %s', (kind) => {
  const desk = deskOn(kind, '2026-10-01');
  const { paid, list, lineOf, transfer, found, issued, send, url, reconciled, differences, toNextMorning, followReceipts } = desk;

  it('finds nothing on a quiet day, and all sums tie', async () => {
    const [one, other] = [await paid(), await paid({ time: '16:40:00' })];
    toNextMorning();
    await list([lineOf(one), lineOf(other)]);
    expect(await reconciled()).toMatchObject({
      standing: 'ready',
      statement: 'final',
      blocking: 0,
      differences: [],
      expected: [],
      late: [],
      books: {
        owed: { sum: 42_000, count: 2 },
        paid: { sum: 42_000, count: 2 },
        received: { sum: 42_000, count: 2 },
        banked: { sum: 42_000, count: 2 },
        receipted: { sum: 42_000, count: 2 },
        left: { sum: 0, count: 0 },
        unapplied: { sum: 0, count: 0 },
      },
    });
  });

  it('says that there is no statement yet, and calls nothing missing', async () => {
    await paid();
    expect(await reconciled()).toMatchObject({ standing: 'no_statement', statement: 'none', differences: [] });
  });

  it('calls nothing missing as long as the list is of a day that still goes on, or does not add up', async () => {
    await paid();
    await list([], { isFinal: false });
    expect(await reconciled()).toMatchObject({ standing: 'differences', statement: 'intraday', differences: [] });
    await list([], { sentAt: addMs(startOfDay(desk.day), 20 * hourMs), isBalanced: false });
    expect(await reconciled()).toMatchObject({ standing: 'differences', statement: 'unbalanced', differences: [] });
  });

  describe('finds as paid and not recorded', () => {
    it('a line that waits for a person', async () => {
      const payment = await paid();
      toNextMorning();
      await list([lineOf(payment), { day: desk.day, amount: 50_000, bankReference: 'FT-HELD', content: 'khong ai bao' }]);
      const [difference, ...more] = (await reconciled()).differences;
      expect(more).toEqual([]);
      expect(difference).toMatchObject({ class: 'paid_not_recorded', amount: 50_000, isBlocking: true, subject: { kind: 'line' } });
      expect(difference.ways).toEqual([{ act: 'decide_line', subject: difference.subject }]);
    });

    it('money that only the bank’s list told of, which blocks nothing', async () => {
      const [usual, silent] = [await paid(), await paid()];
      await runAll(url(), [`UPDATE incoming_transaction SET via = 'statement' WHERE id = '${silent.transactionId}'`]);
      toNextMorning();
      await list([lineOf(usual), lineOf(silent)]);
      expect(await differences()).toEqual([['paid_not_recorded', 'transaction', silent.transactionId, owed, false]]);
    });
  });

  it('finds as recorded and not at the bank what a final list does not show, until a person disowns it', async () => {
    const [usual, missing] = [await paid(), await transfer({ content: 'nop phi' })];
    toNextMorning();
    await list([lineOf(usual)]);
    const id = await found(missing);
    expect(await differences()).toEqual([['recorded_not_at_bank', 'transaction', id, owed, true]]);
    const body = { action: 'not_ours', reason: 'ngân hàng xác nhận không có giao dịch này', decisionsSeen: 0 };
    await send(`/api/transactions/${id}/resolve`, body, finance).expect(200);
    expect(await differences()).toEqual([]);
  });

  describe('finds as different amounts', () => {
    it('a line and a transaction of one bank reference', async () => {
      const payment = await paid();
      toNextMorning();
      await list([{ day: desk.day, amount: 12_000, bankReference: payment.bankReference }]);
      const [difference, ...more] = (await reconciled()).differences;
      expect(more).toEqual([]);
      expect(difference).toMatchObject({
        class: 'amount_differs',
        subject: { kind: 'transaction', id: payment.transactionId },
        amount: 9_000,
        isBlocking: true,
        facts: { bankAmount: 12_000, ourAmount: owed },
      });
    });

    it('more than was owed, which waits for a decision', async () => {
      const payment = await paid({ amount: 30_000 });
      toNextMorning();
      await list([lineOf(payment, { amount: 30_000 })]);
      expect(await differences()).toEqual([['amount_differs', 'transaction', payment.transactionId, 9_000, true]]);
    });

    it('money for an obligation that had been cancelled', async () => {
      const obligation = await issued();
      await send(`/api/obligations/${obligation.id}/cancel`, { reason: 'rút hồ sơ' }, finance).expect(200);
      const transactionId = await found(await transfer({ content: obligation.reference }));
      toNextMorning();
      await list([lineOf({ transactionId, bankReference: 'FT' })]);
      expect(await differences()).toEqual([['amount_differs', 'transaction', transactionId, owed, true]]);
    });

    it('less than was owed, which blocks nothing: the rest is still owed', async () => {
      const payment = await paid({ amount: 15_000 });
      toNextMorning();
      await list([lineOf(payment, { amount: 15_000 })]);
      expect(await differences()).toEqual([['amount_differs', 'obligation', payment.id, 6_000, false]]);
      expect((await reconciled()).books).toMatchObject({ owed: { sum: 21_000 }, paid: { sum: 15_000 } });
    });
  });

  it('finds as a duplicate what paid a settled obligation once more', async () => {
    const payment = await paid();
    const again = await transfer({ content: payment.reference, time: '11:00:00' });
    const second = { transactionId: await found(again), bankReference: again };
    toNextMorning();
    await list([lineOf(payment), lineOf(second)]);
    expect(await differences()).toEqual([['duplicate', 'transaction', second.transactionId, owed, true]]);
  });

  describe('finds as unknown content', () => {
    it('money without a reference', async () => {
      const bankReference = await transfer({ content: 'chuyen tien', amount: 77_000 });
      const transactionId = await found(bankReference);
      toNextMorning();
      await list([lineOf({ transactionId, bankReference }, { amount: 77_000 })]);
      expect(await differences()).toEqual([['unknown_content', 'transaction', transactionId, 77_000, true]]);
      expect((await reconciled()).books.unapplied).toEqual({ sum: 77_000, count: 1 });
    });

    it('money that left, until somebody explains it', async () => {
      const bankReference = await transfer({ content: 'phi dich vu', amount: 11_000 }, 'out');
      const transactionId = await found(bankReference);
      toNextMorning();
      await list([lineOf({ transactionId, bankReference }, { amount: 11_000, direction: 'out' })]);
      const [difference] = (await reconciled()).differences;
      expect(difference).toMatchObject({ class: 'unknown_content', amount: 11_000, isBlocking: true, facts: { direction: 'out' } });
      expect(difference.ways).toEqual([{ act: 'explain', subject: { kind: 'transaction', id: transactionId } }]);
    });
  });

  it('finds as late money of a day that was closed before it was heard of, and offers it to the next close', async () => {
    const early = await paid();
    toNextMorning();
    await list([lineOf(early)]);
    await runAll(url(), [
      `INSERT INTO day_close (id, account_id, agency_code, account_number, day, number, content, previous_hash, hash, prepared_by, prepared_at, closed_by, closed_at)
       SELECT 'dc_${desk.day}', '${accountId}', 'H26.101', '1026101000', '${desk.day}', coalesce(max(number), 0) + 1, '{}', '${desk.day}', 'hash ${desk.day}', 'of-ketoan', '${desk.now}',
         'of-ketoantruong', '${desk.now}' FROM day_close WHERE account_id = '${accountId}'`,
      `INSERT INTO day_close_member (kind, member_id, close_id) VALUES ('transaction', '${early.transactionId}', 'dc_${desk.day}')`,
    ]);
    desk.wait(hourMs);
    const late = await paid({ time: '15:00:00' });
    await list([lineOf(late)]);
    expect(await reconciled()).toMatchObject({ standing: 'closed' });
    expect(await differences()).toEqual([['late_after_close', 'transaction', late.transactionId, owed, false]]);
    const next = await reconciled(desk.nextDay);
    expect(next.late).toMatchObject([{ day: desk.day, class: 'late_after_close', amount: owed, subject: { id: late.transactionId } }]);
    expect(next.differences).toEqual([]);
    expect((await reconciled(addDays(desk.day, 2))).late).toEqual([]);
  });

  describe('finds receipts', () => {
    it('that are missing, once they have had time to be issued', async () => {
      const payment = await paid({ isReceipted: false });
      await list([lineOf(payment)]);
      expect(await differences()).toEqual([]);
      toNextMorning();
      expect(await differences()).toEqual([['receipt_missing', 'obligation', payment.id, owed, false]]);
      await followReceipts();
      expect(await differences()).toEqual([]);
    });

    it('that stand for money which was taken back', async () => {
      const payment = await paid();
      const body = { reason: 'ghép nhầm', decisionsSeen: 0 };
      await send(`/api/transactions/${payment.transactionId}/undo`, body, finance).expect(200);
      await followReceipts();
      toNextMorning();
      await list([lineOf(payment)]);
      const rows = await differences();
      expect(rows.map(([name]: string[]) => name).sort()).toEqual(['receipt_without_money', 'unknown_content']);
      expect(rows).toContainEqual(['unknown_content', 'transaction', payment.transactionId, owed, true]);
    });
  });

  it('has the very rows behind every sum, also where the rest is paid and receipted on another day', async () => {
    const part = await paid({ amount: 15_000 });
    await paid();
    await transfer({ content: 'chuyen tien', amount: 77_000 });
    const stray = await found(await transfer({ content: 'chuyen nham', amount: 7_000 }));
    await send(`/api/transactions/${stray}/resolve`, { action: 'not_ours', reason: 'chuyển nhầm', decisionsSeen: 0 }, finance).expect(200);
    await issued();
    const out = await transfer({ content: 'phi dich vu', amount: 11_000 }, 'out');
    const body = { purpose: 'other', reason: 'trả lại theo đơn' };
    await send(`/api/transactions/${await found(out)}/explain`, body, finance).expect(200);
    const first = desk.day;
    const { books: own } = await reconciled();
    expect(own.received.sum).toBe(own.paid.sum + own.unapplied.sum + own.apart.sum);
    expect([own.apart, own.unapplied.sum]).toEqual([{ sum: 7_000, count: 1 }, 77_000]);
    toNextMorning();
    await tell(desk.service, { id: 77, content: part.reference, amount: 6_000, time: `${desk.nextDay} 08:00:00` }).expect(200);
    await followReceipts();
    await list([lineOf(part, { amount: 15_000 })], { to: desk.nextDay });
    for (const day of [first, desk.nextDay]) {
      const { books } = await reconciled(day);
      for (const book of bookNames) {
        const rows = await desk.service.ctx.store.tables.reconciliations.listBook(book, accountId, day, 100);
        expect([day, book, sumOf(rows.map(({ amount }) => amount)).toJSON(), rows.length]).toEqual([
          day,
          book,
          books[book].sum,
          books[book].count,
        ]);
      }
    }
    expect((await reconciled(desk.nextDay)).books.receipted).toEqual({ sum: owed, count: 1 });
    const { reconciliations } = desk.service.ctx.store.tables;
    const beside = await reconciliations.beside(accountId, first);
    expect(beside.unpaid).toMatchObject({ count: 1 });
    expect(await reconciliations.listBook('unpaid', accountId, first, 100)).toMatchObject([{ amount: beside.unpaid.sum }]);
    for (const book of ['cash', 'gateways'] as const) expect(await reconciliations.listBook(book, accountId, first, 100)).toEqual([]);
  });

  it('has a receipt in the book of one day only, that of the last payment that stands', async () => {
    const days = [desk.day, desk.nextDay, addDays(desk.nextDay, 1)];
    const pay = async ({ reference }: { reference: string }, amount: number, day: string) => {
      const id = told++;
      await tell(desk.service, { id, content: reference, amount, time: `${day} 08:00:00` }).expect(200);
      return found(`FT${id}`);
    };
    const [twice, inParts, partly] = [await paid(), await paid({ amount: 15_000 }), await paid({ amount: 15_000 })];
    desk.wait(50 * hourMs);
    const again = await pay(twice, owed, desk.nextDay);
    await pay(inParts, 6_000, desk.nextDay);
    const tooMuch = await pay(inParts, owed, addDays(desk.nextDay, 1));
    const rest = await pay(partly, 6_000, desk.nextDay);
    await followReceipts();
    const sums = () => Promise.all(days.map(async (day) => (await reconciled(day)).books.receipted.sum));
    expect(await sums()).toEqual([0, 2 * owed, owed]);
    for (const id of [again, tooMuch, rest])
      await send(`/api/transactions/${id}/undo`, { reason: 'khớp nhầm', decisionsSeen: 0 }, finance).expect(200);
    expect(await sums()).toEqual([2 * owed, owed, 0]);
    const unfounded = await Promise.all(days.map((day) => differences(day)));
    expect(unfounded.map((rows) => rows.filter(([name]: string[]) => name === 'receipt_without_money').length)).toEqual([1, 0, 0]);
  });

  it('finds a flag that the portal says otherwise, a day after the payment, and no other', async () => {
    const [payment, agreed] = [await paid({ isOffered: true }), await paid({ isOffered: true })];
    await send(`/api/dossiers/${payment.dossierCode}/sync-flag`, { paidOnlineFlag: 0, at: desk.now }).expect(200);
    await send(`/api/dossiers/${agreed.dossierCode}/sync-flag`, { paidOnlineFlag: 2, at: desk.now }).expect(200);
    await list([lineOf(payment), lineOf(agreed)]);
    expect(await differences()).toEqual([]);
    toNextMorning();
    desk.wait(3 * hourMs);
    const [difference, ...more] = (await reconciled()).differences;
    expect(more).toEqual([]);
    expect(difference).toMatchObject({
      class: 'flag_not_synchronised',
      amount: owed,
      isBlocking: false,
      facts: { dossierCode: payment.dossierCode, countedFlag: 2, portalFlag: 0 },
    });
  });
  it('finds as pending a refund that was asked for and has not arrived', async () => {
    const bankReference = await transfer({ content: 'chuyen nham' });
    const transactionId = await found(bankReference);
    toNextMorning();
    await list([lineOf({ transactionId, bankReference })]);
    const body = { action: 'refund', reason: 'chuyển nhầm đơn vị', decisionsSeen: 0 };
    await send(`/api/transactions/${transactionId}/resolve`, body, finance).expect(200);
    const [difference, ...more] = (await reconciled()).differences;
    expect(more).toEqual([]);
    expect(difference).toMatchObject({ class: 'refund_pending', amount: owed, isBlocking: false, facts: { why: 'requested' } });
    expect(difference.owner).toEqual({ kind: 'role', role: 'finance_supervisor' });
  });
});
