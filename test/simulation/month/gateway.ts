// A gateway in a simulated month: citizens pay at VNPAY, which tells of it, lists it on the morning after, and pays out what its fee leaves; or not so.
import { createHmac } from 'node:crypto';
import { addDays, instantOf, vietnamTimeOf, type Day } from '../../../src/domain/time';
import { listFile } from '../../support/settlements';
import { count } from '../world';
import type { Desk } from './desks';
import { atOnce, inTurns, minuteMs, msAt, mustBe, paidBeside, turnOf, type Month } from './month';
import { expectIn, move } from './movements';
import { tallyUp } from './tally';
import { sumOf, toldName, type Debt, type Movement } from './truth';

/** A payment, by VNPAY's number. */
interface Sale {
  number: number;
  orderId: string;
  content: string;
  amount: number;
  paidMs: number;
}

/** Untold: VNPAY's word of the first payment comes after its list. Other gross: the list says more of it than was paid. */
const payoutKinds = ['untold', 'other_gross', 'bank_charge', 'list_late', 'paid_out'] as const;

const lineTroubles: Partial<Record<Payout['kind'], 'unknown_here' | 'amount_differs'>> = {
  untold: 'unknown_here',
  other_gross: 'amount_differs',
};

/** What is paid out of a desk's payments of a day, on the next one. */
export interface Payout {
  kind: (typeof payoutKinds)[number];
  desk: Desk;
  day: Day;
  payoutId: string;
  sales: readonly Sale[];
  /** Once its list was sent. */
  id?: string;
}

/** VNPAY takes no less. */
export const leastSale = 5_000;
/** What banks keep of the transfer. */
const bankCharge = 3_300;
const listedTooMuch = 1_000;

const feeOf = (amount: number): number => 1_100 + Math.floor(amount / 100);
const grossOf = ({ kind, sales }: Payout, sale: Sale): number =>
  sale.amount + (kind === 'other_gross' && sale === sales[0] ? listedTooMuch : 0);

function totalsOf(payout: Payout): { gross: number; fee: number; net: number } {
  const gross = sumOf(payout.sales.map((sale) => grossOf(payout, sale)));
  const fee = sumOf(payout.sales.map(({ amount }) => feeOf(amount)));
  return { gross, fee, net: gross - fee };
}

/** At noon: whoever pays at the gateway that day. */
export async function payOnline(month: Month, day: Day): Promise<void> {
  for (const desk of month.desks) {
    const debts = paidBeside(month, desk, day, 'at_gateway');
    if (debts.length === 0) continue;
    const turn = turnOf(month, 'payouts', payoutKinds);
    const kind = turn === 'untold' && day === month.lastDay ? 'paid_out' : turn;
    const sales = await inTurns(debts, atOnce, (debt) => pay(month, debt));
    await inTurns(kind === 'untold' ? sales.slice(1) : sales, atOnce, (sale) => tell(month, sale));
    const payoutId = `QT${day.replaceAll('-', '')}${String(desk.place + 1).padStart(3, '0')}`;
    month.payouts.push({ kind, desk, day, payoutId, sales });
  }
}

/** The payer is led to VNPAY, and pays there what the address says. */
async function pay(month: Month, { id, due }: Debt): Promise<Sale> {
  count(month.counts, 'sales');
  const number = 14_000_000 + (month.counts.get('sales') ?? 0);
  const path = `/api/obligations/${id}/payment-requests`;
  const { redirectUrl } = await month.call<{ redirectUrl: string }>('POST', path, { by: 'system', body: { method: 'vnpay' }, status: 201 });
  const asked = new URL(redirectUrl).searchParams;
  const amount = Number(asked.get('vnp_Amount')) / 100;
  mustBe(month, `what VNPAY is asked to take for ${id}`, amount, due);
  return { number, orderId: asked.get('vnp_TxnRef') ?? '', content: asked.get('vnp_OrderInfo') ?? '', amount, paidMs: month.clock.ms };
}

async function tell(month: Month, { number, orderId, content, amount, paidMs }: Sale): Promise<void> {
  const fields = {
    ...{ vnp_Amount: String(amount * 100), vnp_BankTranNo: `VNP${number}`, vnp_OrderInfo: content },
    ...{ vnp_PayDate: vietnamTimeOf(instantOf(paidMs)).replace(/\D/g, ''), vnp_ResponseCode: '00', vnp_TmnCode: 'DEMO0001' },
    ...{ vnp_TransactionNo: String(number), vnp_TransactionStatus: '00', vnp_TxnRef: orderId },
  };
  const query = new URLSearchParams(fields).toString();
  const hash = createHmac('sha512', 'demo-secret-vnpay').update(query).digest('hex');
  const provider = month.ctx.providerNamed('vnpay');
  if (!provider) throw new Error('no provider vnpay');
  const request = { method: 'GET', url: `/webhooks/vnpay?${query}&vnp_SecureHash=${hash}`, rawHeaders: [], body: Buffer.alloc(0) };
  const { body } = await month.receive(provider, request);
  mustBe(month, `the answer to VNPAY about ${number}`, (JSON.parse(String(body)) as { RspCode: string }).RspCode, '00');
}

/** What the bank will show on a day of the payouts of the day before. */
export const planPayouts = (month: Month, day: Day): Movement[] =>
  month.payouts.filter((payout) => payout.day === addDays(day, -1)).map((payout) => arrive(month, payout, day));

function arrive(month: Month, payout: Payout, day: Day): Movement {
  const { kind, desk, payoutId } = payout;
  const amount = totalsOf(payout).net - (kind === 'bank_charge' ? bankCharge : 0);
  const isFound = kind !== 'bank_charge' && kind !== 'list_late';
  const scene = { desk, day, atMs: msAt(day, 10) + desk.place * minuteMs, name: `payout_${kind}` };
  const made = move(month, scene, { amount, content: `VNPAY QUYET TOAN ${payoutId}`, away: isFound ? amount : 0 });
  if (isFound) return made;
  expectIn(month, {
    ...{ desk, day, class: 'unknown_content', name: toldName(made), amount, isBlocking: true },
    work: async ({ subject }) => {
      if (kind === 'list_late') return sendList(month, payout);
      const body = { transactionId: subject.id, reason: 'ngân hàng trừ phí chuyển tiền', isRestCharge: true };
      await month.call('POST', `/api/settlements/${payout.id}/settle`, { body });
    },
  });
  return made;
}

/** In the morning: VNPAY's lists of the day before; then whatever it had not told of. */
export async function sendLists(month: Month, day: Day): Promise<void> {
  for (const payout of month.payouts.filter((one) => one.day === addDays(day, -1) && one.kind !== 'list_late')) {
    await sendList(month, payout);
    if (payout.kind !== 'untold') continue;
    for (const sale of payout.sales.slice(0, 1)) await tell(month, sale);
    await checkPayout(month, payout);
  }
}

interface Seen {
  gross: number;
  fee: number;
  net: number;
  arrivedWith: string | null;
  lines: { orderId: string; difference: string | null }[];
}

async function sendList(month: Month, payout: Payout): Promise<void> {
  const { kind, day, payoutId, sales } = payout;
  const rows = sales.map((sale) => {
    const [gross, fee] = [grossOf(payout, sale), feeOf(sale.amount)];
    return ['Thanh toán', sale.orderId, sale.number, gross, fee, gross - fee, day, payoutId].join(';');
  });
  const body = { provider: 'vnpay', fileName: `${payoutId}.csv`, content: listFile(rows) };
  const kept = await month.call<{ settlementIds: string[]; newLines: number; rejected: unknown[] }>('POST', '/api/settlements', {
    ...{ body, status: 201 },
  });
  mustBe(month, `${payoutId} as it was read`, [kept.settlementIds.length, kept.newLines, kept.rejected], [1, rows.length, []]);
  payout.id = kept.settlementIds[0] ?? '';
  await checkPayout(month, payout, lineTroubles[kind]);
}

/** A difference between VNPAY's list and our payments is named, and nothing else is: if there is one, it is the first payment's. */
async function checkPayout(month: Month, payout: Payout, difference?: 'unknown_here' | 'amount_differs'): Promise<void> {
  const { gross, fee, net, lines } = await month.call<Seen>('GET', `/api/settlements/${payout.id}`);
  const place = `the list of ${payout.payoutId}`;
  mustBe(
    month,
    place,
    { gross, fee, net, twice: lines.filter((one) => one.difference === 'settled_twice') },
    { ...totalsOf(payout), twice: [] },
  );
  for (const name of ['unknown_here', 'amount_differs'] as const) {
    const found = lines.flatMap((one) => (one.difference === name ? one.orderId : []));
    tallyUp(month, place, `settlement_${name}`, found, difference === name ? payout.sales.slice(0, 1).map(({ orderId }) => orderId) : []);
  }
}

/** At the month's end: what was listed has arrived, and what VNPAY still owes is what it took and did not list. */
export async function checkGateway(month: Month): Promise<void> {
  for (const { id, payoutId } of month.payouts.filter((one) => one.id !== undefined)) {
    const { arrivedWith } = await month.call<Seen>('GET', `/api/settlements/${id}`);
    mustBe(month, `whether ${payoutId} arrived`, arrivedWith !== null, true);
  }
  const listed = month.payouts.filter(({ id }) => id !== undefined);
  const open = month.payouts.filter(({ id }) => id === undefined).flatMap(({ sales }) => sales);
  const sold = sumOf(month.payouts.flatMap(({ sales }) => sales.map(({ amount }) => amount)));
  const sums = listed.map(totalsOf);
  const { owed } = await month.call<{ owed: { sum: number; count: number; booked: number }[] }>('GET', '/api/settlements');
  const booked = sold - sumOf(sums.map(({ gross }) => gross));
  const still = { sum: sumOf(open.map(({ amount }) => amount)), count: open.length, booked };
  mustBe(
    month,
    'what VNPAY owes',
    owed.map((one) => ({ sum: one.sum, count: one.count, booked: one.booked })),
    still.count > 0 || booked !== 0 ? [still] : [],
  );
  const fees = sumOf(sums.map(({ fee }) => fee));
  mustBe(month, "booked as VNPAY's fee", await month.balanceOf('gateway_fee:vnpay'), fees);
}
