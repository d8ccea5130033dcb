// Settlement files for tests, as Stripe and VNPAY would send them.

export interface StripeRow {
  payout: string;
  id: string;
  category?: string;
  payment?: string;
  order?: string;
  gross: number | string;
  fee?: number | string;
  net?: number | string;
  currency?: string;
}

const stripeHeader =
  'automatic_payout_id,automatic_payout_effective_at_utc,balance_transaction_id,created_utc,available_on_utc,currency,gross,fee,net,reporting_category,source_id,description,payment_intent_id,payment_metadata[payment_request_id]';

/** Stripe's itemised payout reconciliation, in whole đồng; `net` is what is left unless it is said. */
export const stripeFile = (rows: readonly StripeRow[], paidOut = '2026-11-23 00:00:00'): string =>
  [
    stripeHeader,
    ...rows.map(({ payout, id, category = 'charge', payment = '', order = '', gross, fee = 0, net, currency = 'vnd' }) =>
      [
        ...[payout, paidOut, id, '2026-11-22 02:00:00', '2026-11-23 00:00:00', currency, gross, fee, net ?? Number(gross) - Number(fee)],
        ...[category, payment && `ch_${payment}`, '"Phí, lệ phí"', payment, order],
      ].join(','),
    ),
  ].join('\r\n') + '\r\n';

/** The list of every other gateway, by the text of its header. */
export const listFile = (
  rows: readonly string[],
  header = 'Loại;Mã đơn hàng;Mã giao dịch;Số tiền;Phí;Thực nhận;Ngày giao dịch;Mã quyết toán',
): string => `\uFEFF${[header, ...rows].join('\n')}\n`;
