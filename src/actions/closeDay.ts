// Closes a day of an account: one person prepares what is to be signed, another signs it; numbered, chained and announced in one commit.
import type { Context, ReadTables, Tables } from '../context';
import type { Account } from '../domain/agency';
import {
  contentHashOf,
  nextClose,
  orderFault,
  type DayClose,
  type DayCloseContent,
  type DayCloseDraft,
  type OrderFault,
} from '../domain/dayClose';
import type { NewEvent } from '../domain/event';
import type { Reconciliation } from '../domain/reconciliation';
import { signatureOf, type Actor } from '../domain/role';
import { dayOf, type Day } from '../domain/time';
import { Problem } from '../problems';
import { closeFactsOf, demandClosable } from './closeContent';
import { demand, demandSight } from './demand';
import { reconcileIn } from './reconcileDay';

export interface CloseRequest {
  actor: Actor;
  accountId: string;
  day: Day;
  /** Unless it is said: whoever comes first prepares, the next one signs. */
  act?: 'prepare' | 'sign';
  /** Why the bank's balance may stand although it does not continue the day before. */
  balanceReason?: string;
  /** What the signing person has seen: another draft is not signed. */
  contentHash?: string;
}

export type CloseOutcome = { state: 'prepared'; draft: DayCloseDraft } | { state: 'closed'; close: DayClose };

/**
 * Throws second_person_required where the same person asks twice, day_changed where the facts are no longer those that were prepared,
 * what `demandClosable` throws, and the faults of the order of days.
 */
export async function closeDay(ctx: Context, request: CloseRequest): Promise<CloseOutcome> {
  const { actor, accountId, day } = request;
  demand(actor, 'prepare_close');
  const { tables } = ctx.store;
  const account = await accountInSight(tables, actor, accountId);
  const outcome = await ctx.store.transact(async (inside) => {
    demandTurn(day, dayOf(ctx.now()), (await inside.dayCloses.findLast(accountId))?.day);
    return takeStep(ctx, inside, request, account, await reconcileIn(inside, accountId, day, ctx.now()));
  });
  ctx.bell.ring();
  return outcome;
}

/** Throws account_unknown, also for what the actor may not see. */
export async function accountInSight(tables: Pick<ReadTables, 'accounts' | 'agencies'>, actor: Actor, accountId: string): Promise<Account> {
  const account = await tables.accounts.find(accountId);
  await demandSight(tables, actor, account?.agencyCode, 'account_unknown');
  if (!account) throw new Problem('account_unknown');
  return account;
}

/** By its id, or by its number where only one bank has it. Throws account_unknown. */
export async function accountNamed(tables: Pick<ReadTables, 'accounts' | 'agencies'>, actor: Actor, named: string): Promise<Account> {
  const known = await tables.accounts.find(named);
  const [only, ...others] = known ? [known] : await tables.accounts.numbered(named);
  if (!only || others.length > 0) throw new Problem('account_unknown');
  return accountInSight(tables, actor, only.id);
}

function demandTurn(day: Day, today: Day, lastClosed: Day | undefined): void {
  const fault: OrderFault | undefined = orderFault(day, today, lastClosed);
  if (fault) throw new Problem(fault, fault === 'day_out_of_order' ? lastClosed : undefined);
}

async function takeStep(
  ctx: Context,
  tables: Tables,
  request: CloseRequest,
  account: Account,
  reconciliation: Reconciliation,
): Promise<CloseOutcome> {
  const { actor, day } = request;
  const me = signatureOf(actor);
  const draft = await tables.dayCloses.findDraft(account.id, day);
  const facts = await closeFactsOf(tables, account, reconciliation);
  const gap = gapOf(facts.gap, draft, request, me);
  const content: DayCloseContent = gap ? { ...facts.content, balanceGap: gap } : facts.content;
  const isFresh = draft?.contentHash === contentHashOf(content);
  const act = request.act ?? (!draft || (!isFresh && draft.preparedBy === me) ? 'prepare' : 'sign');
  if (act === 'sign') {
    if (!draft) throw new Problem('close_unprepared');
    if (draft.preparedBy === me) throw new Problem('second_person_required');
    demand(actor, 'sign_close');
    if (!isFresh || (request.contentHash ?? draft.contentHash) !== draft.contentHash) throw new Problem('day_changed');
  }
  demandClosable(reconciliation, { ...facts, content });
  return act === 'sign' && draft
    ? { state: 'closed', close: await sign(ctx, tables, account, draft, me) }
    : { state: 'prepared', draft: await prepare(ctx, tables, account, content, me) };
}

/** A reason that is given now, or the one that was prepared for the same gap. */
function gapOf(
  amount: number,
  draft: DayCloseDraft | undefined,
  { balanceReason: reason }: CloseRequest,
  by: string,
): DayCloseContent['balanceGap'] {
  if (amount === 0) return undefined;
  if (reason !== undefined) return { amount, reason, by };
  const before = draft?.content.balanceGap;
  return before?.amount === amount ? before : undefined;
}

async function prepare(ctx: Context, tables: Tables, account: Account, content: DayCloseContent, by: string): Promise<DayCloseDraft> {
  const draft: DayCloseDraft = {
    id: ctx.id('dayClose'),
    accountId: account.id,
    day: content.day,
    content,
    contentHash: contentHashOf(content),
    preparedBy: by,
    preparedAt: ctx.now(),
  };
  await tables.dayCloses.keepDraft(draft);
  return draft;
}

async function sign(ctx: Context, tables: Tables, account: Account, draft: DayCloseDraft, by: string): Promise<DayClose> {
  const { id: accountId, agencyCode, accountNumber } = account;
  const last = await tables.dayCloses.findLast(accountId);
  const sealed = nextClose(draft, last, { accountNumber, closedBy: by, closedAt: ctx.now() });
  const close: DayClose = { id: ctx.id('dayClose'), accountId, agencyCode, ...sealed };
  if (!(await tables.dayCloses.keep(close))) throw new Problem('day_closed');
  const { bank, ours, corrections } = draft.content;
  const idsOf = (movements: readonly (readonly [string, ...unknown[]])[]) => movements.map(([id]) => id);
  await tables.dayCloses.keepMembers(close.id, 'line', [...idsOf(bank.lines), ...idsOf(corrections.lines)]);
  await tables.dayCloses.keepMembers(close.id, 'transaction', [...idsOf(ours.transactions), ...idsOf(corrections.transactions)]);
  await tables.events.append([eventOf(close)]);
  return close;
}

const eventOf = ({ id, accountId, accountNumber, agencyCode, day, number, hash, previousHash, closedAt, content }: DayClose): NewEvent => ({
  type: 'day.closed',
  at: closedAt,
  subjectId: id,
  agencyCode,
  version: number,
  payload: {
    id,
    accountId,
    accountNumber,
    day,
    number,
    hash,
    previousHash,
    bankIn: content.bank.in,
    bankOut: content.bank.out,
    carried: { count: content.carried.length, amount: content.carried.reduce((sum, one) => sum + one.amount, 0) },
    corrections: content.corrections.lines.length + content.corrections.transactions.length,
  },
});
