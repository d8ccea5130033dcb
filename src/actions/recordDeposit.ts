// Records cash of closed shifts that was brought to the bank: it leaves the counters' cash, and is on its way until the account shows it.
import type { Context, Tables } from '../context';
import { accountFor } from '../domain/agency';
import { depositCodeBytes, drawDepositCode, sumOfParts, type Deposit, type DepositPart } from '../domain/deposit';
import { grouped } from '../domain/grouping';
import { cashAccount, cashInTransit, reversed, type Posting } from '../domain/ledger';
import { zero, type Money } from '../domain/money';
import { can, signatureOf, type Actor } from '../domain/role';
import { putAsideOf, type Shift } from '../domain/shift';
import { dayOf, type Day, type Instant } from '../domain/time';
import { Problem } from '../problems';
import { demandSight } from './demand';
import { matchDepositsIn } from './matchDeposits';

export interface DepositRecord {
  actor: Actor;
  agencyCode: string;
  /** All of one agency, all closed, each with cash that nobody brought yet. */
  shiftIds: readonly string[];
  /** As it stands on the bank's slip; it must be what the shifts put aside. */
  amount: Money;
  day: Day;
  slipNumber: string;
}

/** Whoever works at a counter, or remits. */
export function demandDeposits(actor: Actor): void {
  if (!can(actor, 'work_shift') && !can(actor, 'remit'))
    throw new Problem(actor.kind === 'system' ? 'person_required' : 'role_insufficient');
}

/**
 * The deposit; a credit that came before it was recorded is found at once where the actor decides about such money anyway. Throws
 * agency_unknown, account_unknown, deposit_without_shifts, deposit_shift_taken, deposit_amount_differs, deposit_day_wrong.
 */
export async function recordDeposit(ctx: Context, given: DepositRecord): Promise<Deposit> {
  const { actor, agencyCode, amount, day, slipNumber } = given;
  demandDeposits(actor);
  const recorded = await ctx.store.transact(async (tables) => {
    const agencies = await demandSight(tables, actor, agencyCode, 'agency_unknown');
    const at = ctx.now();
    const shifts = await shiftsToBring(tables, given);
    demandDay(day, shifts, at);
    const account = accountFor(agencies, await tables.accounts.list(), agencyCode, day);
    if (!account) throw new Problem('account_unknown');
    const parts = await partsOf(tables, shifts);
    if (!sumOfParts(parts).equals(amount)) throw new Problem('deposit_amount_differs');
    const code = drawDepositCode(ctx.random(depositCodeBytes));
    const deposit: Deposit = {
      id: ctx.id('deposit'),
      agencyCode,
      accountId: account.id,
      amount,
      day,
      slipNumber,
      code,
      by: signatureOf(actor),
      at,
      short: zero,
    };
    if (!(await tables.deposits.keep(deposit))) throw new Problem('store_busy'); // another has this code: one in ten million
    for (const part of parts) if (!(await tables.deposits.keepPart(deposit.id, part))) throw new Problem('deposit_shift_taken'); // two at once
    await tables.ledger.post([{ cause: 'deposit', causeId: deposit.id, createdAt: at, postings: postingsOfDeposit(deposit, parts) }]);
    if (can(actor, 'resolve')) await matchDepositsIn(ctx, tables, [deposit], true);
    return deposit;
  });
  ctx.bell.ring();
  return recorded;
}

async function shiftsToBring(tables: Tables, { agencyCode, shiftIds }: DepositRecord): Promise<Shift[]> {
  if (shiftIds.length === 0) throw new Problem('deposit_without_shifts');
  const kept = await tables.shifts.listKept([agencyCode]);
  const chosen = kept.filter(({ id }) => shiftIds.includes(id));
  if (chosen.length !== new Set(shiftIds).size) throw new Problem('deposit_shift_taken');
  return chosen;
}

/** Not before the cash was put aside, and not in days to come. */
function demandDay(day: Day, shifts: readonly Shift[], at: Instant): void {
  const isWrong = day > dayOf(at) || shifts.some(({ close }) => close !== undefined && day < dayOf(close.at));
  if (isWrong) throw new Problem('deposit_day_wrong');
}

async function partsOf(tables: Tables, shifts: readonly Shift[]): Promise<DepositPart[]> {
  const attempts = grouped(await tables.deposits.attemptsOf(shifts.map(({ id }) => id)), ({ shiftId }) => shiftId);
  return shifts.flatMap(({ id, counterId, close }) =>
    close ? [{ shiftId: id, counterId, attempt: (attempts.get(id)?.length ?? 0) + 1, amount: putAsideOf(close) }] : [],
  );
}

const postingsOfDeposit = ({ agencyCode }: Deposit, parts: readonly DepositPart[]): Posting[] =>
  [...grouped(parts, ({ counterId }) => counterId)].map(([counterId, own]) => ({
    debit: cashInTransit(agencyCode),
    credit: cashAccount(counterId),
    amount: sumOfParts(own),
  }));

export interface DepositWithdrawal {
  actor: Actor;
  depositId: string;
  reason: string;
}

/** A deposit that was recorded wrongly: its cash lies at the counters again. Throws deposit_unknown, deposit_withdrawn, deposit_arrived, deposit_short. */
export async function withdrawDeposit(ctx: Context, { actor, depositId, reason }: DepositWithdrawal): Promise<void> {
  demandDeposits(actor);
  await ctx.store.transact(async (tables) => {
    const deposit = await tables.deposits.find(depositId);
    await demandSight(tables, actor, deposit?.agencyCode, 'deposit_unknown');
    if (!deposit) throw new Problem('deposit_unknown');
    if ((await tables.deposits.arrivedOf([depositId])).has(depositId)) throw new Problem('deposit_arrived');
    if (deposit.short.isPositive()) throw new Problem('deposit_short');
    const at = ctx.now();
    const isFirst = await tables.deposits.keepWithdrawal(depositId, reason, signatureOf(actor), at);
    if (!isFirst) throw new Problem('deposit_withdrawn');
    const booked = await tables.ledger.listByCauses([depositId]);
    const postings = reversed(booked.flatMap((entry) => entry.postings));
    await tables.ledger.post([{ cause: 'deposit', causeId: `${depositId} withdrawn`, createdAt: at, postings }]);
  });
  ctx.bell.ring();
}
