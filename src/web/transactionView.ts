// What one transaction's page shows, gathered once: the money, the obligations in sight, the people, and the ways back and forth.
import type { Request } from 'express';
import { sightOf } from '../actions/demand';
import { listPaymentsBehind } from '../actions/listPaymentsBehind';
import { explainTransaction, type ExplainedTransaction } from '../actions/seeTransaction';
import type { Account } from '../domain/agency';
import type { CloseHead } from '../domain/dayClose';
import type { Obligation } from '../domain/obligation';
import type { Refund } from '../domain/refund';
import { isResolvable } from '../domain/resolution';
import { can } from '../domain/role';
import type { Transaction } from '../domain/transaction';
import { bookNamesFor, type BookName } from './bookNames';
import { dayListBehind } from './dayPlace';
import { addressOf } from './parts';
import type { OfficerVisit } from './screen';
import { strangeKindOf, type StrangeKind } from './transactionKind';
import { listBehind } from './unmatchedQuestion';

export interface TransactionView extends ExplainedTransaction {
  visit: OfficerVisit;
  account: Account | undefined;
  /** Those that the money went to, or was taken from, as far as the officer sees them. */
  obligations: ReadonlyMap<string, Obligation>;
  /** Officers by id. */
  names: ReadonlyMap<string, string>;
  bookName: BookName;
  /** Money that came to us: it has a place to be found. */
  isOurs: boolean;
  /** Of other movements, what they are. */
  kind: StrangeKind | undefined;
  /** Of this money, whatever became of them. */
  refunds: readonly Refund[];
  /** The close that covers it, for whoever sees closes. */
  close: CloseHead | undefined;
  /** The payments that a gateway took back with it. */
  paymentsBehind: readonly Transaction[];
  /** Whether this officer decides about it. */
  isOpen: boolean;
  /** This page with other questions, or an act on it; it never forgets the list that led to it. */
  address(questions?: Readonly<Record<string, string | undefined>>, act?: string): string;
  /** The list that led to it. */
  listAddress: string;
  carried: Carried;
}

type Carried = Readonly<Record<'list' | 'from', string | undefined>>;

/** What the page's addresses carry of the list that led to it: of money without a home, or of a day. */
const carriedBy = (req: Request): Carried => ({ list: listBehind(req).carried, from: dayListBehind(req) });

/** The page of the transaction that is visited, with other questions; or an act on it. */
export const transactionAddress = (req: Request, questions: Readonly<Record<string, string | undefined>> = {}, act = ''): string =>
  addressOf(`/transactions/${encodeURIComponent(String(req.params['id']))}${act}`, { ...questions, ...carriedBy(req) });

/** Throws transaction_unknown, also for what the officer may not see. */
export async function viewOf(visit: OfficerVisit): Promise<TransactionView> {
  const { ctx, actor, req, t } = visit;
  const { tables } = ctx.store;
  const seen = await explainTransaction(ctx, actor, String(req.params['id']));
  const { transaction } = seen;
  const obligations = await obligationsOf(visit, seen);
  const isOurs = isResolvable(transaction);
  const kind = isOurs ? undefined : strangeKindOf(transaction, await tables.accounts.list());
  return {
    ...seen,
    visit,
    account: transaction.accountId === undefined ? undefined : await tables.accounts.find(transaction.accountId),
    obligations,
    names: await tables.officers.listNames(),
    bookName: await bookNamesFor(tables, { others: obligations }, t),
    isOurs,
    kind,
    refunds: await tables.refunds.ofTransactions([transaction.id]),
    close: can(actor, 'see_finance') ? await tables.dayCloses.findCovering(transaction.id) : undefined,
    paymentsBehind: kind === 'taken_back' ? await listPaymentsBehind(tables, transaction) : [],
    isOpen: isOurs && can(actor, 'resolve'),
    address: (questions, act) => transactionAddress(req, questions, act),
    listAddress: dayListBehind(req) ?? listBehind(req).address,
    carried: carriedBy(req),
  };
}

async function obligationsOf({ ctx, actor }: OfficerVisit, { allocations, resolutions }: ExplainedTransaction) {
  const { tables } = ctx.store;
  const codes = await sightOf(tables, actor);
  const ids = new Set([...allocations.map((one) => one.obligationId), ...resolutions.flatMap((one) => one.obligationId ?? [])]);
  const found = new Map<string, Obligation>();
  for (const id of ids) {
    const obligation = await tables.obligations.find(id);
    if (obligation && (codes?.includes(obligation.agencyCode) ?? true)) found.set(id, obligation);
  }
  return found;
}
