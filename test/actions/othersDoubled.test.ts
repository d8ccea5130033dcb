// What other systems doubled, merged or lost, told again of ours: each case is a complaint of their users, in an accountant's words.
import request from 'supertest';
import { addDays, vietnamTimeOf } from '../../src/domain/time';
import { tell } from '../support/bank';
import { brokenLaws, numberOf, rowsOf } from '../support/books';
import { certifiedCopy, databases } from '../support/office';
import { deskOn, finance, hourMs, owed } from '../support/deskDays';
import { importedFrom, type ListedLine } from '../support/statementFiles';
import { visitorAt } from '../support/visitor';

const account = '1026101000';
let sequence = 0;
/** A reference of the bank that no other test uses. */
const bankNumber = (): string => `BN${String(++sequence).padStart(6, '0')}`;

interface Element {
  id: number;
  reference: string;
  content: string;
  amount: number;
  accountNumber?: string;
  day?: string;
}

describe.each(databases)('what others doubled, merged or lost, on %s', (kind) => {
  const desk = deskOn(kind, '2026-10-01');
  const { issued, paid, transfer, found, send, read, url, reconciled, toNextMorning, wait } = desk;
  afterEach(async () => expect(await brokenLaws(url())).toEqual([]));

  const count = (text: string) => numberOf(url(), text);
  const transactions = () => count('SELECT count(*) FROM incoming_transaction');
  const see = (id: string) => read(`/api/obligations/${id}`, 'demo-api-key');
  const list = (lines: readonly ListedLine[]) => importedFrom(desk.service, { lines });
  const line = (given: Partial<ListedLine> = {}): ListedLine => ({
    ...{ day: desk.day, reference: bankNumber(), credit: owed, content: 'nop le phi' },
    ...given,
  });
  /** Another feed of the same account, which may tell of several movements in one message. */
  const tellOtherFeed = (...elements: readonly Element[]) =>
    request(desk.service.server)
      .post('/webhooks/casso')
      .set('secure-token', 'demo-secret-casso')
      .send({
        error: 0,
        data: elements.map(({ id, reference, content, amount, accountNumber = account, day }) => ({
          ...{
            id,
            tid: reference,
            description: content,
            amount,
            cusum_balance: 0,
            when: day ? `${day} 10:15:00` : vietnamTimeOf(desk.now),
          },
          ...{ bank_sub_acc_id: accountNumber, subAccId: accountNumber },
        })),
      })
      .expect(200);
  const lineOf = async (statementId: string) => (await read(`/api/statements/${statementId}`)).heldLines[0];

  describe('told several times, it is booked once:', () => {
    it('a transfer that one message names twice, beside one of a stranger’s account', async () => {
      const { id, reference } = await issued();
      const one = { id: 610_001, reference: bankNumber(), content: reference, amount: owed };
      const before = await transactions();
      await tellOtherFeed(one, { ...one, id: 610_002, reference: bankNumber(), accountNumber: '999999' }, one);
      expect(await transactions()).toBe(before + 2);
      expect(await see(id)).toMatchObject({ status: 'paid', amounts: { paid: owed, over: 0 } });
    });

    it('a webhook that comes again after an hour, after a day and after a hundred days', async () => {
      const { id, reference } = await issued();
      const told = { id: 620_001, content: reference, amount: owed, time: vietnamTimeOf(desk.now) };
      await tell(desk.service, told).expect(200);
      const before = await transactions();
      for (const hours of [1, 23, 99 * 24]) {
        wait(hours * hourMs);
        await tell(desk.service, told).expect(200);
      }
      expect(await transactions()).toBe(before);
      expect(await see(id)).toMatchObject({ status: 'paid', flags: [], amounts: { over: 0 } });
    });

    it('a genuine message of which a forged copy came first, and another after it', async () => {
      const { id, reference } = await issued();
      const told = { id: 630_001, content: reference, amount: owed };
      await tell(desk.service, { ...told, amount: 1 }, 'not-the-secret').expect(401);
      await tell(desk.service, told).expect(200);
      await tell(desk.service, { ...told, amount: 1 }, 'not-the-secret').expect(401);
      expect(await see(id)).toMatchObject({ status: 'paid', amounts: { paid: owed, over: 0 } });
      expect(await count(`SELECT count(*) FROM delivery WHERE state = 'unreadable'`)).toBe(0);
    });

    it('an obligation whose cash two cashiers take at the same moment, or whose transfer arrives meanwhile', async () => {
      const [twice, both] = [await issued(), await issued()];
      const cash = (id: string, counterId: string) =>
        desk.service.call('post', `/api/obligations/${id}/cash`, { amount: owed, counterId }).then(({ status }) => status);
      expect((await Promise.all(['quay-1', 'quay-2'].map((counter) => cash(twice.id, counter)))).sort()).toEqual([201, 409]);
      expect(await see(twice.id)).toMatchObject({ status: 'paid', amounts: { paid: owed, over: 0 }, payments: [{ method: 'cash' }] });
      const [taken] = await Promise.all([cash(both.id, 'quay-1'), transfer({ content: both.reference })]);
      const over = taken === 201 ? owed : 0; // the transfer came second then: it is held, for a refund
      expect(await see(both.id)).toMatchObject({ amounts: { paid: owed, over }, flags: over > 0 ? ['duplicate'] : [] });
    });

    it('a line that a person found to be money we knew, whoever tells of it again: the file, a longer one, the webhook, another feed', async () => {
      const sum = 77_000;
      const bankReference = await transfer({ content: 'le phi dat', amount: sum });
      toNextMorning();
      const told = line({ credit: sum, content: 'IBFT 9704 mua hang' });
      const { id } = await list([told]);
      const held = await lineOf(id);
      const decision = { action: 'same', transactionId: held.candidates[0].transactionId, reason: 'đã gọi người nộp' };
      await send(`/api/statement-lines/${held.id}/decide`, decision, finance).expect(200);
      const before = await transactions();
      expect(await list([told])).toMatchObject({ alreadyKnown: 1, newTransactions: 0, held: 0 });
      expect(await list([line({ credit: 5_000 }), told])).toMatchObject({ alreadyKnown: 1, newTransactions: 1, held: 0 });
      await tell(desk.service, { id: Number(bankReference.slice(2)), content: 'le phi dat', amount: sum }).expect(200);
      const byOtherFeed = { id: 650_001, reference: told.reference ?? '', content: told.content, amount: sum, day: desk.day };
      await tellOtherFeed(byOtherFeed);
      expect(await transactions()).toBe(before + 1);
      await tellOtherFeed({ ...byOtherFeed, id: 650_002 }); // the feed itself tells of two: a twin
      expect(await transactions()).toBe(before + 2);
    });

    it('a transfer that the bank’s list names by another number than its webhook: either number finds it', async () => {
      const payment = await paid();
      toNextMorning();
      const listed = line({ content: payment.reference });
      expect(await list([listed])).toMatchObject({ alreadyKnown: 1, newTransactions: 0 });
      const officer = await visitorAt(desk.service, 'ketoan');
      for (const number of [payment.bankReference, listed.reference ?? '']) {
        const { text } = await officer.get(`/days/search?q=${number}`).expect(200);
        expect([number, text.includes(`/transactions/${payment.transactionId}`)]).toEqual([number, true]);
      }
    });
  });

  describe('different money stays different:', () => {
    it('two transfers alike but for the bank’s number, each listed by a file of its own', async () => {
      const before = await transactions();
      const [one, other] = [line(), line()];
      expect(await list([one])).toMatchObject({ newTransactions: 1 });
      expect(await list([other])).toMatchObject({ alreadyKnown: 0, newTransactions: 1 });
      expect(await list([one, other])).toMatchObject({ alreadyKnown: 2, newTransactions: 0 });
      expect(await transactions()).toBe(before + 2);
    });

    it('the same sum with the same words, a week and two days before', async () => {
      const sum = 8_000;
      const told = [-7, -2].map((days) => ({ content: 'nop le phi', amount: sum, time: `${addDays(desk.day, days)} 10:00:00` }));
      for (const [place, one] of told.entries()) await tell(desk.service, { ...one, id: 640_001 + place }).expect(200);
      const before = await transactions();
      toNextMorning();
      expect(await list([line({ credit: sum })])).toMatchObject({ alreadyKnown: 0, newTransactions: 1, held: 0 });
      expect(await transactions()).toBe(before + 1);
      const text = `SELECT count(*) FROM incoming_transaction t JOIN statement_line l ON l.transaction_id = t.id WHERE t.provider_id IN ('640001', '640002')`;
      expect(await count(text)).toBe(0);
    });

    it('what an earlier file listed and a later one does not: it is neither deleted nor taken back', async () => {
      const { id, reference } = await issued();
      const [first, second] = [line({ content: reference }), line({ credit: 9_000 })];
      await list([first, second]);
      const before = await transactions();
      expect(await list([second])).toMatchObject({ alreadyKnown: 1, newTransactions: 0 });
      expect(await transactions()).toBe(before);
      expect(await see(id)).toMatchObject({ status: 'paid', payments: [{ provider: 'statement' }] });
    });
  });

  describe('a line and what it pays stay together:', () => {
    it('one transfer for three dossiers clears all three, each with its own sum, and the day has nothing to explain', async () => {
      const legs = await Promise.all(
        [1, 2, 3].map(async (quantity) => {
          const wish = { ...certifiedCopy(), fees: [{ feeId: 'CT-2.000815', units: 5, quantity }] };
          return (await send('/api/obligations', wish).expect(201)).body;
        }),
      );
      const basket = (await send('/api/baskets', { obligationIds: legs.map(({ id }) => id) }).expect(201)).body;
      const bankReference = await transfer({ content: basket.reference, amount: 42_000 });
      await desk.followReceipts();
      toNextMorning();
      expect(await list([line({ reference: bankReference, credit: 42_000, content: `MBVCB ${basket.reference}` })])).toMatchObject({
        alreadyKnown: 1,
        newTransactions: 0,
      });
      const amounts = await Promise.all(legs.map(async ({ id }) => (await see(id)).amounts));
      expect(amounts.map(({ paid: part, outstanding, over }) => [part, outstanding, over])).toEqual([
        [7_000, 0, 0],
        [14_000, 0, 0],
        [21_000, 0, 0],
      ]);
      const parts = `SELECT amount FROM allocation WHERE transaction_id = '${await found(bankReference)}' ORDER BY amount`;
      expect((await rowsOf(url(), parts)).map(({ amount }) => Number(amount))).toEqual([7_000, 14_000, 21_000]);
      const { standing, differences, books } = await reconciled();
      expect([standing, differences, books.paid, books.banked]).toEqual([
        'ready',
        [],
        { sum: 42_000, count: 3 },
        { sum: 42_000, count: 1 },
      ]);
    });

    it('a day that was in order is not shown so any more once the link of a line is taken back, until it is decided anew', async () => {
      const payment = await paid();
      toNextMorning();
      const { id } = await list([line({ reference: bankNumber(), content: `TU TK KHAC ${payment.reference}` })]);
      expect(await reconciled()).toMatchObject({ standing: 'ready', blocking: 0, differences: [] });
      const [kept] = await rowsOf(url(), `SELECT id FROM statement_line WHERE transaction_id = '${payment.transactionId}'`);
      await send(`/api/statement-lines/${String(kept?.['id'])}/undo`, { reason: 'xem lại' }, finance).expect(200);
      const after = await reconciled();
      expect([after.standing, after.differences.map((one: { class: string }) => one.class).sort()]).toEqual([
        'differences',
        ['paid_not_recorded', 'recorded_not_at_bank'],
      ]);
      const held = await lineOf(id);
      const decision = { action: 'same', transactionId: payment.transactionId, reason: 'đúng là một khoản' };
      await send(`/api/statement-lines/${held.id}/decide`, decision, finance).expect(200);
      expect(await reconciled()).toMatchObject({ standing: 'ready', differences: [] });
    });
  });
});
