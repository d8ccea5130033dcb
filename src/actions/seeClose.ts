// Shows how a day of an account stands on its way to be closed, lists closes, and gives out whole chains to be checked elsewhere.
import type { Context } from '../context';
import type { Account } from '../domain/agency';
import { exportFormat } from '../domain/closeChain';
import {
  contentHashOf,
  orderFault,
  textOfContent,
  type CloseHead,
  type DayClose,
  type DayCloseContent,
  type DayCloseDraft,
  type DraftHead,
} from '../domain/dayClose';
import type { Reconciliation } from '../domain/reconciliation';
import type { Actor } from '../domain/role';
import { dayOf, type Day } from '../domain/time';
import { Problem, type ProblemCode } from '../problems';
import { closeFactsOf, closeFault, type CloseFault } from './closeContent';
import { accountInSight } from './closeDay';
import { demand, sightOf } from './demand';
import { reconcileDay } from './reconcileDay';

export interface SeenClose {
  account: Account;
  day: Day;
  close?: DayClose;
  /** Until it is closed: what would be signed now, and what was prepared last. */
  open?: {
    reconciliation: Reconciliation;
    content: DayCloseContent;
    /** The bank's balance does not continue the day before by so much. */
    gap: number;
    draft?: DayCloseDraft;
    /** The draft is still what the facts are. */
    isFresh: boolean;
    fault?: { code: ProblemCode; detail?: string; open?: CloseFault['open'] };
  };
}

export async function seeClose(ctx: Context, actor: Actor, accountId: string, day: Day): Promise<SeenClose> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const account = await accountInSight(tables, actor, accountId);
  const close = await tables.dayCloses.find(accountId, day);
  if (close) return { account, day, close };
  const reconciliation = await reconcileDay(ctx, actor, accountId, day);
  const { content: bare, gap } = await closeFactsOf(tables, account, reconciliation);
  const draft = await tables.dayCloses.findDraft(accountId, day);
  const { balanceGap } = draft?.content ?? {};
  const content = balanceGap && balanceGap.amount === gap ? { ...bare, balanceGap } : bare;
  const last = await tables.dayCloses.findLast(accountId);
  const turn = orderFault(day, dayOf(ctx.now()), last?.day);
  const fault = turn ? { code: turn, ...(last ? { detail: last.day } : {}) } : closeFault(reconciliation, content);
  const isFresh = draft?.contentHash === contentHashOf(textOfContent(content));
  return { account, day, open: { reconciliation, content, gap, isFresh, ...(draft ? { draft } : {}), ...(fault ? { fault } : {}) } };
}

/** What was prepared or closed; throws close_unknown where nothing was. */
export async function findClose(
  ctx: Context,
  actor: Actor,
  accountId: string,
  day: Day,
): Promise<{ state: 'prepared'; draft: DayCloseDraft } | { state: 'closed'; close: DayClose }> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  await accountInSight(tables, actor, accountId);
  const close = await tables.dayCloses.find(accountId, day);
  if (close) return { state: 'closed', close };
  const draft = await tables.dayCloses.findDraft(accountId, day);
  if (!draft) throw new Problem('close_unknown');
  return { state: 'prepared', draft };
}

export interface WaitingClose {
  account: Account;
  draft: DraftHead;
}

/** What one person prepared and no other has signed, of the accounts that the actor sees. */
export async function listWaitingCloses({ store: { tables } }: Context, actor: Actor): Promise<WaitingClose[]> {
  demand(actor, 'see_finance');
  const sight = await sightOf(tables, actor);
  const waiting: WaitingClose[] = [];
  for (const account of await tables.accounts.list()) {
    if (account.purpose !== 'collection' || (sight && !sight.includes(account.agencyCode))) continue;
    const draft = await tables.dayCloses.findLastDraftHead(account.id);
    if (draft && !(await tables.dayCloses.findHead(account.id, draft.day))) waiting.push({ account, draft });
  }
  return waiting;
}

export interface CloseQuestion {
  accountId?: string;
  from?: Day;
  to?: Day;
}

/** The newest first, as far as the actor sees them. */
export async function listCloses(
  ctx: Context,
  actor: Actor,
  { accountId, from, to }: CloseQuestion,
  limit: number,
  after?: string,
): Promise<CloseHead[]> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const agencyCodes = await sightOf(tables, actor);
  const filter = { ...(agencyCodes ? { agencyCodes } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) };
  return tables.dayCloses.listHeads({ ...filter, ...(accountId === undefined ? {} : { accountIds: [accountId] }) }, limit, after);
}

/** The file by which a chain can be checked without us, piece by piece: all accounts that the actor sees, or one of them. */
export async function* exportCloses(ctx: Context, actor: Actor, accountId?: string): AsyncGenerator<string> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const agencyCodes = await sightOf(tables, actor);
  const seen = (await tables.accounts.list()).filter(
    (account) => (accountId ?? account.id) === account.id && (agencyCodes?.includes(account.agencyCode) ?? true),
  );
  if (accountId !== undefined && seen.length === 0) throw new Problem('account_unknown');
  yield `{"format":${JSON.stringify(exportFormat)},"exportedAt":${JSON.stringify(ctx.now())},"closes":[`;
  let isFirst = true;
  for (const { id } of seen) {
    for (let after = 0; ;) {
      const close = await tables.dayCloses.findText(id, after);
      if (!close) break;
      yield `${isFirst ? '' : ','}\n${exported(close.head, close.content)}`;
      isFirst = false;
      after = close.head.number;
    }
  }
  yield '\n]}\n';
}

/** One close as `ExportedClose` says; its content is the very text that was hashed. */
const exported = ({ id: _id, agencyCode: _agency, ...close }: CloseHead, content: string): string =>
  `${JSON.stringify(close).slice(0, -1)},"content":${content}}`;
