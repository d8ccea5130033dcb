// Takes one tap of satisfaction after a payment, and counts taps; what was tapped is kept apart from the payment, so nobody can tell whose it was.
import type { Context } from '../context';
import { isSettled } from '../domain/obligation';
import type { Actor } from '../domain/role';
import type { SatisfactionChoice, SatisfactionDay } from '../domain/satisfaction';
import { dayOf, type Day } from '../domain/time';
import { Problem } from '../problems';
import { demand, sightOf } from './demand';
import { obligationBehind } from './openPayPage';
import { paymentMark } from './satisfactionMark';

/** Once for each payment; a second tap counts nothing. Throws pay_page_unknown, and obligation_not_paid before it is paid. */
export async function tapSatisfaction(ctx: Context, token: string, choice: SatisfactionChoice): Promise<void> {
  const obligation = await obligationBehind(ctx, token);
  if (!isSettled(obligation) || !obligation.paid.isPositive()) throw new Problem('obligation_not_paid');
  await ctx.store.transact(async ({ satisfaction }) => {
    if (await satisfaction.claim(paymentMark(ctx, obligation.id))) await satisfaction.add(obligation.agencyCode, dayOf(ctx.now()), choice);
  });
}

/** The taps of the agencies in sight, by agency and day, both days included. Throws role_insufficient. */
export async function reportSatisfaction(ctx: Context, asked: { actor: Actor; from: Day; to: Day }): Promise<SatisfactionDay[]> {
  demand(asked.actor, 'see_ratios');
  const { tables } = ctx.store;
  return tables.satisfaction.list(asked.from, asked.to, await sightOf(tables, asked.actor));
}
