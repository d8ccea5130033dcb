// Tax by notice: recorded as it stands, replaced, withdrawn, overdue; never computed by us.
import { brokenLaws, rowsOf } from '../support/books';
import { certifiedCopy, databases, freshDossierCode, type TestService } from '../support/office';
import { openTaxOffice, recordNotice, taxNotice, treasury, unitAccount, type TaxOffice } from '../support/taxNotices';

describe.each(databases)('taxes by notice on %s', (kind) => {
  let office: TaxOffice;
  let service: TestService;
  beforeAll(async () => {
    office = await openTaxOffice(kind);
    service = office.service;
  });
  beforeEach(() => office.setTime());
  afterEach(async () => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]));
  afterAll(() => service.end());

  const eventsOf = async (id: string) =>
    rowsOf(service.config.databaseUrl, `SELECT type, payload FROM event WHERE obligation_id = '${id}' ORDER BY id`);

  it('become an obligation of one line, with everything that stands on the notice', async () => {
    const code = await office.known();
    const notice = taxNotice();
    const recorded = await recordNotice(service, code, notice);
    expect(recorded).toMatchObject({
      status: 'open',
      dossier: { code },
      amounts: { due: 12_500_000, outstanding: 12_500_000 },
      feeItems: [
        { feeId: 'TB-1.007277', name: 'Lệ phí trước bạ nhà, đất', kind: 'thue', chapter: '757', subItem: '2801', amount: 12_500_000 },
      ],
      taxNotice: { ...notice, overdue: false, replaces: null, replacedBy: null, document: null },
    });
    expect(recorded.feeItems).toHaveLength(1);
    expect(recorded.feeItems[0].legalBasis.at(-1)).toBe(`Thông báo số ${notice.number} ngày 20/11/2026 của Chi cục Thuế khu vực I`);
    const income = await recordNotice(service, code, taxNotice({ subItem: '1006', amount: 50_000_000 }));
    expect(income.feeItems).toMatchObject([{ feeId: 'TB-TNCN-1.012787', name: 'Thuế thu nhập cá nhân từ chuyển nhượng bất động sản' }]);
    const car = await recordNotice(service, code, taxNotice({ subItem: '2802' }));
    expect(car.feeItems).toMatchObject([{ feeId: 'thue.2802', name: 'Lệ phí trước bạ ô tô', kind: 'thue' }]);
  });

  it('may be several, of several taxpayers, beside the fees of one dossier, each with a reference and a code of its own', async () => {
    const fee = await office.issue();
    const code = fee.dossier.code;
    const [one, other] = [
      await recordNotice(service, code),
      await recordNotice(service, code, taxNotice({ taxpayer: { name: 'Lê Thị Hai' } })),
    ];
    const listed = (await service.call('get', `/api/obligations?dossier=${code}`).expect(200)).body.data;
    expect(listed.map(({ id }: { id: string }) => id).sort()).toEqual([fee.id, one.id, other.id].sort());
    expect(new Set([fee.reference, one.reference, other.reference]).size).toBe(3);
    expect([one.taxNotice.taxpayer.name, other.taxNotice.taxpayer.name]).toEqual(['Trần Văn Thuế', 'Lê Thị Hai']);
  });

  it('may be of a dossier for which no fee was issued, when the notice says what it is', async () => {
    const { code, ...particulars } = certifiedCopy().dossier;
    await office.refused(code, taxNotice(), 404, 'dossier_unknown');
    const recorded = await recordNotice(service, code, { ...taxNotice(), dossier: particulars });
    expect(recorded.dossier).toMatchObject({ code, procedureCode: '2.000815' });
    await office.refused(code, { ...taxNotice(), dossier: { ...particulars, channel: 'online' } }, 409, 'dossier_conflict');
  });

  it.each(['7111', '71110002600012345678', '7111.0002600', 'KBNN00260001', '7111 0002 6000'])(
    'are refused where the Treasury account %s is no number of 6 to 19 digits',
    async (accountNumber) => {
      const answer = await service.call('post', `/api/dossiers/${await office.known()}/tax-notices`, {
        ...taxNotice(),
        treasuryAccount: { ...treasury, accountNumber },
      });
      expect([answer.status, answer.body.code, answer.body.errors[0].path]).toEqual([
        400,
        'request_invalid',
        'treasuryAccount.accountNumber',
      ]);
    },
  );

  it('are refused when number and issuer are known, naming the obligation that there is, however they are written', async () => {
    const code = await office.known();
    const notice = taxNotice();
    const first = await recordNotice(service, code, notice);
    const again = { ...notice, number: ` ${notice.number.toLowerCase()}`, issuer: 'CHI CUC THUE  KHU VUC I', amount: 1 };
    const answer = await office.refused(await office.known(), again, 409, 'tax_notice_exists');
    expect(answer.detail).toContain(first.reference);
    await recordNotice(service, code, { ...notice, issuer: 'Chi cục Thuế khu vực II' });
    const sent = await Promise.all(
      Array.from({ length: 5 }, () =>
        service.call('post', `/api/dossiers/${code}/tax-notices`, { ...notice, number: `${notice.number}-5` }),
      ),
    );
    expect(sent.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  it('are refused when something on them cannot be so', async () => {
    const code = await office.known();
    const wrong: [object, string][] = [
      [{ amount: 0 }, 'amount'],
      [{ amount: 1.5 }, 'amount'],
      [{ subItem: '28' }, 'subItem'],
      [{ chapter: 'abc' }, 'chapter'],
      [{ dueOn: '2026-11-19' }, 'dueOn'],
      [{ issuedOn: '2026-02-30' }, 'issuedOn'],
      [{ issuedOn: '2026-11-23' }, 'issuedOn'],
      [{ taxpayer: { name: '12345' } }, 'taxpayer.name'],
      [{ treasuryAccount: { ...treasury, bankBin: '123456' } }, 'treasuryAccount.bankBin'],
      [{ treasuryAccount: { ...treasury, accountNumber: '7111 0002' } }, 'treasuryAccount.accountNumber'],
      [{ rate: '0.5' }, 'rate'],
    ];
    for (const [change, path] of wrong) {
      const answer = await office.refused(code, taxNotice(change), 400, 'request_invalid');
      expect(answer.errors.map((error: { path: string }) => error.path)).toContain(path);
    }
    const ofUnit = { bankBin: '970436', accountNumber: unitAccount, accountName: 'KBNN KHU VUC I' };
    await office.refused(code, taxNotice({ treasuryAccount: ofUnit }), 409, 'treasury_account_invalid');
    await recordNotice(service, code, taxNotice({ treasuryAccount: { ...treasury, accountName: 'Kbnn Khu vực I' } }));
    await office.refused(
      code,
      taxNotice({ treasuryAccount: { ...treasury, accountName: 'NGUYEN VAN A' } }),
      409,
      'treasury_account_differs',
    );
    await office.refused(freshDossierCode(), taxNotice(), 404, 'dossier_unknown');
    await office.refused(code, taxNotice(), 403, 'role_insufficient', 'demo-api-key-thanhtra');
  });

  it('are never computed from the schedule', async () => {
    const answer = await service.call('post', '/api/obligations', {
      ...certifiedCopy({ procedureCode: '1.007277' }),
      fees: [{ feeId: 'TB-1.007277', value: 1_000_000_000 }],
    });
    expect([answer.status, answer.body.code]).toEqual([409, 'fee_by_notice']);
  });

  it('are overdue the day after their due date while anything is outstanding, and owe no đồng more for it', async () => {
    const tax = await recordNotice(service, await office.known());
    const seenAt = async (time: string) => {
      office.setTime(time);
      return office.see(tax.id);
    };
    expect((await seenAt('2026-12-20T23:59:59+07:00')).taxNotice.overdue).toBe(false);
    const late = await seenAt('2026-12-21T00:00:00+07:00');
    expect(late.taxNotice.overdue).toBe(true);
    expect(late.amounts.outstanding).toBe(12_500_000);
    await office.pay(tax);
    expect((await office.see(tax.id)).taxNotice.overdue).toBe(false);
  });

  it('are cancelled when a new notice replaces them unpaid, and stay when money has come', async () => {
    const code = await office.known();
    const [unpaid, paid] = [await recordNotice(service, code), await recordNotice(service, code)];
    await office.pay(paid);
    const forUnpaid = await recordNotice(service, code, taxNotice({ replaces: unpaid.taxNotice.number, amount: 9_000_000 }));
    const forPaid = await recordNotice(service, code, taxNotice({ replaces: paid.taxNotice.number }));
    expect(await office.see(unpaid.id)).toMatchObject({
      status: 'cancelled',
      cancelled: { reason: `Thay bằng thông báo số ${forUnpaid.taxNotice.number}`, by: 'system:demo' },
      taxNotice: { replacedBy: forUnpaid.taxNotice.number },
    });
    expect(forUnpaid.taxNotice.replaces).toBe(unpaid.taxNotice.number);
    expect(await office.see(paid.id)).toMatchObject({ status: 'paid', taxNotice: { replacedBy: forPaid.taxNotice.number } });
    expect((await office.see(forPaid.id)).status).toBe('open');
    await office.refused(code, taxNotice({ replaces: unpaid.taxNotice.number }), 409, 'tax_notice_replaced');
    await office.refused(code, taxNotice({ replaces: 'LTB-0' }), 404, 'tax_notice_unknown');
    await office.refused(await office.known(), taxNotice({ replaces: unpaid.taxNotice.number }), 404, 'tax_notice_unknown');
  });

  it('are withdrawn by a person with a reason while unpaid, and what was recorded in their place may be recorded again', async () => {
    const code = await office.known();
    const first = await recordNotice(service, code);
    const second = await recordNotice(service, code, taxNotice({ replaces: first.taxNotice.number }));
    const cancel = (id: string, key?: string) =>
      service.call('post', `/api/obligations/${id}/cancel`, { reason: 'Cơ quan thuế thu hồi' }, key);
    expect((await cancel(second.id)).body.code).toBe('person_required');
    const withdrawn = (await cancel(second.id, 'demo-api-key-quay1').expect(200)).body;
    expect(withdrawn).toMatchObject({
      status: 'cancelled',
      cancelled: { by: 'of-quay1', reason: 'Cơ quan thuế thu hồi', at: expect.any(String) },
    });
    const third = await recordNotice(service, code, taxNotice({ replaces: first.taxNotice.number }));
    await office.pay(third);
    expect((await cancel(third.id, 'demo-api-key-quay1')).body.code).toBe('obligation_has_payments');
  });

  it('are recorded again once they were withdrawn because they had been recorded wrongly', async () => {
    const code = await office.known();
    const notice = taxNotice({ amount: 1_250_000 });
    const wrong = await recordNotice(service, code, notice);
    const right = { ...notice, amount: 12_500_000 };
    await office.refused(code, right, 409, 'tax_notice_exists');
    await service.call('post', `/api/obligations/${wrong.id}/cancel`, { reason: 'Ghi sai số tiền' }, 'demo-api-key-quay1').expect(200);
    const again = await recordNotice(service, code, right);
    expect([again.status, again.amounts.due]).toEqual(['open', 12_500_000]);
    await office.refused(code, right, 409, 'tax_notice_exists');
    const newer = await recordNotice(service, code, taxNotice({ replaces: notice.number }));
    expect((await office.see(again.id)).taxNotice.replacedBy).toBe(newer.taxNotice.number);
    await office.refused(code, right, 409, 'tax_notice_exists');
  });

  it('are announced as taxes, without the name of the taxpayer anywhere but in the answer', async () => {
    const tax = await recordNotice(service, await office.known(), taxNotice({ taxpayer: { name: 'Đặng Thị Kín' } }));
    const offered = await office.offer(tax.id);
    await office.pay(tax);
    const events = await eventsOf(tax.id);
    expect(events.map(({ type }) => type)).toEqual(['obligation.issued', 'payment_request.opened', 'obligation.paid']);
    for (const { payload } of events)
      expect(JSON.parse(String(payload))).toMatchObject({ feeItems: [{ kind: 'thue', amount: 12_500_000 }] });
    const told = JSON.stringify([events.map(({ payload }) => payload), offered, tax.feeItems]);
    for (const word of ['Kín', 'Kin', 'Đặng']) expect(told).not.toContain(word);
  });

  it('are outside the sight of another office', async () => {
    const elsewhere = await office.issue({ agencyCode: 'H26', procedureCode: '2.000815' });
    await office.refused(elsewhere.dossier.code, taxNotice(), 404, 'dossier_unknown', 'demo-api-key-quay1');
    const tax = await recordNotice(service, elsewhere.dossier.code);
    const same = { ...taxNotice(), number: tax.taxNotice.number };
    const answer = await office.refused(await office.known(), same, 409, 'tax_notice_exists', 'demo-api-key-quay1');
    expect(JSON.stringify(answer)).not.toContain(tax.reference);
  });

  it('are described for those who call', async () => {
    const { paths } = (await service.call('get', '/openapi.json').expect(200)).body;
    const { schema } = paths['/api/dossiers/{code}/tax-notices'].post.requestBody.content['application/json'];
    expect(schema.required).toEqual(expect.arrayContaining(['number', 'issuer', 'issuedOn', 'dueOn', 'amount', 'treasuryAccount']));
  });
});
