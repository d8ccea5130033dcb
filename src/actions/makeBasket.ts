// Makes a basket: one reference that names several obligations, so that a family or a notary's office pays them with one transfer.
import type { Context } from '../context';
import type { Account } from '../domain/agency';
import { basketFault, outstandingOfAll } from '../domain/basket';
import type { Obligation } from '../domain/obligation';
import type { PaymentRequest } from '../domain/paymentRequest';
import type { Actor } from '../domain/role';
import { napasCeiling } from '../domain/vietqr';
import { Problem } from '../problems';
import { demand, obligationInSight } from './demand';
import { claimReference } from './issueObligation';
import { accountOf } from './offerQr';
import { offerBasketQr } from './openBasket';
import { payPageOf } from './sharePayPage';

export interface BasketWish {
  actor: Actor;
  obligationIds: readonly string[];
}

export interface MadeBasket {
  reference: string;
  /** The page where it is paid. */
  url: string;
  legs: readonly Obligation[];
  account: Account;
  /** Its code asks for all of them. */
  qr: PaymentRequest | undefined;
}

/**
 * Each leg keeps its own reference and can be paid by itself too. Throws obligation_unknown, also for what the actor may not see, and
 * basket_unfit with the reason.
 */
export async function makeBasket(ctx: Context, { actor, obligationIds }: BasketWish): Promise<MadeBasket> {
  demand(actor, 'issue');
  const at = ctx.now();
  return ctx.store.transact(async (tables) => {
    const ids = [...new Set(obligationIds)];
    const legs: Obligation[] = [];
    for (const id of ids) legs.push(await obligationInSight(tables, actor, id));
    const accounts: (Account | undefined)[] = [];
    for (const leg of legs) accounts.push(await accountOf(tables, leg, at));
    const fault = basketFault(legs, new Set(accounts.map((account) => account?.id)));
    const [account] = accounts;
    if (fault || !account) throw new Problem('basket_unfit', fault);
    if (outstandingOfAll(legs).compare(napasCeiling) >= 0) throw new Problem('amount_over_transfer_limit');
    const reference = await claimReference(ctx, tables, at);
    await tables.obligations.addBasket(reference, ids);
    const qr = await offerBasketQr(ctx, tables, { reference, legs, account, at });
    return { reference, url: await payPageOf(ctx, tables, reference), legs, account, qr };
  });
}
