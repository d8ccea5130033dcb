// Confirms a slip by the movement on the account that paid it: by rule where amount, account and our code leave no choice, else by a person.
import type { Context, ReadTables, Tables } from '../context';
import { standingExplanations, unexplainedOf } from '../domain/explanation';
import { budgetPayable } from '../domain/ledger';
import { lettersOnly } from '../domain/deposit';
import { remittanceCode, type Remittance } from '../domain/remittance';
import { signatureOf, type Actor } from '../domain/role';
import { dayOf, daysOfMonth, startOfDay, type Day } from '../domain/time';
import type { Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { demand } from './demand';
import { slipInSight, takeSlipStep } from './draftRemittance';
import { explainIn, takeBackExplanationIn } from './explainTransaction';
import { demandTransaction } from './seeTransaction';

/** The name under which the rule decides. */
const remittanceRule = 'system:remittance';
const mostMovements = 200;

export interface SlipConfirmation {
  actor: Actor;
  remittanceId: string;
  transactionId: string;
}

/**
 * A person says which movement paid it; what left beyond it waits to be explained. Throws remittance_unknown, remittance_changed unless it
 * was sent, remittance_account_differs, remittance_amount_differs, transaction_not_outgoing, transaction_already_explained.
 */
export async function confirmRemittance(ctx: Context, { actor, remittanceId, transactionId }: SlipConfirmation): Promise<Remittance> {
  demand(actor, 'remit');
  const confirmed = await ctx.store.transact(async (tables) => {
    const slip = await slipInSight(tables, actor, remittanceId);
    const transaction = await demandTransaction(tables, actor, transactionId);
    return confirmIn(ctx, tables, slip, transaction, signatureOf(actor));
  });
  ctx.bell.ring();
  return confirmed;
}

/** Takes a confirmation back: the movement waits to be explained again, and the slip for its movement. Throws remittance_changed. */
export async function undoConfirmation(
  ctx: Context,
  { actor, remittanceId, reason }: { actor: Actor; remittanceId: string; reason: string },
): Promise<Remittance> {
  demand(actor, 'remit');
  const undone = await ctx.store.transact(async (tables) => {
    const slip = await slipInSight(tables, actor, remittanceId);
    const by = signatureOf(actor);
    const after = await takeSlipStep(tables, slip, ['confirmed'], { state: 'sent', by, at: ctx.now(), reason });
    for (const explanation of standingExplanations(await tables.explanations.ofSubjects([remittanceId]))) {
      const isStanding = standingExplanations(await tables.explanations.ofTransactions([explanation.transactionId])).some(
        ({ id }) => id === explanation.id,
      );
      if (isStanding) await takeBackExplanationIn(ctx, tables, explanation, { reason, by });
    }
    return after;
  });
  ctx.bell.ring();
  return undone;
}

/** For all that were sent; returns how many movements were found. */
export async function confirmRemittances(ctx: Context): Promise<number> {
  const sent = await ctx.store.tables.remittances.listSent();
  let found = 0;
  for (const slip of sent) {
    const confirmed = await ctx.store.transact(async (tables) => {
      const [movement, ...others] = (await movementsFor(tables, slip, dayOf(slip.draftedAt))).filter(
        ({ amount, content }) => amount.equals(slip.amount) && lettersOnly(content).includes(remittanceCode(slip)),
      );
      if (!movement || others.length > 0) return undefined;
      const isOnceTakenBack = (await tables.explanations.ofTransactions([movement.id])).length > 0;
      return isOnceTakenBack ? undefined : confirmIn(ctx, tables, slip, movement, remittanceRule);
    });
    if (confirmed) found++;
  }
  if (found > 0) ctx.bell.ring();
  return found;
}

/**
 * Movements that left its account since a day, and of which nobody has explained so much: those of just its amount, then larger ones, that carry
 * the bank's fee too, or another slip. Unless a day is said, also what left before there was a slip: since the first month that it covers.
 */
export async function movementsFor(
  tables: Pick<ReadTables, 'transactions' | 'explanations'>,
  slip: Remittance,
  since: Day = firstDayOf(slip),
): Promise<Transaction[]> {
  const filter = {
    accountIds: [slip.accountId],
    direction: 'out' as const,
    states: ['outgoing' as const],
    isUnexplained: true as const,
    from: startOfDay(since),
  };
  const exact = await tables.transactions.list({ ...filter, amountOrUnapplied: slip.amount }, mostMovements);
  const larger = (await tables.transactions.list(filter, mostMovements)).filter(({ amount }) => amount.compare(slip.amount) > 0);
  const movements = [...exact, ...larger];
  const explanations = await tables.explanations.ofTransactions(movements.map(({ id }) => id));
  return movements.filter(({ id, amount }) => {
    const own = explanations.filter((one) => one.transactionId === id);
    return unexplainedOf(amount, own).compare(slip.amount) >= 0;
  });
}

const firstDayOf = ({ lines, month }: Remittance): Day => daysOfMonth(lines.map((line) => line.month).sort()[0] ?? month).from;

async function confirmIn(ctx: Context, tables: Tables, slip: Remittance, transaction: Transaction, by: string): Promise<Remittance> {
  if (transaction.state !== 'outgoing') throw new Problem('transaction_not_outgoing');
  if (transaction.accountId !== slip.accountId) throw new Problem('remittance_account_differs');
  if (transaction.amount.compare(slip.amount) < 0) throw new Problem('remittance_amount_differs');
  const after = await takeSlipStep(tables, slip, ['sent'], { state: 'confirmed', by, at: ctx.now(), transactionId: transaction.id });
  const reason = `Giấy nộp tiền vào NSNN số ${slip.number}`;
  const explained = await explainIn(ctx, tables, transaction, {
    purpose: 'remittance',
    subjectId: slip.id,
    amount: slip.amount,
    reason,
    by,
    debit: budgetPayable(slip.agencyCode),
  });
  if (!explained.amount.equals(slip.amount)) throw new Problem('transaction_already_explained');
  return after;
}
