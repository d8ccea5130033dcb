// Confirms that the bank counted less than a deposit brought: the rest is booked as short and is not on its way any more; or takes that back.
import type { Context, Tables } from '../context';
import { depositStateOf, onItsWay, type Deposit } from '../domain/deposit';
import { cashInTransit, cashShort, type Posting } from '../domain/ledger';
import { zero, type Money } from '../domain/money';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { demand, demandSight } from './demand';

export interface ShortageNote {
  actor: Actor;
  depositId: string;
  /** What becomes of it: who makes it good, or why it is written off; or why it is none. */
  note: string;
}

/**
 * The deposit, of which nothing is on its way any more. A supervisor who neither brought it nor said which credit it is. Throws
 * deposit_unknown, deposit_not_short, second_person_required.
 */
export const confirmShortage = (ctx: Context, given: ShortageNote): Promise<Deposit> =>
  noteShortage(ctx, given, 'short', async (tables, deposit) => {
    const arrived = (await tables.deposits.arrivedOf([deposit.id])).get(deposit.id) ?? zero;
    if (depositStateOf(deposit, arrived) !== 'differs') throw new Problem('deposit_not_short');
    const others = [deposit.by, ...(await tables.deposits.attachersOf(deposit.id))];
    if (others.includes(signatureOf(given.actor))) throw new Problem('second_person_required');
    return onItsWay(deposit, arrived);
  });

/** The deposit, whose rest is on its way again. Throws deposit_unknown, deposit_not_short. */
export const takeBackShortage = (ctx: Context, given: ShortageNote): Promise<Deposit> =>
  noteShortage(ctx, given, 'not_short', async (_, { short }) => short);

type Finding = 'short' | 'not_short';

async function noteShortage(
  ctx: Context,
  { actor, depositId, note }: ShortageNote,
  found: Finding,
  amountOf: (tables: Tables, deposit: Deposit) => Promise<Money>,
): Promise<Deposit> {
  demand(actor, 'sign_close');
  const noted = await ctx.store.transact(async (tables) => {
    const deposit = await tables.deposits.find(depositId);
    await demandSight(tables, actor, deposit?.agencyCode, 'deposit_unknown');
    if (!deposit) throw new Problem('deposit_unknown');
    const amount = await amountOf(tables, deposit);
    if (!amount.isPositive()) throw new Problem('deposit_not_short');
    const { length: place } = await tables.deposits.shortagesOf(depositId);
    const at = ctx.now();
    const shortage = { amount: found === 'short' ? amount : zero.minus(amount), note, by: signatureOf(actor), at };
    if (!(await tables.deposits.keepShortage(depositId, place, shortage))) throw new Problem('deposit_not_short'); // two at once
    const postings = [postingOf(deposit, amount, found)];
    await tables.ledger.post([{ cause: 'deposit', causeId: `${depositId} short ${place}`, createdAt: at, postings }]);
    return { ...deposit, short: deposit.short.plus(shortage.amount) };
  });
  ctx.bell.ring();
  return noted;
}

function postingOf({ agencyCode }: Deposit, amount: Money, found: Finding): Posting {
  const [short, onTheWay] = [cashShort(agencyCode), cashInTransit(agencyCode)];
  return found === 'short' ? { debit: short, credit: onTheWay, amount } : { debit: onTheWay, credit: short, amount };
}
