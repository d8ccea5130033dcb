// Lists what banks told that is no money for an obligation: for accounts not ours, unreadable, money that left, and test calls.
import type { Context } from '../context';
import type { Delivery } from '../domain/delivery';
import type { Actor } from '../domain/role';
import type { Transaction } from '../domain/transaction';
import { seesStrangeMoney } from './demand';

export interface StrangeMoney {
  /** To an account that is not ours, or told by somebody who may not speak for it. */
  foreign: Transaction[];
  /** Authentic bytes that nobody could read. */
  unreadable: Delivery[];
  /** Money that left our accounts. */
  outgoing: Transaction[];
  /** A provider tried whether we answer. */
  tests: Transaction[];
}

/** At most `limit` of each, the newest first; undefined for those who do not see every agency. */
export async function listStrangeMoney({ store }: Context, actor: Actor, limit: number): Promise<StrangeMoney | undefined> {
  const { agencies, transactions, deliveries } = store.tables;
  if (!(await seesStrangeMoney({ agencies }, actor))) return undefined;
  return {
    foreign: await transactions.list({ states: ['foreign'] }, limit),
    unreadable: await deliveries.listUnreadable(limit),
    outgoing: await transactions.list({ states: ['outgoing'] }, limit),
    tests: await transactions.list({ states: ['test'] }, limit),
  };
}
