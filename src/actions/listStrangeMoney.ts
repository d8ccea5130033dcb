// Lists what banks told that is no money for an obligation: taken back by gateways, for accounts not ours, unreadable, money that left, and test calls.
import type { Context } from '../context';
import type { Delivery } from '../domain/delivery';
import type { Actor } from '../domain/role';
import type { Seen } from '../domain/seen';
import type { Transaction } from '../domain/transaction';
import { contradictionIn, type Contradiction } from './contradictionIn';
import { seesStrangeMoney } from './demand';
import { listTakenBack, type TakenBack } from './listTakenBack';

export interface StrangeMoney {
  /** A gateway gave a payment back: what was paid with it stands until a person decides. `count` is of all. */
  takenBack: { count: number; list: TakenBack[] };
  /** To an account that is not ours, or told by somebody who may not speak for it. */
  foreign: Transaction[];
  /** Authentic bytes of which we made nothing by ourselves. */
  unreadable: UnreadableMessage[];
  /** Money that left our accounts, and nobody has said what for. */
  outgoing: Transaction[];
  /** A provider tried whether we answer. */
  tests: Transaction[];
  /** Who has seen what of it, where that is asked for. */
  seen: Seen[];
}

export interface UnreadableMessage {
  delivery: Delivery;
  /** What it says differently from what was known. */
  contradiction?: Contradiction;
}

/**
 * At most `limit` of each, the newest first; undefined for those who do not see every agency. `isSeen`: what people have seen, instead of
 * what waits for a look; what was taken back waits for a decision and is never among it.
 */
export async function listStrangeMoney(ctx: Context, actor: Actor, limit: number, isSeen = false): Promise<StrangeMoney | undefined> {
  const { tables } = ctx.store;
  const { transactions, deliveries } = tables;
  if (!(await seesStrangeMoney(tables, actor))) return undefined;
  const messages = await deliveries.listUnreadable(limit, isSeen);
  const strange = {
    takenBack: isSeen ? { count: 0, list: [] } : await listTakenBack(tables, limit),
    foreign: await transactions.list({ states: ['foreign'], isSeen }, limit),
    unreadable: await Promise.all(messages.map((delivery) => messageOf(ctx, delivery))),
    outgoing: await transactions.list({ states: ['outgoing'], why: null, isSeen, ...(isSeen ? {} : { isUnexplained: true }) }, limit),
    tests: await transactions.list({ states: ['test'], isSeen }, limit),
  };
  const listed = [strange.foreign, messages, strange.outgoing, strange.tests].flat();
  return { ...strange, seen: isSeen ? await tables.seen.ofSubjects(listed.map(({ id }) => id)) : [] };
}

async function messageOf(ctx: Context, delivery: Delivery): Promise<UnreadableMessage> {
  const contradiction = await contradictionIn(ctx, delivery);
  return { delivery, ...(contradiction ? { contradiction } : {}) };
}
