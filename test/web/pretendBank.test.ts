// The pretend bank: a payment made there walks the real path into the books, and the bank exists in the demo only.
import { certifiedCopy, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

let service: TestService;
let citizen: Visitor;
let port: number;
beforeAll(async () => {
  service = await openTestService('SQLite');
  port = await service.start();
  citizen = await visitorAt(service);
});
afterAll(() => service.end());

/** A fresh obligation with its QR. */
async function offered() {
  const obligation = (await service.call('post', '/api/obligations', certifiedCopy())).body;
  const request = await service.call('post', `/api/obligations/${obligation.id}/payment-requests`, { method: 'vietqr' });
  return { ...obligation, payload: request.body.vietqr.payload as string };
}

const stateOf = async (id: string) => (await service.call('get', `/api/obligations/${id}`)).body;
const pay = (obligation: { payload: string; reference: string }, changes: Record<string, string> = {}) =>
  citizen.post('/pretend-bank', { payload: obligation.payload, amount: '21000', content: obligation.reference, ...changes });

describe('The pretend bank', () => {
  it('lists the codes that wait, and reads one as a banking app would', async () => {
    const obligation = await offered();
    expect(textOf((await citizen.get('/pretend-bank')).text)).toContain(`${obligation.reference} 21.000 ₫`);
    const text = textOf((await citizen.get(`/pretend-bank?payload=${encodeURIComponent(obligation.payload)}`)).text);
    for (const word of ['không phải tiền thật', 'DIEM PVHCC PHUONG MAU', '1026101000', 'Vietcombank']) expect(text).toContain(word);
    expect((await citizen.get('/pretend-bank?payload=hello')).text).toContain('không phải VietQR hợp lệ');
  });

  it('pays an obligation through the public door, and the books show it', async () => {
    const obligation = await offered();
    const answer = textOf((await pay(obligation)).text);
    expect(answer).toContain('Giao dịch thành công');
    expect(answer).toContain('200 {"success":true}');
    const paid = await stateOf(obligation.id);
    expect([paid.status, paid.payments[0].provider]).toEqual(['paid', 'sandbox']);
    const page = await (await visitorAt(service, 'ketoan')).get(`/obligations/${obligation.id}`);
    expect(textOf(page.text)).toContain('Tổng Nợ bằng tổng Có 42.000 ₫ 42.000 ₫');
  });

  it('books once what is told twice, and keeps a second transfer as too much', async () => {
    const told = await offered();
    await pay(told, { toldTwice: 'yes' });
    expect(await stateOf(told.id)).toMatchObject({ status: 'paid', amounts: { paid: 21_000, over: 0 } });
    const doubled = await offered();
    await pay(doubled, { paidTwice: 'yes' });
    expect(await stateOf(doubled.id)).toMatchObject({ status: 'overpaid', flags: ['duplicate'], amounts: { paid: 21_000, over: 21_000 } });
  });

  it.each(['unchanged', 'vietcombankToMb', 'acb', 'lower', 'bidv'])(
    'is recognised when the content becomes %s on its way',
    async (memo) => {
      const obligation = await offered();
      await pay(obligation, { memo });
      expect((await stateOf(obligation.id)).status).toBe('paid');
    },
  );

  it('leaves the obligation open when the payer deletes the reference', async () => {
    const obligation = await offered();
    await pay(obligation, { memo: 'deleted' });
    expect((await stateOf(obligation.id)).status).toBe('open');
  });

  it('pays late, and less than asked', async () => {
    const obligation = await offered();
    await pay(obligation, { late: 'yes', amount: '1.000' });
    expect(await stateOf(obligation.id)).toMatchObject({ status: 'part_paid', flags: ['late'] });
  });

  it.each(['', '0', '-5', '1,5', '21k'])('refuses the amount "%s" and keeps what was typed', async (amount) => {
    const answer = await pay(await offered(), { amount, content: 'giữ lại' });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('giữ lại');
  });

  it('does not exist outside the demo', async () => {
    const real = await openTestService('SQLite', { config: { mode: 'production' } });
    const visitor = await visitorAt(real);
    expect((await visitor.get('/pretend-bank')).status).toBe(404);
    expect((await visitor.post('/pretend-bank', { payload: 'x' })).status).toBe(404);
    expect((await visitor.post('/webhooks/sandbox', {})).status).toBe(404);
    await real.end();
  });

  it('keeps a payment to itself when asked to: the service hears nothing, the statement lists it', async () => {
    const obligation = await offered();
    expect(textOf((await pay(obligation, { untold: 'yes' })).text)).toContain('chưa báo cho hệ thống');
    expect((await stateOf(obligation.id)).status).toBe('open');
    const rows = await statementRows('acc-h26-101');
    expect(rows.filter((row) => row.includes(obligation.reference))).toEqual([
      [expect.any(String), expect.any(String), obligation.reference, null, '21,000', expect.any(String), expect.stringMatching(/^FT/)],
    ]);
  });

  it('writes money that leaves into its book, tells of it, and its statement adds up', async () => {
    await citizen.post('/pretend-bank/book', { account: 'acc-h26', direction: 'in', amount: '50000', content: 'LAI', told: 'yes' });
    await citizen.post('/pretend-bank/book', { account: 'acc-h26', direction: 'out', amount: '11000', content: 'PHI', told: 'yes' });
    const rows = await statementRows('acc-h26');
    expect(rows.at(-1)).toEqual(['Số dư cuối kỳ', '39,000', null, null, null, null, null]);
    const desk = textOf((await (await visitorAt(service, 'ketoan')).get('/unmatched')).text);
    expect(desk).toContain('11.000');
    expect(textOf((await citizen.get('/pretend-bank/book?account=acc-h26')).text)).toContain('Số dư cuối kỳ 39.000 ₫');
  });
});

/** The cells of the spreadsheet of today. */
async function statementRows(account: string): Promise<unknown[][]> {
  const { default: readXlsx } = await import('read-excel-file/node');
  const answer = await fetch(`http://127.0.0.1:${port}/pretend-bank/statement?account=${account}`);
  expect(answer.headers.get('content-type')).toContain('spreadsheetml');
  const [sheet] = await readXlsx(Buffer.from(await answer.arrayBuffer()));
  return sheet?.data ?? [];
}
