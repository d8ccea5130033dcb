// Judges a credit again by other rules, on the obligations as they stood when it came; nothing is written.
import type { ReadTables } from '../context';
import { matchingVersion, matchTransaction, type Candidate, type Match } from '../domain/matching';
import { zero } from '../domain/money';
import type { BareObligation } from '../domain/obligation';
import { isOrderOf } from '../domain/order';
import { readingsOf, type Reading, type ReadingLimits } from '../domain/reading';
import { provenBy } from '../domain/rederivation';
import type { RuleSet } from '../domain/ruleSet';
import type { JudgedCredit } from '../domain/ruleTrial';
import type { Instant } from '../domain/time';
import { creditOf } from '../domain/transaction';
import { candidatesOf, type Books } from './candidatesOf';

type Issued = Pick<ReadTables, 'obligations' | 'paymentRequests' | 'resolutions' | 'ruleTrials'>;

/**
 * The match that these rules would have made of it. The proof says what the credit could mean, and what each still asked for then; where
 * other rules read the content otherwise, or the proof says too little, that is put together again from what was issued and paid until then.
 */
export async function judgeAgain(tables: Issued, transaction: JudgedCredit, rules: RuleSet): Promise<Match> {
  const credit = creditOf(transaction);
  const readings = readingsOf(credit.content, rules.limits);
  const proven = provenBy(transaction.proof);
  const isReadSo = proven && isSameReading(credit.content, readings, rules.limits, proven.ruling.rules.limits);
  const candidates = isReadSo ? proven.candidates : await candidatesThen(tables, transaction, readings);
  return matchTransaction(credit, candidates, readings, { version: matchingVersion, rules });
}

function isSameReading(content: string, readings: readonly Reading[], now: ReadingLimits, then: ReadingLimits): boolean {
  const isSameLimits =
    now.longestContent === then.longestContent && now.mostExact === then.mostExact && now.mostCorrected === then.mostCorrected;
  return isSameLimits || textOf(readings) === textOf(readingsOf(content, then));
}

const textOf = (readings: readonly Reading[]): string =>
  readings
    .map(({ reference, how }) => `${reference} ${how}`)
    .sort()
    .join();

async function candidatesThen(tables: Issued, transaction: JudgedCredit, readings: readonly Reading[]): Promise<Candidate[]> {
  const { id, orderId, virtualAccount, provider, receivedAt } = transaction;
  const decisions = await tables.resolutions.ofTransactions([id]);
  if (decisions.some(({ action }) => action === 'deposit')) return []; // cash of our own that was brought to the bank is nobody's payment
  const orders = orderId === undefined ? [] : await tables.paymentRequests.ofOrders(provider, [orderId]);
  const numbered = virtualAccount === undefined ? [] : await tables.paymentRequests.ofVirtualAccounts([virtualAccount]);
  const virtualAccounts = numbered.filter((request) => request.createdAt <= receivedAt);
  const order = orders.find((request) => request.createdAt <= receivedAt && isOrderOf(request, transaction));
  const codes = [...readings, ...(order ? [order] : [])].map(({ reference }) => reference);
  const references = codes.length === 0 ? [] : await tables.ruleTrials.listNamedBefore(codes, receivedAt);
  const ids = [...references, ...virtualAccounts, ...(order ? [order] : [])].map(({ obligationId }) => obligationId);
  const books = await booksThen(tables, [...new Set(ids)], transaction);
  return candidatesOf(books, transaction, { readings, references, virtualAccounts, ...(order ? { order } : {}) });
}

/** These obligations and the others of their dossiers, as they stood when a transaction was heard of. */
async function booksThen(tables: Issued, obligationIds: readonly string[], transaction: JudgedCredit): Promise<Books> {
  const rows = obligationIds.length === 0 ? [] : await tables.obligations.listBare(obligationIds);
  const issued = rows.map(({ obligation }) => obligation).filter(({ createdAt }) => createdAt <= transaction.receivedAt);
  const ids = issued.map(({ id }) => id);
  const paid = ids.length === 0 ? new Map<string, never>() : await tables.ruleTrials.listPaidBefore(ids, transaction);
  const stood = new Map(issued.map((one) => [one.id, { ...asOf(one, transaction.receivedAt), paid: paid.get(one.id) ?? zero }]));
  const obligationOf = (id: string): BareObligation => {
    const obligation = stood.get(id);
    if (!obligation) throw new Error(`the obligation ${id} was named before it was issued`);
    return obligation;
  };
  const isBeside = (one: BareObligation, other: BareObligation): boolean =>
    one.dossierId === other.dossierId && one.treasuryAccountId === other.treasuryAccountId;
  return { obligationOf, dossierOf: (id) => [...stood.values()].filter((one) => isBeside(one, obligationOf(id))) };
}

function asOf({ cancelled, ...obligation }: BareObligation, at: Instant): BareObligation {
  return { ...obligation, ...(cancelled && cancelled.at <= at ? { cancelled } : {}) };
}
