// Reads a gateway's settlement file: Stripe's itemised payout reconciliation, and one list for every other gateway, by the text of its header.
import { csvReader } from './csvRows';
import { normalForm } from './contentLetters';
import { vnd, zero, type Money } from './money';
import { NoTable, type RawRow } from './rawRow';
import type { RejectedRow, SettlementKind, SettlementLine } from './settlement';
import { dayOf, parseDay, parseInstant, type Day } from './time';

/**
 * The columns of the list, each under any of its names; case, accents, spaces and punctuation do not matter. `kind`, `orderId`, `gross`,
 * `fee`, `net` and `day` must be there; without `payout` all lines are of one payout, which the sender names.
 */
export const listColumns = {
  kind: ['Loại', 'Loại giao dịch', 'kind', 'type'],
  orderId: ['Mã đơn hàng', 'Mã tham chiếu', 'orderId', 'vnp_TxnRef', 'order'],
  gatewayId: ['Mã giao dịch', 'Số giao dịch', 'transactionNo', 'vnp_TransactionNo', 'transId'],
  gross: ['Số tiền', 'Số tiền giao dịch', 'gross', 'amount'],
  fee: ['Phí', 'Phí dịch vụ', 'fee'],
  net: ['Thực nhận', 'Số tiền quyết toán', 'net'],
  day: ['Ngày giao dịch', 'Thời gian giao dịch', 'date', 'createdAt'],
  payout: ['Mã quyết toán', 'Đợt quyết toán', 'payoutId', 'settlementId'],
  payoutDay: ['Ngày quyết toán', 'payoutDate'],
  stated: ['Tổng tiền chuyển', 'Số tiền chuyển', 'payoutAmount'],
} as const;
export type ListColumn = keyof typeof listColumns;

/** docs.stripe.com/reports/report-types/payout-reconciliation, `payout_reconciliation.itemized` */
const stripeColumns = [
  ...['automatic_payout_id', 'automatic_payout_effective_at', 'automatic_payout_effective_at_utc', 'balance_transaction_id'],
  ...['created', 'created_utc', 'currency', 'gross', 'fee', 'net', 'reporting_category', 'source_id', 'payment_intent_id'],
  'payment_metadata[payment_request_id]',
] as const;

/** One payout as a file tells of it. */
export interface ToldPayout {
  payoutId: string;
  day: Day;
  stated?: Money;
  lines: SettlementLine[];
}

export interface ReadSettlementFile {
  payouts: ToldPayout[];
  rejected: RejectedRow[];
}

interface ReadRow {
  line: SettlementLine;
  payoutId: string | undefined;
  payoutDay: Day | undefined;
  stated: Money | undefined;
}

/** A row that only repeats a total, one that is bad, or one that counts. */
type Read = ReadRow | { why: RejectedRow['why'] } | { payout: string; stated: Money };
type Layout = (cells: Readonly<Record<string, string>>, row: number, count: (key: string) => number) => Read;

const mostRows = 20_000;

/** `payoutId` is what the sender names it, for files that do not. Throws NoTable where the text as a whole is no such list. */
export function readSettlementFile(text: string, isStripe: boolean, payoutId: string | undefined): ReadSettlementFile {
  const found = new Set<string>();
  const columnOf = (header: string): string | undefined => {
    const column = isStripe ? stripeColumns.find((one) => one === header.trim()) : listColumnOf(header);
    if (column === undefined || found.has(column)) return undefined;
    found.add(column);
    return column;
  };
  const reader = csvReader(columnOf);
  const raw = [...reader.take(text.replace(/^\uFEFF/, '')), ...reader.end()];
  if (!isWhole(found, isStripe)) throw new NoTable('header');
  if (raw.length > mostRows) throw new NoTable('too_many_rows');
  return gathered(raw, isStripe ? stripeRow : listRow, payoutId);
}

const namesOf = new Map<string, ListColumn>(
  (Object.keys(listColumns) as ListColumn[]).flatMap((column) => listColumns[column].map((name) => [normalForm(name), column] as const)),
);
const listColumnOf = (header: string): ListColumn | undefined => namesOf.get(normalForm(header));

function isWhole(found: ReadonlySet<string>, isStripe: boolean): boolean {
  const needed = isStripe
    ? ['automatic_payout_id', 'balance_transaction_id', 'currency', 'gross', 'fee', 'net', 'reporting_category']
    : ['kind', 'orderId', 'gross', 'fee', 'net', 'day'];
  return needed.every((column) => found.has(column));
}

function gathered(raw: readonly RawRow[], layout: Layout, payoutId: string | undefined): ReadSettlementFile {
  const payouts = new Map<string, ToldPayout>();
  const rejected: RejectedRow[] = [];
  const stated = new Map<string, Money>();
  const counts = new Map<string, number>();
  const count = (key: string): number => {
    const next = (counts.get(key) ?? 0) + 1;
    counts.set(key, next);
    return next;
  };
  for (const row of raw) {
    const read = 'fault' in row ? { why: row.fault } : layout(row.cells, row.line, count);
    const named = 'line' in read ? (read.payoutId ?? payoutId) : undefined;
    if ('payout' in read) stated.set(read.payout, read.stated);
    else if ('why' in read) rejected.push({ row: row.line, why: read.why });
    else if (named === undefined) rejected.push({ row: row.line, why: 'number' });
    else {
      const payout = payouts.get(named) ?? { payoutId: named, day: read.payoutDay ?? read.line.day, lines: [] };
      payouts.set(named, payout);
      payout.lines.push(ofPayout(read.line, named));
      if (!read.payoutDay && read.line.day > payout.day) payout.day = read.line.day;
      if (read.stated) payout.stated = read.stated;
    }
  }
  if (payouts.size === 0) throw new NoTable('no_row_readable');
  for (const [name, sum] of stated) {
    const payout = payouts.get(name);
    if (payout) payout.stated = sum;
  }
  return { payouts: [...payouts.values()], rejected };
}

/** A fee without a number of its own may be the same in every payout. */
const ofPayout = (line: SettlementLine, payoutId: string): SettlementLine =>
  line.gatewayId === undefined && line.orderId === undefined ? { ...line, identity: `${payoutId} ${line.identity}` } : line;

/** Letters, digits and what gateways put between them: no cell that a spreadsheet would take for a formula. */
const numberShape = /^[A-Za-z0-9][\w.:-]{0,99}$/;
const isNumber = (text: string): boolean => text === '' || numberShape.test(text);

/** Their names for what we know; everything else that moves the balance is an adjustment. docs.stripe.com/reports/reporting-categories */
const stripeKinds: Readonly<Record<string, SettlementKind>> = {
  charge: 'payment',
  payment: 'payment',
  refund: 'refund',
  partial_capture_reversal: 'refund',
  fee: 'fee',
  network_cost: 'fee',
};

const stripeRow: Layout = (cells, row) => {
  const cell = (name: (typeof stripeColumns)[number]): string => cells[name] ?? '';
  const [payoutId, identity] = [cell('automatic_payout_id'), cell('balance_transaction_id')];
  const [gatewayId, orderId] = [cell('payment_intent_id') || cell('source_id'), cell('payment_metadata[payment_request_id]')];
  if (![payoutId, identity, gatewayId, orderId].every(isNumber) || !payoutId || !identity) return { why: 'number' };
  if (cell('currency').toLowerCase() !== 'vnd') return { why: 'currency' };
  const [gross, fee, net] = [stripeAmount(cell('gross')), stripeAmount(cell('fee')), stripeAmount(cell('net'))];
  if (!gross || !fee || !net) return { why: 'amount' };
  if (!gross.minus(fee).equals(net)) return { why: 'sum' };
  if (cell('reporting_category') === 'payout') return { payout: payoutId, stated: zero.minus(net) };
  const day = utcDay(cell('created_utc')) ?? vietnamDay(cell('created'));
  const payoutDay = utcDay(cell('automatic_payout_effective_at_utc')) ?? vietnamDay(cell('automatic_payout_effective_at'));
  if (!day && !payoutDay) return { why: 'day' };
  const kind = stripeKinds[cell('reporting_category')] ?? 'adjustment';
  const line = lineOf({ identity, kind, gatewayId, orderId, gross, fee, net, day: day ?? payoutDay, row });
  return line ? { line, payoutId, payoutDay, stated: undefined } : { why: 'sum' };
};

const listKinds: Readonly<Record<string, SettlementKind>> = {
  ...{ PAYMENT: 'payment', THANHTOAN: 'payment', PAY: 'payment', GIAODICHTHANHTOAN: 'payment' },
  ...{ REFUND: 'refund', HOANTIEN: 'refund', HOANTRA: 'refund' },
  ...{ FEE: 'fee', PHI: 'fee', PHIDICHVU: 'fee' },
  ...{ ADJUSTMENT: 'adjustment', DIEUCHINH: 'adjustment' },
};

/** A line has no number of its own in such a list: it is the same line where all of it is the same, and is as often there. */
const listRow: Layout = (cells, row, count) => {
  const cell = (name: ListColumn): string => cells[name] ?? '';
  const kind = listKinds[normalForm(cell('kind'))];
  if (!kind) return { why: 'kind' };
  const [gatewayId, orderId, payoutId] = [cell('gatewayId'), cell('orderId'), cell('payout')];
  if (![gatewayId, orderId, payoutId].every(isNumber)) return { why: 'number' };
  if ((kind === 'payment' || kind === 'refund') && !orderId) return { why: 'number' };
  const [gross, fee, net] = [listAmount(cell('gross')), listAmount(cell('fee') || '0'), listAmount(cell('net'))];
  const stated = cell('stated') ? listAmount(cell('stated')) : undefined;
  if (!gross || !fee || !net || (cell('stated') && !stated)) return { why: 'amount' };
  const day = vietnamDay(cell('day'));
  const payoutDay = cell('payoutDay') ? vietnamDay(cell('payoutDay')) : undefined;
  if (!day || (cell('payoutDay') && !payoutDay)) return { why: 'day' };
  const what = [kind, gatewayId, orderId, gross, fee, net, day].join(' ');
  const line = lineOf({ identity: '', kind, gatewayId, orderId, gross, fee, net, day, row });
  if (!line) return { why: 'sum' };
  return { line: { ...line, identity: `${what} ${count(what)}` }, payoutId: payoutId || undefined, payoutDay, stated };
};

type Cells = Pick<SettlementLine, 'identity' | 'kind' | 'gross' | 'fee' | 'net' | 'row'> & {
  gatewayId: string;
  orderId: string;
  day: Day | undefined;
};

/** With the sign that its kind has; a fee of its own is all fee. Undefined where `gross − fee` is not `net`. */
function lineOf({ kind, gatewayId, orderId, gross, fee, net, day, ...rest }: Cells): SettlementLine | undefined {
  if (day === undefined || !gross.minus(fee).equals(net)) return undefined;
  if ((kind === 'payment' && !gross.isPositive()) || (kind === 'refund' && !zero.minus(gross).isPositive())) return undefined;
  const amounts = kind === 'fee' ? { gross: zero, fee: zero.minus(net), net } : { gross, fee, net };
  return { ...rest, kind, ...(gatewayId ? { gatewayId } : {}), ...(orderId ? { orderId } : {}), ...amounts, day };
}

/** No sum at a gateway is longer, and as many as a file may hold still add up to one that can be kept and told. */
const mostDigits = 11;
const amountOf = (digits: string): Money | undefined => (digits.length > mostDigits ? undefined : vnd(BigInt(digits)));

/** Stripe writes whole units: the đồng has no smaller one. */
function stripeAmount(text: string): Money | undefined {
  const [, minus, digits = ''] = /^(-?)(\d+)(?:\.0+)?$/.exec(text) ?? [];
  const amount = digits ? amountOf(digits) : undefined;
  return minus && amount ? zero.minus(amount) : amount;
}

/** `1250000`, `1.250.000`, `1,250,000`, `1.250.000,00`, with a minus before it or brackets around it, and the currency's sign. */
function listAmount(text: string): Money | undefined {
  const bare = text.replace(/[\s\u00A0₫đ]|VND/gi, '');
  const isNegative = /^-|^\(.*\)$/.test(bare);
  const [, whole] = /^(\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+)(?:[.,]0{1,2})?$/.exec(bare.replace(/^-|[()]/g, '')) ?? [];
  if (whole === undefined) return undefined;
  const amount = amountOf(whole.replace(/[.,]/g, ''));
  return isNegative && amount ? zero.minus(amount) : amount;
}

const utcDay = (text: string): Day | undefined => {
  const instant = parseInstant(`${text.trim().replace(' ', 'T').slice(0, 19)}Z`);
  return instant && dayOf(instant);
};

/** `2026-11-21 …` or `21/11/2026 …` */
function vietnamDay(text: string): Day | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b/.exec(text.trim()) ?? [];
  return parseDay(year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text.trim().slice(0, 10));
}
