// How pretend gateways pay out: everything that is not settled goes to our account in one sum, less a fee, and a list of it is there to download.
import { vnd, zero, sumOf, type Money } from '../../domain/money';
import { vietnamTimeOf, type Instant } from '../../domain/time';
import { digits, remember } from './memory';
import { dong, page, refusalPage, sentTo, Frame } from './page';
import type { PretendPayout } from './pretendGateway';
import type { Asked, Reply } from './server';

export const payoutPath = '/settlement';
export const isPayoutPath = (path: string): boolean => path === payoutPath || path.startsWith(`${payoutPath}/`);

/** Money that came to the gateway, or went back to a payer, whole đồng. */
export interface PretendMovement {
  /** Every one is settled once. */
  id: string;
  kind: 'payment' | 'refund';
  paymentId: string;
  orderId: string;
  gross: Money;
  fee: Money;
  at: Instant;
}

export type SettledMovement = PretendMovement & { net: Money };

export interface PayoutDesk {
  gateway: string;
  /** Of its account, in which a list is named too. */
  name: string;
  now: () => Instant;
  /** All that ever moved; what was settled is left out here. */
  movements(): PretendMovement[];
  /** As the real one writes its list. */
  listOf(payoutId: string, at: Instant, movements: readonly SettledMovement[]): string;
  payOut: ((payout: PretendPayout) => Promise<void>) | undefined;
  settled: Set<string>;
  lists: Map<string, string>;
}

export const newPayoutDesk = (given: Omit<PayoutDesk, 'settled' | 'lists'>): PayoutDesk => ({
  ...given,
  settled: new Set(),
  lists: new Map(),
});

/** The page with what is not settled and its one button; after it, the list. */
export async function payoutAnswer(desk: PayoutDesk, { method, path }: Asked): Promise<Reply> {
  const list = desk.lists.get(path.slice(payoutPath.length + 1).replace(/\.csv$/, ''));
  if (list !== undefined) return csvReply(path.slice(payoutPath.length + 1), list);
  if (path !== payoutPath) return refusalPage(desk.gateway, 'Không có danh sách này.');
  const open = desk.movements().filter(({ id }) => !desk.settled.has(id));
  const net = sumOf(open.map(({ gross, fee }) => gross.minus(fee)));
  if (method === 'POST' && net.isPositive()) {
    await payOut(desk, open, net);
    return sentTo(payoutPath);
  }
  return payoutPage(desk, open, net);
}

async function payOut(desk: PayoutDesk, open: readonly PretendMovement[], net: Money): Promise<void> {
  const at = desk.now();
  const payoutId = `${desk.name}${digits(10)}`;
  remember(
    desk.lists,
    payoutId,
    desk.listOf(
      payoutId,
      at,
      open.map((one) => ({ ...one, net: one.gross.minus(one.fee) })),
    ),
  );
  for (const { id } of open) desk.settled.add(id);
  await desk.payOut?.({ amount: net, content: `${desk.gateway.toUpperCase()} CHUYEN TIEN QUYET TOAN ${payoutId}`, at });
}

const csvReply = (name: string, body: string): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}"` },
  body,
});

const payoutPage = (desk: PayoutDesk, open: readonly PretendMovement[], net: Money): Promise<Reply> =>
  page(
    200,
    <Frame gateway={desk.gateway}>
      <h1>Quyết toán</h1>
      <p safe>{`${open.length} giao dịch chưa quyết toán`}</p>
      <p safe>{`${dong(sumOf(open.map(({ gross }) => gross)))} đã thu − ${dong(sumOf(open.map(({ fee }) => fee)))} phí`}</p>
      <p class="amount" safe>
        {dong(net)}
      </p>
      {net.isPositive() ? (
        <form method="post" action={payoutPath}>
          <button>Chuyển tiền về tài khoản</button>
        </form>
      ) : (
        <p>Không có gì để chuyển.</p>
      )}
      {desk.lists.size > 0 ? <h1>Danh sách</h1> : ''}
      {[...desk.lists.keys()].map((payoutId) => (
        <p>
          <a href={`${payoutPath}/${payoutId}.csv`} safe>
            {`${payoutId}.csv`}
          </a>
        </p>
      ))}
    </Frame>,
  );

/** What a pretend gateway takes for a payment; real ones agree on it by contract. */
export const feeOf = (gross: Money, rate: string): Money => (gross.isPositive() ? gross.share(rate) : zero);

/** Stripe's itemised payout reconciliation: docs.stripe.com/reports/report-types/payout-reconciliation */
export const stripeList = (payoutId: string, at: Instant, movements: readonly SettledMovement[]): string =>
  rowsOf(
    [
      'automatic_payout_id',
      'automatic_payout_effective_at_utc',
      'balance_transaction_id',
      'created_utc',
      'currency',
      'gross',
      'fee',
      'net',
    ].concat(['reporting_category', 'payment_intent_id', 'payment_metadata[payment_request_id]']),
    movements.map((one) => [
      ...[payoutId, utcOf(at), `txn_${one.id}`, utcOf(one.at), 'vnd', one.gross, one.fee, one.net],
      ...[one.kind === 'payment' ? 'charge' : 'refund', one.paymentId, one.orderId],
    ]),
  );

/** The list of every other gateway. */
export const plainList = (payoutId: string, at: Instant, movements: readonly SettledMovement[]): string =>
  `\uFEFF${rowsOf(
    [
      'Loại',
      'Mã đơn hàng',
      'Mã giao dịch',
      'Số tiền',
      'Phí',
      'Thực nhận',
      'Thời gian giao dịch',
      'Mã quyết toán',
      'Ngày quyết toán',
      'Tổng tiền chuyển',
    ],
    movements.map((one) => [
      ...[one.kind === 'payment' ? 'Thanh toán' : 'Hoàn tiền', one.orderId, one.paymentId, one.gross, one.fee, one.net],
      ...[vietnamTimeOf(one.at), payoutId, vietnamTimeOf(at).slice(0, 10), sumOf(movements.map(({ net }) => net))],
    ]),
  )}`;

const rowsOf = (header: readonly string[], rows: readonly (readonly (string | Money)[])[]): string =>
  [header, ...rows].map((row) => `${row.map(String).join(',')}\r\n`).join('');

/** `2026-11-21 07:05:09` */
const utcOf = (at: Instant): string => at.slice(0, 19).replace('T', ' ');

/** What was refunded since it was asked for last, as movements of their own. */
export function refundOf(
  known: Map<string, number>,
  about: Pick<PretendMovement, 'paymentId' | 'orderId' | 'at'>,
  refunded: number,
): PretendMovement[] {
  const steps = [...known].filter(([key]) => key.startsWith(`${about.paymentId} `)).map(([, amount]) => amount);
  const before = steps.reduce((sum, amount) => sum + amount, 0);
  if (refunded > before) known.set(`${about.paymentId} ${refunded}`, refunded - before);
  return [...known]
    .filter(([key]) => key.startsWith(`${about.paymentId} `))
    .map(([key, amount]) => ({
      ...about,
      id: `${about.paymentId}_r${key.split(' ')[1] ?? ''}`,
      kind: 'refund' as const,
      gross: zero.minus(vnd(amount)),
      fee: zero,
    }));
}
