// What becomes of money for a tax by notice: it is the Treasury's, counts in no ratio, and yields no receipt of ours.
import { issueReceipts, issueWaitingReceipts } from '../../src/actions/issueReceipts';
import { decodeVietQr } from '../../src/domain/vietqr';
import { brokenLaws, numberOf, rowsOf } from '../support/books';
import { certifiedCopy, databases, type TestService } from '../support/office';
import { openTaxOffice, recordNotice, taxNotice, treasury, unitAccount, type TaxOffice } from '../support/taxNotices';

describe.each(databases)('money for taxes by notice on %s', (kind) => {
  let office: TaxOffice;
  let service: TestService;
  beforeAll(async () => {
    office = await openTaxOffice(kind);
    service = office.service;
  });
  beforeEach(() => office.setTime());
  afterEach(async () => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]));
  afterAll(() => service.end());

  const ratiosNow = async () =>
    (await service.call('get', '/api/reports/payment-ratios?from=2026-11-22&to=2026-11-22&by=sector').expect(200)).body.total;

  it('are offered to the account of the Treasury, and fees to the account of the unit, never the other way round', async () => {
    const fee = await office.issue();
    const tax = await recordNotice(service, fee.dossier.code);
    const [forFee, forTax] = [await office.offer(fee.id), await office.offer(tax.id)];
    expect(forTax.vietqr).toMatchObject(treasury);
    expect(decodeVietQr(forTax.vietqr.payload)).toMatchObject({
      ok: true,
      value: { bankBin: treasury.bankBin, accountNumber: treasury.accountNumber, purpose: tax.reference },
    });
    expect(forFee.vietqr.accountNumber).toBe(unitAccount);
    const province = await office.issue({ agencyCode: 'H26' });
    expect((await office.offer(province.id)).vietqr.accountNumber).toBe('110000260001');
    const purposes = (await service.call('get', '/api/accounts').expect(200)).body.data.map(
      (account: { accountNumber: string; purpose: string }) => [account.accountNumber, account.purpose],
    );
    expect(purposes).toContainEqual([treasury.accountNumber, 'treasury']);
    expect(purposes).toContainEqual([unitAccount, 'collection']);
  });

  it('are paid by money told for the Treasury account, and then say which document the bank makes out', async () => {
    const tax = await recordNotice(service, await office.known());
    await office.offer(tax.id);
    await office.pay(tax, { id: 77_001 });
    const paid = await office.see(tax.id);
    expect(paid).toMatchObject({ status: 'paid', flags: [], amounts: { paid: 12_500_000 } });
    expect(paid.taxNotice.document).toMatchObject({
      noticeNumber: tax.taxNotice.number,
      payments: [{ bankReference: 'FT77001', amount: 12_500_000, paidAt: paid.payments[0].paidAt }],
    });
  });

  it('are flagged when the money came to the unit, and so is a fee whose money came to the Treasury, offered or not', async () => {
    for (const isOffered of [true, false]) {
      const fee = await office.issue();
      const tax = await recordNotice(service, fee.dossier.code);
      if (isOffered) await Promise.all([office.offer(fee.id), office.offer(tax.id)]);
      await office.pay(tax, { accountNumber: unitAccount });
      await office.pay(fee);
      expect(await office.see(tax.id)).toMatchObject({ status: 'paid', flags: ['wrong_account'] });
      expect(await office.see(fee.id)).toMatchObject({ status: 'paid', flags: ['wrong_account'] });
    }
  });

  it('get nothing of a transfer for a fee that is too much by just the tax, nor the other way', async () => {
    const fee = await office.issue();
    const tax = await recordNotice(service, fee.dossier.code, taxNotice({ amount: 1_000_000 }));
    await office.pay(fee, { accountNumber: unitAccount, amount: 1_021_000 });
    expect(await office.see(fee.id)).toMatchObject({ status: 'overpaid', amounts: { over: 1_000_000 } });
    expect(await office.see(tax.id)).toMatchObject({ status: 'open' });
    const open = await office.issue();
    const paid = await recordNotice(service, open.dossier.code);
    await office.pay(paid, { amount: 12_521_000 });
    expect(await office.see(paid.id)).toMatchObject({ status: 'overpaid', amounts: { over: 21_000 } });
    expect(await office.see(open.id)).toMatchObject({ status: 'open' });
  });

  it('are paid together by one transfer to the Treasury that is just their sum', async () => {
    const code = await office.known();
    const [one, other] = [
      await recordNotice(service, code),
      await recordNotice(service, code, taxNotice({ subItem: '1006', amount: 3_000_000 })),
    ];
    await office.pay(one, { amount: 15_500_000 });
    expect([(await office.see(one.id)).status, (await office.see(other.id)).status]).toEqual(['paid', 'paid']);
  });

  it('are booked under their sub-item, to the Treasury, apart from phí and lệ phí', async () => {
    const fee = await office.issue();
    const tax = await recordNotice(service, fee.dossier.code, taxNotice({ subItem: '1006' }));
    await office.pay(tax);
    const postings = (cause: string) =>
      rowsOf(service.config.databaseUrl, `SELECT debit, credit, amount FROM posting WHERE cause_id = '${cause}'`);
    expect(await postings(tax.id)).toMatchObject([{ debit: `receivable:${tax.id}`, credit: 'income:thue:1006' }]);
    const paid = await office.see(tax.id);
    const [{ debit } = { debit: '' }] = await postings(paid.payments[0].transactionId);
    const [account] = await rowsOf(
      service.config.databaseUrl,
      `SELECT id FROM account WHERE purpose = 'treasury' AND 'bank:' || id = '${debit}'`,
    );
    expect(account).toBeDefined();
    expect((await postings(fee.id)).map((row) => row['credit'])).toEqual(['income:CT-2.000815']);
  });

  it('yield no receipt of ours', async () => {
    const tax = await recordNotice(service, await office.known());
    await office.pay(tax);
    while ((await issueReceipts(service.ctx)) > 0);
    await issueWaitingReceipts(service.ctx);
    expect(await numberOf(service.config.databaseUrl, `SELECT count(*) FROM receipt WHERE obligation_id = '${tax.id}'`)).toBe(0);
    expect(await office.see(tax.id)).not.toHaveProperty('receipt');
  });

  it('are not taken in cash', async () => {
    const tax = await recordNotice(service, await office.known());
    const answer = await service.call('post', `/api/obligations/${tax.id}/cash`, { amount: 12_500_000, counterId: 'quay-1' });
    expect([answer.status, answer.body.code]).toEqual([409, 'tax_not_in_cash']);
  });

  it('count nowhere in the ratios: a dossier that owes only tax is in no denominator, and a tax delays no dossier that paid its fees', async () => {
    const before = await ratiosNow();
    const { code, ...particulars } = certifiedCopy().dossier;
    const only = await recordNotice(service, code, { ...taxNotice(), dossier: particulars });
    await office.offer(only.id);
    await office.pay(only);
    expect(await ratiosNow()).toEqual(before);
    const fee = await office.issue();
    const beside = await recordNotice(service, fee.dossier.code);
    await office.offer(fee.id);
    await office.pay(fee, { accountNumber: unitAccount });
    const after = await ratiosNow();
    expect([after.obligations, after.paidOnline, after.paidCashless]).toEqual([
      before.obligations + 1,
      before.paidOnline + 1,
      before.paidCashless + 1,
    ]);
    expect(after.amountDue).toBe(before.amountDue + 21_000);
    await office.pay(beside);
    expect(await ratiosNow()).toEqual(after);
  });

  it('may be taken back: several taxpayers of one dossier then owe the same tax again', async () => {
    const code = await office.known();
    const taxes = [await recordNotice(service, code), await recordNotice(service, code, taxNotice({ taxpayer: { name: 'Lê Thị Hai' } }))];
    for (const tax of taxes) {
      await office.pay(tax);
      const [payment] = (await office.see(tax.id)).payments;
      const undo = { reason: 'Ngân hàng báo nhầm', decisionsSeen: 0 };
      await service.call('post', `/api/transactions/${payment.transactionId}/undo`, undo, 'demo-api-key-ketoan').expect(200);
    }
    for (const tax of taxes) expect(await office.see(tax.id)).toMatchObject({ status: 'open', taxNotice: { document: null } });
  });

  it('comes to an account of the Treasury that several notices brought at once, once', async () => {
    const code = await office.known();
    const treasuryAccount = { ...treasury, accountNumber: '7111000269999' };
    const notices = Array.from({ length: 6 }, () => taxNotice({ treasuryAccount }));
    const recorded = await Promise.all(notices.map((notice) => recordNotice(service, code, notice)));
    expect(await numberOf(service.config.databaseUrl, `SELECT count(*) FROM account WHERE account_number = '7111000269999'`)).toBe(1);
    for (const tax of recorded) await office.pay(tax, { accountNumber: '7111000269999' });
    for (const tax of recorded) expect(await office.see(tax.id)).toMatchObject({ status: 'paid', flags: [] });
  });
});
