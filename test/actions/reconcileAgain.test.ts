// What is carried from a day to the next, what people say of differences, and that a day may be reconciled again and again, on both databases.
import { accountId, deskOn, finance, hourMs, owed } from '../support/deskDays';
import { databases } from '../support/office';
import { importedFrom } from '../support/statementFiles';
import { textOf, visitorAt } from '../support/visitor';

describe.each(databases)('a day that is reconciled on %s', (kind) => {
  const desk = deskOn(kind, '2026-10-01');
  const { paid, list, lineOf, transfer, found, issued, send, read, reconciled, differences, toNextMorning, followReceipts } = desk;

  describe('carries what the bank books late', () => {
    it('to the next day, with the day on which it is expected, and finds no gap on either', async () => {
      const late = await paid({ time: '22:47:00' });
      toNextMorning();
      await list([]);
      const before = await reconciled();
      expect(before.differences).toEqual([]);
      expect(before.expected).toMatchObject([
        { transactionId: late.transactionId, amount: owed, expectedOn: desk.nextDay, isBooked: false },
      ]);
      const next = desk.nextDay;
      await list([lineOf(late, { day: next })], { from: next });
      expect(await reconciled()).toMatchObject({ differences: [], expected: [{ expectedOn: next, isBooked: true }] });
      expect(await reconciled(next)).toMatchObject({
        differences: [],
        books: { banked: { sum: owed, count: 1 }, received: { sum: 0, count: 0 } },
        bookedFromBefore: [{ transactionId: late.transactionId, isBooked: true }],
      });
    });

    it('and misses it where the next day’s list does not show it either, on that day and only there', async () => {
      const late = await paid({ time: '23:10:00' });
      const next = desk.nextDay;
      toNextMorning();
      await list([], { to: next });
      expect(await differences()).toEqual([]);
      expect(await differences(next)).toEqual([['recorded_not_at_bank', 'transaction', late.transactionId, owed, true]]);
    });
  });

  it('is compared with the very file that the bank gives: what it tells anew, what it tells otherwise, and what it books a day later', async () => {
    const [told, differing, late] = [await paid(), await paid(), await paid({ time: '22:47:00' })];
    const silent = await issued();
    const { day, nextDay } = desk;
    desk.wait(48 * hourMs);
    const lines = [
      { day, reference: told.bankReference, credit: owed, content: told.reference },
      { day, reference: 'FT26999000001', credit: owed, content: silent.reference },
      { day, reference: differing.bankReference, credit: 12_000, content: 'nop phi' },
      { day: nextDay, reference: late.bankReference, credit: owed, content: late.reference },
    ];
    expect(await importedFrom(desk.service, { lines })).toMatchObject({ state: 'read', newTransactions: 2, held: 0 });
    await followReceipts();
    const { differences: rows, expected } = await reconciled(day);
    expect(
      rows.map((one: { class: string; amount: number; isBlocking: boolean }) => [one.class, one.amount, one.isBlocking]).sort(),
    ).toEqual([
      ['amount_differs', 9_000, true],
      ['paid_not_recorded', owed, false],
    ]);
    expect(expected).toMatchObject([{ transactionId: late.transactionId, expectedOn: nextDay, isBooked: true }]);
    expect(await differences(nextDay)).toEqual([]);
  });

  describe('is made again', () => {
    it('with the same outcome as long as nothing new is known', async () => {
      await transfer({ content: 'chuyen tien' });
      toNextMorning();
      await list([]);
      const { asOf: _, ...first } = await reconciled();
      desk.wait(hourMs);
      const { asOf: __, ...second } = await reconciled();
      expect(first.differences).toHaveLength(1);
      expect(second).toEqual(first);
    });

    it('and a carry holds for the amount that it was said of, by whoever said it', async () => {
      const bankReference = await transfer({ content: 'chuyen tien', amount: 30_000 });
      const transactionId = await found(bankReference);
      toNextMorning();
      await list([lineOf({ transactionId, bankReference }, { amount: 30_000 })]);
      const notes = `/api/reconciliations/${accountId}/${desk.day}/notes`;
      const [{ key }] = (await reconciled()).differences;
      const carry = { key, kind: 'carry', text: 'chờ ngân hàng tra soát' };
      await send(notes, carry, 'demo-api-key-thanhtra').expect(403);
      await send(notes, carry).expect(403);
      await send(notes, { ...carry, key: 'unknown_content transaction tx_none' }, finance).expect(404);
      await send(notes, carry, finance).expect(201);
      const carried = await reconciled();
      expect(carried).toMatchObject({ standing: 'ready', blocking: 0 });
      expect(carried.differences[0]).toMatchObject({ carried: { reason: carry.text, by: 'of-ketoan' }, notes: [{ kind: 'carry' }] });
      const obligation = await issued();
      const body = { action: 'allocate', obligationId: obligation.id, reason: 'theo giấy nộp tiền', decisionsSeen: 0 };
      await send(`/api/transactions/${transactionId}/resolve`, body, finance).expect(200);
      await followReceipts();
      const after = await reconciled();
      expect(after).toMatchObject({ standing: 'differences', blocking: 1 });
      expect(after.differences[0]).toMatchObject({ key, amount: 9_000 });
      expect(after.differences[0].carried).toBeUndefined();
    });

    it('and a difference has the owner that was named last', async () => {
      await transfer({ content: 'chuyen tien' });
      toNextMorning();
      await list([]);
      const [{ key, owner, deadline }] = (await reconciled()).differences;
      expect(owner).toEqual({ kind: 'role', role: 'finance_officer' });
      expect(deadline > desk.day).toBe(true);
      const notes = `/api/reconciliations/${accountId}/${desk.day}/notes`;
      const give = (ownerId: string) => send(notes, { key, kind: 'owner', text: 'giao việc', ownerId }, finance);
      expect((await give('of-quay1').expect(409)).body.code).toBe('owner_unknown');
      await give('of-ketoantruong').expect(201);
      expect((await reconciled()).differences[0].owner).toEqual({ kind: 'person', officerId: 'of-ketoantruong' });
    });
  });

  it('is shown to who sees the finances of the account, and to nobody else', async () => {
    const path = `/api/reconciliations/${accountId}/${desk.day}`;
    await desk.service.call('get', path, undefined, 'demo-api-key-thanhtra').expect(200);
    expect((await desk.service.call('get', path, undefined, 'demo-api-key-quay1').expect(403)).body.code).toBe('role_insufficient');
    expect((await desk.service.call('get', path).expect(403)).body.code).toBe('person_required');
    await desk.service.call('get', `/api/reconciliations/acc-none/${desk.day}`, undefined, finance).expect(409);
    await desk.service.call('get', `/api/reconciliations/${accountId}/2026-13-01`, undefined, finance).expect(400);
  });

  it('lists days with where each stands', async () => {
    await transfer({ content: 'chuyen tien' });
    toNextMorning();
    await list([]);
    const { data } = await read(`/api/reconciliations?from=${desk.day}&to=${desk.nextDay}&account=${accountId}`);
    expect(data).toMatchObject([
      { account: accountId, day: desk.nextDay, standing: 'no_statement', blocking: 0 },
      { account: accountId, day: desk.day, standing: 'differences', blocking: 1, unexplained: owed },
    ]);
    await desk.service.call('get', '/api/reconciliations?from=2026-01-01&to=2026-03-01', undefined, finance).expect(400);
  });

  it('lists a closed day with what of it is open again: a decision that was taken back, and money that was told late', async () => {
    const [kept, undone] = [await paid(), await paid()];
    const { day } = desk;
    toNextMorning();
    const lines = [kept, undone].map(({ bankReference, reference }) => ({
      day,
      reference: bankReference,
      credit: owed,
      content: reference,
    }));
    await importedFrom(desk.service, { lines, opening: 0, closing: 2 * owed });
    for (const key of [finance, 'demo-api-key-ketoantruong'])
      await send(`/api/reconciliations/${accountId}/${day}/close`, {}, key).expect(200);
    const row = async () => (await read(`/api/reconciliations?from=${day}&to=${day}&account=${accountId}`)).data[0];
    expect(await row()).toMatchObject({ standing: 'closed', blocking: 0, carried: 0, unexplained: 0 });
    await send(`/api/transactions/${undone.transactionId}/undo`, { reason: 'khớp nhầm', decisionsSeen: 0 }, finance).expect(200);
    expect(await row()).toMatchObject({ standing: 'closed', blocking: 1, unexplained: owed });
    const officer = await visitorAt(desk.service, 'ketoan');
    const seen = async () => textOf((await officer.get(`/days?to=${day}`).expect(200)).text);
    expect(await seen()).toContain('Đã khóa sổ Sau khóa sổ còn 1 chênh lệch 21.000 ₫');
    await transfer({ content: 'den muon', amount: 5_000 });
    await paid(); // has a home, but no list shows it
    expect(await row()).toMatchObject({ standing: 'closed', blocking: 3, unexplained: 2 * owed + 5_000 });
    expect(await seen()).toContain('Đã khóa sổ Sau khóa sổ còn 3 chênh lệch 47.000 ₫');
    const late = (await reconciled(day)).differences.find(({ amount }: { amount: number }) => amount === 5_000);
    const carry = { key: late.key, kind: 'carry', text: 'chờ ngân hàng tra soát' };
    await send(`/api/reconciliations/${accountId}/${day}/notes`, carry, finance).expect(201);
    expect(await row()).toMatchObject({ standing: 'closed', blocking: 2, carried: 1, unexplained: 2 * owed });
    expect((await officer.get(`/days?to=${day}`)).text).toContain(`href="/days/${accountId}/${day}?state=blocking"`);
  });
});
