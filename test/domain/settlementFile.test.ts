// Settlement files: what is read of each layout, and that a bad row spoils only itself.
import { readSettlementFile } from '../../src/domain/settlementFile';
import { listFile, stripeFile } from '../support/settlements';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("Stripe's itemised payout reconciliation", () => {
  it('is read payout by payout, in whole đồng, with the day in Vietnam', () => {
    const text = stripeFile([
      { payout: 'po_1', id: 'txn_1', payment: 'pi_1', order: 'pr_1', gross: '180000.00', fee: '9270', net: '170730' },
      { payout: 'po_1', id: 'txn_2', category: 'refund', payment: 'pi_0', gross: -50_000 },
      { payout: 'po_2', id: 'txn_3', category: 'fee', gross: -1_500 },
      { payout: 'po_2', id: 'txn_4', category: 'dispute', payment: 'pi_9', gross: -21_000, fee: 15_000 },
      { payout: 'po_1', id: 'txn_5', category: 'payout', gross: -120_730 },
    ]);
    expect(plain(readSettlementFile(text, true, undefined))).toEqual({
      payouts: [
        {
          payoutId: 'po_1',
          day: '2026-11-23',
          stated: 120_730,
          lines: [
            ...[
              {
                identity: 'txn_1',
                kind: 'payment',
                gatewayId: 'pi_1',
                orderId: 'pr_1',
                gross: 180_000,
                fee: 9_270,
                net: 170_730,
                day: '2026-11-22',
                row: 2,
              },
            ],
            ...[{ identity: 'txn_2', kind: 'refund', gatewayId: 'pi_0', gross: -50_000, fee: 0, net: -50_000, day: '2026-11-22', row: 3 }],
          ],
        },
        {
          payoutId: 'po_2',
          day: '2026-11-23',
          lines: [
            ...[{ identity: 'po_2 txn_3', kind: 'fee', gross: 0, fee: 1_500, net: -1_500, day: '2026-11-22', row: 4 }],
            ...[
              {
                identity: 'txn_4',
                kind: 'adjustment',
                gatewayId: 'pi_9',
                gross: -21_000,
                fee: 15_000,
                net: -36_000,
                day: '2026-11-22',
                row: 5,
              },
            ],
          ],
        },
      ],
      rejected: [],
    });
  });

  it('loses only the rows that are bad: another currency, sums that do not agree, formulas, fractions, cells too many', () => {
    const good = { payout: 'po_1', id: 'txn_1', payment: 'pi_1', gross: 21_000, fee: 1_000 };
    const rows = stripeFile([
      good,
      { ...good, id: 'txn_2', currency: 'usd' },
      { ...good, id: 'txn_3', net: 21_000 },
      { ...good, id: '=HYPERLINK("x")' },
      { ...good, id: 'txn_5', gross: '21000.50' },
    ]);
    const { payouts, rejected } = readSettlementFile(`${rows}po_1,too,few\r\n`, true, undefined);
    expect(payouts.flatMap(({ lines }) => lines.map(({ identity }) => identity))).toEqual(['txn_1']);
    expect(rejected).toEqual([
      { row: 3, why: 'currency' },
      { row: 4, why: 'sum' },
      { row: 5, why: 'quotes' },
      { row: 6, why: 'amount' },
      { row: 7, why: 'columns' },
    ]);
  });

  it('is refused as a whole without its columns, and without a row that can be read', () => {
    expect(() => readSettlementFile('a,b,c\n1,2,3\n', true, undefined)).toThrow('header');
    expect(() => readSettlementFile('', true, undefined)).toThrow('empty');
    expect(() => readSettlementFile(stripeFile([{ payout: 'po_1', id: 'txn_1', gross: 'x' }]), true, undefined)).toThrow('no_row_readable');
  });
});

describe('the list of another gateway', () => {
  it('is read by the text of its header, in Vietnamese figures, brackets for what goes back', () => {
    const text = listFile([
      'Thanh toán;PR1;14000001;1.250.000;13.750;1.236.250;22/11/2026 09:00:00;QT20261123',
      'Hoàn tiền;PR0;13999999;(21.000);0;(21.000);22/11/2026;QT20261123',
      'Phí dịch vụ;;;0;5.500;-5.500;22/11/2026;QT20261123',
    ]);
    const { payouts, rejected } = readSettlementFile(text, false, undefined);
    expect(rejected).toEqual([]);
    expect(plain(payouts)).toMatchObject([
      {
        payoutId: 'QT20261123',
        day: '2026-11-22',
        lines: [
          { kind: 'payment', orderId: 'PR1', gatewayId: '14000001', gross: 1_250_000, fee: 13_750, net: 1_236_250 },
          { kind: 'refund', orderId: 'PR0', gross: -21_000, net: -21_000 },
          { kind: 'fee', gross: 0, fee: 5_500, net: -5_500 },
        ],
      },
    ]);
  });

  it('needs the name of the payout where it has no column for it', () => {
    const text = listFile(['payment,PR1,14000001,21000,1000,20000,2026-11-22'], 'kind,orderId,transactionNo,gross,fee,net,date');
    expect(readSettlementFile(text, false, 'QT1').payouts.map(({ payoutId }) => payoutId)).toEqual(['QT1']);
    expect(() => readSettlementFile(text, false, undefined)).toThrow('no_row_readable');
  });

  it.each([
    ['a payment without an order', 'payment,,1,21000,0,21000,2026-11-22', 'number'],
    ['a formula for an order', 'payment,=1+1,1,21000,0,21000,2026-11-22', 'number'],
    ['a fraction', 'payment,A1,1,21000.5,0,21000.5,2026-11-22', 'amount'],
    ['a payment of less than nothing', 'payment,A1,1,-21000,0,-21000,2026-11-22', 'sum'],
    ['a net sum that is not gross less fee', 'payment,A1,1,21000,1000,21000,2026-11-22', 'sum'],
    ['a day that is none', 'payment,A1,1,21000,1000,20000,2026-02-30', 'day'],
    ['a kind that nobody knows', 'gift,A1,1,21000,1000,20000,2026-11-22', 'kind'],
  ])('leaves out %s', (_, row, why) => {
    const good = 'payment,A0,9,21000,1000,20000,2026-11-22';
    const { rejected } = readSettlementFile(listFile([good, row], 'kind,orderId,transactionNo,gross,fee,net,date'), false, 'QT1');
    expect(rejected).toEqual([{ row: 3, why }]);
  });
});
