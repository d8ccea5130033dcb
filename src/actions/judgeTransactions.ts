// Judges new credits: matches each with what it may mean, divides the money, books it, and says why where some of it has no home.
import type { Tables } from '../context';
import type { Office } from '../domain/agency';
import { allocate, odditiesOf, wayOf, whyExcess } from '../domain/allocation';
import type { Outcome } from '../domain/delivery';
import type { NewEvent } from '../domain/event';
import { moneyAt, postingsOf, receivable, unapplied, type Posting } from '../domain/ledger';
import { matchingVersion, matchTransaction, type Match, type Share } from '../domain/matching';
import { isOrderOf } from '../domain/order';
import type { PaymentRequest } from '../domain/paymentRequest';
import { readingsOf, type Reading } from '../domain/reading';
import type { RuleSet } from '../domain/ruleSet';
import type { Instant } from '../domain/time';
import { creditOf, holderOf, type KeptTransaction, type UnappliedReason } from '../domain/transaction';
import { candidatesOf } from './candidatesOf';
import { openDesk, type Desk } from './openDesk';

export interface Judged {
  /** The draft in its final state, with the reason and the proof. */
  verdictOf(draft: KeptTransaction): KeptTransaction;
  /** What the sender hears of it; drafts that were not judged were known already. */
  outcomeOf(draft: KeptTransaction): Outcome;
  /** Writes the money's side, after the transactions are kept; returns what is to be announced. */
  write(): Promise<NewEvent[]>;
}

interface Verdict {
  transaction: KeptTransaction;
  outcome: Outcome;
}

/** `rules`: those in force, by which alone new money is judged. */
export async function judgeTransactions(
  tables: Tables,
  office: Office,
  rules: RuleSet,
  fresh: readonly KeptTransaction[],
  at: Instant,
): Promise<Judged> {
  const credits = fresh.filter((draft) => draft.state === 'unapplied');
  const named = await namedBy(tables, credits, rules);
  const desk = await openDesk(tables, named.obligationIds, at);
  const verdicts = new Map<string, Verdict>(fresh.map((draft) => [draft.id, { transaction: draft, outcome: unjudgedOutcomeOf(draft) }]));
  const events: NewEvent[] = [];
  for (const credit of credits) {
    const { verdict, event } = judge(desk, office, credit, named, rules, at);
    verdicts.set(credit.id, verdict);
    if (event) events.push(event);
  }
  return {
    verdictOf: (draft) => verdicts.get(draft.id)?.transaction ?? draft,
    outcomeOf: (draft) => verdicts.get(draft.id)?.outcome ?? 'already_kept',
    write: async () => [...(await desk.write()), ...events],
  };
}

/** What the credits of a set name: by their contents, their orders and the numbers that they were paid to. */
interface Named {
  readings: ReadonlyMap<string, readonly Reading[]>;
  references: readonly { reference: string; obligationId: string }[];
  orders: readonly PaymentRequest[];
  virtualAccounts: readonly PaymentRequest[];
  obligationIds: readonly string[];
}

async function namedBy(tables: Tables, credits: readonly KeptTransaction[], { limits }: RuleSet): Promise<Named> {
  const readings = new Map(credits.map((credit) => [credit.id, readingsOf(creditOf(credit).content, limits)]));
  const codes = new Set([...readings.values()].flatMap((list) => list.map((reading) => reading.reference)));
  const orders = await ordersOf(tables, credits);
  const references = await tables.obligations.named([...codes, ...orders.map(({ reference }) => reference)]);
  const numbers = credits.flatMap((credit) => credit.virtualAccount ?? []);
  const virtualAccounts = numbers.length === 0 ? [] : await tables.paymentRequests.ofVirtualAccounts(numbers);
  const obligationIds = new Set([...references, ...orders, ...virtualAccounts].map((one) => one.obligationId));
  return { readings, references, orders, virtualAccounts, obligationIds: [...obligationIds] };
}

async function ordersOf(tables: Tables, credits: readonly KeptTransaction[]): Promise<PaymentRequest[]> {
  const withOrder = credits.filter((credit) => credit.orderId !== undefined);
  const requests: PaymentRequest[] = [];
  for (const provider of new Set(withOrder.map((credit) => credit.provider))) {
    const orderIds = withOrder.filter((credit) => credit.provider === provider).flatMap((credit) => credit.orderId ?? []);
    requests.push(...(await tables.paymentRequests.ofOrders(provider, orderIds)));
  }
  return requests;
}

function judge(
  desk: Desk,
  office: Office,
  credit: KeptTransaction,
  named: Named,
  rules: RuleSet,
  at: Instant,
): { verdict: Verdict; event?: NewEvent } {
  const readings = named.readings.get(credit.id) ?? [];
  const order = named.orders.find((request) => isOrderOf(request, credit));
  const match = matchTransaction(
    creditOf(credit),
    candidatesOf(desk, credit, { ...named, readings, ...(order ? { order } : {}) }),
    readings,
    {
      version: matchingVersion,
      rules,
    },
  );
  const why = match.kind === 'matched' ? applyTo(desk, office, credit, match.shares) : holdWhole(desk, credit, match.why);
  const transaction: KeptTransaction = {
    ...credit,
    agencyCode: agencyOf(desk, office, credit, match),
    state: why ? 'unapplied' : 'applied',
    ...(why ? { why } : {}),
    proof: match.proof,
  };
  const verdict = { transaction, outcome: outcomeOf(credit, match, order) };
  return why ? { verdict, event: unappliedEvent(desk, transaction, why, match, at) } : { verdict };
}

/** Gives each obligation its share and books it; returns why some of it has no home. */
function applyTo(desk: Desk, office: Office, credit: KeptTransaction, shares: readonly Share[]): UnappliedReason | undefined {
  const holder = holderOf(credit);
  const postings: Posting[] = [];
  const reasons: (UnappliedReason | undefined)[] = [];
  for (const share of shares) {
    const obligation = desk.obligationOf(share.obligationId);
    const offers = desk.offersOf(obligation.id);
    const division = allocate(obligation, share.amount, odditiesOf(office, credit, obligation, offers));
    const way = wayOf(credit, offers, office.agencies.find((agency) => agency.code === obligation.agencyCode)?.dynamicQrFlag ?? 0);
    desk.allot(obligation.id, [{ source: { transactionId: credit.id }, ...way, paidAt: credit.bankTime, ...division }]);
    postings.push(
      { debit: moneyAt(holder), credit: receivable(obligation.id), amount: division.amount },
      { debit: moneyAt(holder), credit: unapplied(holder), amount: division.excess },
    );
    reasons.push(division.excess.isPositive() ? whyExcess(division) : undefined);
  }
  desk.post({ cause: 'transaction', causeId: credit.id, postings: postingsOf(postings) });
  return reasons.find((reason) => reason !== undefined);
}

function holdWhole(desk: Desk, credit: KeptTransaction, why: UnappliedReason): UnappliedReason {
  const holder = holderOf(credit);
  const posting = { debit: moneyAt(holder), credit: unapplied(holder), amount: credit.amount };
  desk.post({ cause: 'transaction', causeId: credit.id, postings: [posting] });
  return why;
}

/** A gateway that speaks for other orders than this one has none of that name. */
const unjudgedOutcomeOf = ({ state, accountNumber, orderId }: KeptTransaction): Outcome =>
  state === 'foreign' && accountNumber === '' && orderId !== undefined ? 'unknown_order' : 'kept';

function outcomeOf(credit: KeptTransaction, match: Match, order: PaymentRequest | undefined): Outcome {
  if (match.kind === 'unmatched' && match.why === 'unknown_order') return 'unknown_order';
  return order && !order.amount.equals(credit.amount) ? 'wrong_amount' : 'kept';
}

/** Money on an account is its agency's; what a gateway holds is the paid obligation's, and the province's where it names none. */
function agencyOf(desk: Desk, { agencies }: Office, credit: KeptTransaction, match: Match): string {
  const [share] = match.kind === 'matched' ? match.shares : [];
  const ofPaid = share && desk.obligationOf(share.obligationId).agencyCode;
  return credit.agencyCode ?? ofPaid ?? agencies.find((agency) => agency.parentCode === undefined)?.code ?? '';
}

function unappliedEvent(desk: Desk, transaction: KeptTransaction, why: UnappliedReason, match: Match, at: Instant): NewEvent {
  const [share] = match.kind === 'matched' ? match.shares : [];
  const obligation = share && desk.obligationOf(share.obligationId);
  const counterId = obligation && (desk.offersOf(obligation.id).at(-1)?.counterId ?? obligation.counterId);
  return {
    type: 'transaction.unapplied',
    at,
    subjectId: transaction.id,
    ...(obligation ? { obligationId: obligation.id } : {}),
    ...(transaction.agencyCode ? { agencyCode: transaction.agencyCode } : {}),
    ...(counterId ? { counterId } : {}),
    version: 1,
    payload: { id: transaction.id, amount: transaction.amount, bankTime: transaction.bankTime, why },
  };
}
