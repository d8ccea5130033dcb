// What a question about transactions finds over HTTP, and who is shown the payer; on both databases.
import { searchMoney } from '../../src/actions/searchMoney';
import type { Actor } from '../../src/domain/role';
import { addDays, dayOf, instantOf, type Day } from '../../src/domain/time';
import { tell, tellWithPayer } from '../support/bank';
import { offeredOrder, paidSession, tellStripe } from '../support/gateway';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { runAll, settleMany } from '../support/settled';
import { importedFrom, sendStatement } from '../support/statementFiles';
import { textOf, visitorAt } from '../support/visitor';

const finance = 'demo-api-key-ketoan';

describe.each(databases)('transactions on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService(kind);
    const { reference } = (await service.call('post', '/api/obligations', certifiedCopy())).body;
    await tell(service, { content: reference, amount: 81_000 }).expect(200);
    await tellWithPayer(service, { content: 'le phi', amount: 7_000 }, '0123456789', 'NGUYEN VAN DAT').expect(200);
    await tell(service, { content: 'IBFT.CT tu 0987654321 TRAN THI MAU toi 1026101000', amount: 9_000 }).expect(200);
  });
  afterAll(() => service.end());

  const actor: Actor = { kind: 'person', officerId: 'of-ketoan', name: 'Kế toán', role: 'finance_officer', agencyCode: 'H26' };
  const [from, to] = ['2000-01-01', '2100-01-01'] as Day[] as [Day, Day];
  const search = async (text: string, days: readonly [Day, Day] = [from, to]) =>
    (await searchMoney(service.ctx, { actor, text, from: days[0], to: days[1] }, 10)).map(({ amount }) => amount.toJSON());

  const found = async (query: string, key = finance) =>
    (await service.call('get', `/api/transactions?${encodeURI(query)}`, undefined, key).expect(200)).body.data;

  it.each([
    ['q=Nguyễn Văn Đạt', 7_000],
    ['q=nguyen van', 7_000],
    ['q=tran thi mau', 9_000],
    ['q=012345', 7_000],
    ['q=81000', 81_000],
    ['q=81.000', 81_000],
    ['q=60000', 81_000],
    ['q=7000', 7_000],
    ['account=1026101000&q=le phi', 7_000],
  ])('are found by %s', async (query, amount) => expect(await found(query)).toMatchObject([{ amount }]));

  it('are found by the number of an account as by its id, and by that of no other', async () => {
    const [{ account }] = await found('q=7000');
    expect(await found(`account=${account}`)).toHaveLength(3);
    expect(await found('account=1026101000')).toHaveLength(3);
    expect(await found('account=0')).toEqual([]);
  });

  it('tell people who paid, with the whole account for those who decide, and tell systems nothing of it', async () => {
    expect(await found('q=7000')).toMatchObject([{ payer: { name: 'NGUYEN VAN DAT', account: '0123456789', isStated: false } }]);
    expect(await found('q=7000', 'demo-api-key-thanhtra')).toMatchObject([{ payer: { name: 'NGUYEN VAN DAT', account: '•••6789' } }]);
    expect(await found('q=TRAN THI')).toMatchObject([{ payer: { name: 'TRAN THI MAU', isStated: true } }]);
    const [{ id, ...seen }] = await found('q=7000', 'demo-api-key');
    expect(seen).not.toHaveProperty('payer');
    expect((await service.call('get', `/api/transactions/${id}`, undefined, finance)).body.payer).toMatchObject({ name: 'NGUYEN VAN DAT' });
    expect((await service.call('get', `/api/transactions/${id}`)).body).not.toHaveProperty('payer');
  });

  it('are not found by a piece of an account that its asker is not shown', async () => {
    expect(await found('q=012345', 'demo-api-key-thanhtra')).toEqual([]);
    expect(await found('q=012345', 'demo-api-key')).toEqual([]);
  });

  it('are listed on from a cursor that was given, and from no other', async () => {
    const first = (await service.call('get', '/api/transactions?limit=1')).body;
    expect((await service.call('get', `/api/transactions?limit=1&cursor=${first.nextCursor}`).expect(200)).body.data).toHaveLength(1);
    const answer = await service.call('get', '/api/transactions?cursor=zzz');
    expect([answer.status, answer.body.code, answer.body.errors[0].path]).toEqual([400, 'request_invalid', 'cursor']);
  });

  it('that are no money of ours are refused a decision as such by everyone who sees them', async () => {
    const { orderId } = await offeredOrder(service, 'acc-h26-101');
    await tellStripe(service, 'checkout.session.completed', paidSession(orderId, `pi_${kind}`)).expect(200);
    const charge = { id: `ch_${kind}`, payment_intent: `pi_${kind}`, amount: 21_000, amount_refunded: 21_000, currency: 'vnd' };
    await tellStripe(service, 'charge.refunded', charge).expect(200);
    await tell(service, { content: 'chi', amount: 1_000, transferType: 'out' }).expect(200);
    await tell(service, { content: 'lac', amount: 1_000, accountNumber: '999999' }).expect(200);
    const strange = await service.ctx.store.tables.transactions.list({ states: ['outgoing', 'foreign'] }, 10);
    expect(strange).toHaveLength(3);
    for (const { id } of strange) {
      await service.call('get', `/api/transactions/${id}`, undefined, finance).expect(200);
      for (const [what, body] of [
        ['resolve', { action: 'refund', reason: 'thử' }],
        ['undo', { reason: 'thử' }],
      ] as const) {
        const answer = await service.call('post', `/api/transactions/${id}/${what}`, { ...body, decisionsSeen: 0 }, finance);
        expect([answer.status, answer.body.code]).toEqual([409, 'transaction_not_resolvable']);
      }
    }
  });

  it('are found over all days by a reference, with those that name it and pay nothing, and by letters of either size', async () => {
    const issued = async () => (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body.reference as string;
    const [one, other] = [await issued(), await issued()];
    await tell(service, { content: one, amount: 21_000 }).expect(200);
    await tell(service, { content: `${one} ${other} Đặng Thị Đào`, amount: 5_000 }).expect(200);
    expect(await search(one.toLowerCase())).toEqual([5_000, 21_000]);
    expect([await search('đặng thị đào'), await search('ĐẶNG THỊ ĐÀO'), await search('5.000')]).toEqual([[5_000], [5_000], [5_000]]);
  });

  describe('with marks or without, of any size of letters,', () => {
    const today = dayOf(instantOf(Date.now()));
    const yesterday = addDays(today, -1);
    const lastMonth: [Day, Day] = [addDays(today, -60), addDays(today, -30)];

    it('are found by the applicant: by a part of the name between the days, by all of it whenever it was', async () => {
      const issued = certifiedCopy({ applicant: { name: 'Trịnh Đình Ổn' } });
      const { reference } = (await service.call('post', '/api/obligations', issued).expect(201)).body;
      await tell(service, { content: reference, amount: 21_101 }).expect(200);
      for (const text of ['Trịnh Đình Ổn', 'trinh dinh on', 'TRINH DINH', 'đình ổn', 'Đình Ổn'.normalize('NFD')])
        expect([text, await search(text)]).toEqual([text, [21_101]]);
      expect([await search('trinh dinh on', lastMonth), await search('trinh dinh', lastMonth)]).toEqual([[21_101], []]);
      expect(await search('trinh dinh', [today, today])).toEqual([21_101]);
    });

    it('are found by a part of a name that thousands of applicants have', async () => {
      const { reference } = (await service.call('post', '/api/obligations', certifiedCopy({ applicant: { name: 'Lã Thị Ngàn' } }))).body;
      await tell(service, { content: reference, amount: 21_151 }).expect(200);
      await settleMany(service.config.databaseUrl, 2_001, ['H26.101']);
      await runAll(service.config.databaseUrl, [`UPDATE dossier SET folded_applicant = 'LA THI NGAN' WHERE id LIKE 'ds_many_%'`]);
      expect([await search('thị ngàn'), await search('thi ngan', lastMonth)]).toEqual([[21_151], []]);
    });

    it('are found by a payer and by words that a feed or the bank’s list wrote with marks', async () => {
      await tellWithPayer(service, { content: 'nop tien', amount: 21_201 }, '0123', 'Lương Thế Vĩnh').expect(200);
      await importedFrom(service, {
        lines: [{ day: yesterday, reference: `BN${kind}1`, credit: 21_202, content: 'Nộp phí cho cháu Thoại Mỹ' }],
      });
      for (const text of ['luong the vinh', 'LƯƠNG THẾ', 'thế vĩnh']) expect([text, await search(text)]).toEqual([text, [21_201]]);
      for (const text of ['chau thoai my', 'Cháu Thoại Mỹ', 'THOAI M']) expect([text, await search(text)]).toEqual([text, [21_202]]);
      const asked = async (query: string) => (await found(query)).map(({ amount }: { amount: number }) => amount);
      for (const text of ['luong the vinh', 'LƯƠNG THẾ', 'Thế Vĩnh']) expect([text, await asked(`q=${text}`)]).toEqual([text, [21_201]]);
      for (const text of ['chau thoai my', 'CHÁU THOẠI']) expect([text, await asked(`q=${text}`)]).toEqual([text, [21_202]]);
      expect([await asked('q=thoai_my'), await asked('q=thoai%my')]).toEqual([[], []]);
      const officer = await visitorAt(service, 'ketoan');
      const waiting = async (query: string) => /21\.20\d ₫/.exec(textOf((await officer.get(`/unmatched?${encodeURI(query)}`)).text))?.[0];
      expect([await waiting('payer=luong the'), await waiting('payer=Thế Vĩnh'), await waiting('payer=0123')]).toEqual(
        Array(3).fill('21.201 ₫'),
      );
      expect([await waiting('q=thoai my'), await waiting('q=THOẠI'), await waiting(`q=bn${kind}1`)]).toEqual(Array(3).fill('21.202 ₫'));
      expect(await waiting(`payer=bn${kind}1`)).toBeUndefined(); // a number of the bank names no payer
      expect([await search('thoai_my'), await search('thoai%my'), await search('thoai my', lastMonth)]).toEqual([[], [], []]);
    });

    it('are found by a payer whom only the bank’s list names', async () => {
      await tell(service, { id: 7_301, content: 'nop tien', amount: 21_301, time: `${yesterday} 09:00:00` }).expect(200);
      const row = `"${yesterday.split('-').reverse().join('/')}","FT7301","","21301","","nop tien","Khổng Mỹ Á"`;
      const header = 'Ngày giao dịch,Số GD,Rút ra,Gửi vào,Số dư,Nội dung giao dịch,Tên đối ứng';
      const file = Buffer.from(['Số tài khoản: 1026101000', header, row, ''].join('\n'));
      const { body } = await sendStatement(service, file).expect(201);
      expect(body).toMatchObject({ alreadyKnown: 1, newTransactions: 0 });
      for (const text of ['khong my a', 'Khổng Mỹ']) expect([text, await search(text)]).toEqual([text, [21_301]]);
      expect(await search('khong my', lastMonth)).toEqual([]);
    });
  });

  it('are found by the number under which the bank lists them later, and by that of a line that a person found to be an old one', async () => {
    const day = addDays(dayOf(instantOf(Date.now())), -2);
    const stays = { day, reference: `STAY${kind}`, credit: 21_400, content: 'dong o lai', balance: 1_000_000 };
    const old = { day, reference: `OLD${kind}`, credit: 21_401, content: 'doi so but toan', balance: 2_000_000 };
    await importedFrom(service, { lines: [stays, old] });
    await importedFrom(service, { lines: [stays, { ...old, reference: 'NEW/70-1' }] });
    expect(await search(`old${kind}`)).toEqual([21_401]);
    for (const text of ['NEW/70-1', 'new/70-1']) expect([text, await search(text)]).toEqual([text, [21_401]]);

    const anew = { ...old, reference: 'ANEW81', content: 'viet lai het', balance: 2_500_000 };
    const { id } = await importedFrom(service, { lines: [stays, anew] });
    const [held] = (await service.call('get', `/api/statements/${id}`, undefined, finance).expect(200)).body.heldLines;
    const same = { action: 'same', transactionId: held.candidates[0].transactionId, reason: 'ngân hàng ghi lại' };
    await service.call('post', `/api/statement-lines/${held.id}/decide`, same, finance).expect(200);
    expect(await search('anew81')).toEqual([21_401]);
  });

  it('are listed from the newest on, however many days and pages they stand on', async () => {
    const sums = Array.from({ length: 7 }, (_, place) => 21_500 + place);
    for (const [place, amount] of sums.entries()) {
      const time = `${addDays(dayOf(instantOf(Date.now())), -5 * place)} 08:00:00`;
      await tell(service, { content: `le phi thu ${place % 2 ? 'Bảy' : 'BAY'}`, amount, time }).expect(200);
    }
    const pages: number[][] = [];
    for (let after: string | undefined, more = true; more;) {
      const page = await searchMoney(service.ctx, { actor, text: 'phí thứ bảy', from, to }, 3, after);
      pages.push(page.map(({ amount }) => Number(amount.toJSON())));
      more = page.length === 3;
      after = page.at(-1)?.id;
    }
    expect(pages.flat()).toEqual(sums);
  });
});
