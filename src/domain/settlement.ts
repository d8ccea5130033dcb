// Settlements: a gateway pays us what it collected, less its fee. Its lines are compared with what we know, and what it still owes is known.
import { zero, sumOf, type Money } from './money';
import { normalForm } from './contentLetters';
import { addDays, dayOf, type Day, type Instant } from './time';
import type { Transaction } from './transaction';

/** Gateways that hold citizens' money until they pay it out. With payOS each payment is a transfer to our own account: nothing is settled. */
export const settlementProviders = ['vnpay', 'stripe', 'momo', 'zalopay'] as const;
export type SettlementProvider = (typeof settlementProviders)[number];

export const settlementKinds = ['payment', 'refund', 'fee', 'adjustment'] as const;
export type SettlementKind = (typeof settlementKinds)[number];

/** One movement in a gateway's list. Always `gross − fee = net`; what goes back to a payer is negative. */
export interface SettlementLine {
  /** What tells it apart from every other line of this gateway. */
  identity: string;
  kind: SettlementKind;
  /** The gateway's own number of the payment, also of the one that a refund is of. */
  gatewayId?: string;
  orderId?: string;
  gross: Money;
  fee: Money;
  net: Money;
  /** On which the gateway booked it. */
  day: Day;
  /** In the file. */
  row: number;
}

/** Why one row of a file was left out; the others count all the same. */
export const settlementRowFaults = [
  'quotes',
  'columns',
  'shape',
  'too_long',
  'number',
  'amount',
  'sum',
  'kind',
  'currency',
  'day',
  'closed',
  'contradicts',
] as const;
export interface RejectedRow {
  row: number;
  why: (typeof settlementRowFaults)[number];
}

/** One file as a gateway sent it. */
export interface SettlementFile {
  id: string;
  provider: SettlementProvider;
  name: string;
  sha256: string;
  keptBy: string;
  keptAt: Instant;
  lineCount: number;
  /** Lines that another file had told of before. */
  knownCount: number;
  rejected: readonly RejectedRow[];
}

/** One payout of a gateway. */
export interface Settlement {
  id: string;
  provider: SettlementProvider;
  /** The gateway's own name of the payout. */
  payoutId: string;
  day: Day;
  /** What the gateway says that it pays, where it says so. */
  stated?: Money;
  agencyCode: string;
  fileId: string;
  keptAt: Instant;
}

export interface SettlementTotals {
  gross: Money;
  fee: Money;
  net: Money;
}

/** What names, as an order, the two lines by which the sums of a payout leave it and stand in another. */
export const carriedMark = 'carried ';

/** `from` where its sums stood, `to` where they stand from now on; `times`: how often they were moved before. */
export function carriedLines(
  { id, day }: Pick<Settlement, 'id' | 'day'>,
  { from, to, sums: { gross, fee, net } }: { from: Settlement; to: Settlement; sums: SettlementTotals },
  times: number,
): { leaving: SettlementLine; standing: SettlementLine } {
  const mark = `${carriedMark}${id}`;
  const line = (row: number, other: Settlement, sums: SettlementTotals): SettlementLine => ({
    ...{ identity: `${mark} ${row}`, kind: 'adjustment', gatewayId: other.payoutId, orderId: mark, ...sums, day, row },
  });
  return {
    leaving: line(2 * times + 1, to, opposite({ gross, fee, net })),
    standing: line(2 * times + 2, from, { gross, fee, net }),
  };
}

export const opposite = ({ gross, fee, net }: SettlementTotals): SettlementTotals => ({
  gross: zero.minus(gross),
  fee: zero.minus(fee),
  net: zero.minus(net),
});

export const totalsOf = (lines: readonly SettlementTotals[]): SettlementTotals => ({
  gross: sumOf(lines.map((line) => line.gross)),
  fee: sumOf(lines.map((line) => line.fee)),
  net: sumOf(lines.map((line) => line.net)),
});

/** What a line may be about. */
export type GatewayMovement = Pick<Transaction, 'id' | 'providerId' | 'bankReference' | 'orderId' | 'direction' | 'amount'>;

/** A line with the movement of ours that it is about. */
export interface TiedLine<Movement extends GatewayMovement = GatewayMovement> {
  line: SettlementLine;
  movement?: Movement;
}

/** Fees and adjustments have none. Payments by the gateway's number, else by our order; refunds by their payment and amount, each once. */
export function tied<Movement extends GatewayMovement>(
  lines: readonly SettlementLine[],
  movements: readonly Movement[],
): TiedLine<Movement>[] {
  const taken = new Set<string>();
  const take = (fits: (one: Movement) => boolean): Movement | undefined => {
    const movement = movements.find((one) => !taken.has(one.id) && fits(one));
    if (movement) taken.add(movement.id);
    return movement;
  };
  const byNumber = lines.map((line) => {
    if (line.kind === 'payment') return take((one) => isPaymentOf(one, line.gatewayId));
    return line.kind === 'refund' ? take((one) => isRefundOf(one, line)) : undefined;
  });
  return lines.map((line, place) => {
    const isOfOrder = (one: Movement): boolean => one.direction === 'in' && one.orderId === line.orderId;
    const movement = byNumber[place] ?? (line.kind === 'payment' && line.orderId !== undefined ? take(isOfOrder) : undefined);
    return movement ? { line, movement } : { line };
  });
}

const isPaymentOf = (one: GatewayMovement, gatewayId: string | undefined): boolean =>
  one.direction === 'in' && gatewayId !== undefined && one.providerId === gatewayId;

function isRefundOf(one: GatewayMovement, { gatewayId, orderId, gross }: SettlementLine): boolean {
  const isOfPayment = (gatewayId !== undefined && one.bankReference === gatewayId) || (orderId !== undefined && one.orderId === orderId);
  return one.direction === 'out' && isOfPayment && one.amount.equals(zero.minus(gross));
}

export type SettlementDifference = 'unknown_here' | 'amount_differs';

/** What is wrong with one line, seen from our books. */
export function differenceIn({ line, movement }: TiedLine): SettlementDifference | undefined {
  if (line.kind !== 'payment' && line.kind !== 'refund') return undefined;
  if (!movement) return 'unknown_here';
  const known = movement.direction === 'in' ? movement.amount : zero.minus(movement.amount);
  return known.equals(line.gross) ? undefined : 'amount_differs';
}

/** A credit on an account of ours that may be a payout. */
export interface PayoutCredit {
  id: string;
  content: string;
  bankTime: Instant;
  unapplied: Money;
}

/** Payouts reach the bank within some days, weekends and holidays between. */
const payoutDays = 5;
/** A shorter name stands in a content by chance. */
const shortestPayoutId = 6;

/** How a credit fits a payout: `named` in its content, or just the sum within some days. */
export function fitOf(
  { payoutId, day }: Pick<Settlement, 'payoutId' | 'day'>,
  net: Money,
  credit: PayoutCredit,
): 'named' | 'sum' | undefined {
  const name = normalForm(payoutId);
  if (name.length >= shortestPayoutId && normalForm(credit.content).includes(name)) return 'named';
  const booked = dayOf(credit.bankTime);
  const isNear = booked >= addDays(day, -1) && booked <= addDays(day, payoutDays);
  return isNear && credit.unapplied.equals(net) ? 'sum' : undefined;
}

/** In the days of `fitOf`; credits outside are not looked at, whatever they name. */
export const payoutWindow = ({ day }: Pick<Settlement, 'day'>): { from: Day; to: Day } => ({
  from: addDays(day, -payoutDays),
  to: addDays(day, 30),
});

/** What may be left out of a payout on its way, as the banks' charge for a transfer; more is a difference that the gateway explains. */
export const mostKeptOnTheWay = 110_000;

/** The one credit that names the payout and is just its sum: it needs nobody's eyes. */
export function certainCredit(
  settlement: Pick<Settlement, 'payoutId' | 'day'>,
  net: Money,
  credits: readonly PayoutCredit[],
): PayoutCredit | undefined {
  const named = credits.filter((credit) => fitOf(settlement, net, credit) === 'named');
  const [only] = named.length === 1 ? named : [];
  return only?.unapplied.equals(net) ? only : undefined;
}

/** Credits that a person should look at: those that name it, else the one that alone has its sum. */
export function suggestedCredits(
  settlement: Pick<Settlement, 'payoutId' | 'day'>,
  net: Money,
  credits: readonly PayoutCredit[],
): { credit: PayoutCredit; by: 'named' | 'sum' }[] {
  const fitting = credits.flatMap((credit) => {
    const by = fitOf(settlement, net, credit);
    return by ? [{ credit, by }] : [];
  });
  const named = fitting.filter(({ by }) => by === 'named');
  return named.length > 0 ? named : fitting.length === 1 ? fitting : [];
}
