// Closes a day of an account: one person prepares what is to be signed, another signs it; numbered, chained and announced in one commit.
import type { Context, ReadTables, Tables } from '../context';
import type { Account } from '../domain/agency';
import {
  contentHashOf,
  nextClose,
  orderFault,
  textOfContent,
  type CloseHead,
  type DayClose,
  type DayCloseContent,
  type DayCloseDraft,
  type DraftHead,
} from '../domain/dayClose';
import { areStill, type DayFacts } from '../domain/dayFacts';
import { reconcile } from '../domain/dayReconciliation';
import type { NewEvent } from '../domain/event';
import { signatureOf, type Actor } from '../domain/role';
import { dayOf, type Day } from '../domain/time';
import { Problem } from '../problems';
import { closeFactsOf, demandClosable } from './closeContent';
import { demand, demandSight } from './demand';

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
 * Everything is read and written out before the transaction, which takes a day of many thousand movements a while; in it is looked whether
 * that still holds. Throws second_person_required where the same person asks twice, day_changed where the facts are no longer those that
 * were prepared, what `demandClosable` throws, and the faults of the order of days.
 */
export async function closeDay(ctx: Context, request: CloseRequest): Promise<CloseOutcome> {
  const { actor, accountId, day } = request;
  demand(actor, 'prepare_close');
  const { tables } = ctx.store;
  const account = await accountInSight(tables, actor, accountId);
  await demandTurn(ctx, tables, accountId, day);
  const read = await readDay(ctx, request, account);
  const outcome = await ctx.store.transact(async (inside) => {
    await demandTurn(ctx, inside, accountId, day);
    return takeStep(ctx, inside, request, account, read);
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

async function demandTurn(ctx: Context, tables: Pick<ReadTables, 'dayCloses'>, accountId: string, day: Day): Promise<void> {
  const last = await tables.dayCloses.findLast(accountId);
  const fault = orderFault(day, dayOf(ctx.now()), last?.day);
  if (fault) throw new Problem(fault, fault === 'day_out_of_order' ? last?.day : undefined);
}

/** A day as it stood when it was read. */
interface ReadDay {
  facts: DayFacts;
  content: DayCloseContent;
  /** The content as it is kept and hashed. */
  text: string;
  hash: string;
  /** Throws what keeps it from being closed. */
  demandClosable: () => void;
}

async function readDay(ctx: Context, request: CloseRequest, account: Account): Promise<ReadDay> {
  const { tables } = ctx.store;
  const facts = await tables.reconciliations.facts(account.id, request.day, ctx.now());
  const reconciliation = reconcile(facts);
  const { content: bare, gap } = await closeFactsOf(tables, account, reconciliation);
  const draft = gap === 0 ? undefined : await tables.dayCloses.findDraft(account.id, request.day);
  const balanceGap = gapOf(gap, draft, request, signatureOf(request.actor));
  const content: DayCloseContent = balanceGap ? { ...bare, balanceGap } : bare;
  const text = textOfContent(content);
  return { facts, content, text, hash: contentHashOf(text), demandClosable: () => demandClosable(reconciliation, { content, gap }) };
}

async function takeStep(ctx: Context, tables: Tables, request: CloseRequest, account: Account, read: ReadDay): Promise<CloseOutcome> {
  const { actor, day } = request;
  const me = signatureOf(actor);
  const draft = await tables.dayCloses.findDraftHead(account.id, day);
  const isFresh = draft?.contentHash === read.hash;
  const act = request.act ?? (!draft || (!isFresh && draft.preparedBy === me) ? 'prepare' : 'sign');
  if (act === 'sign') {
    if (!draft) throw new Problem('close_unprepared');
    if (draft.preparedBy === me) throw new Problem('second_person_required');
    demand(actor, 'sign_close');
    if (!isFresh || (request.contentHash ?? draft.contentHash) !== draft.contentHash) throw new Problem('day_changed');
  }
  read.demandClosable();
  if (!areStill(read.facts, await tables.reconciliations.movementFactsWithin(account.id, day))) throw new Problem('day_changed');
  return act === 'sign' && draft
    ? { state: 'closed', close: await sign(ctx, tables, account, draft, read, me) }
    : { state: 'prepared', draft: await prepare(ctx, tables, account, read, me) };
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

async function prepare(ctx: Context, tables: Tables, account: Account, read: ReadDay, by: string): Promise<DayCloseDraft> {
  const { content, text, hash } = read;
  const head: DraftHead = {
    id: ctx.id('dayClose'),
    accountId: account.id,
    day: content.day,
    contentHash: hash,
    preparedBy: by,
    preparedAt: ctx.now(),
  };
  await tables.dayCloses.keepDraft(head, text);
  return { ...head, content };
}

async function sign(ctx: Context, tables: Tables, account: Account, draft: DraftHead, read: ReadDay, by: string): Promise<DayClose> {
  const { id: accountId, agencyCode, accountNumber } = account;
  const { content, text } = read;
  const last = await tables.dayCloses.findLast(accountId);
  const sealed = nextClose(draft, text, last, { accountNumber, closedBy: by, closedAt: ctx.now() });
  const head: CloseHead = { id: ctx.id('dayClose'), accountId, agencyCode, ...sealed };
  if (!(await tables.dayCloses.keep(head, text))) throw new Problem('day_closed');
  const { lines, transactions } = await tables.dayCloses.keepMembers(head);
  if (lines !== content.bank.lines.length || transactions !== content.ours.transactions.length) throw new Problem('day_changed');
  await tables.dayCloses.keepCorrections(head.id, 'line', content.corrections.lines);
  await tables.dayCloses.keepCorrections(head.id, 'transaction', content.corrections.transactions);
  const close: DayClose = { ...head, content };
  await tables.events.append([eventOf(close)]);
  return close;
}

const countOf = ({ lines, transactions, decisions = [] }: DayCloseContent['corrections']): number =>
  lines.length + transactions.length + decisions.length;

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
    corrections: countOf(content.corrections),
  },
});
