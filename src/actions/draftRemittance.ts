// Drafts a slip of what is to be handed over to the State budget, and takes it through its steps: approved by another person, booked, sent.
import type { Context, ReadTables, Tables } from '../context';
import { budgetPayable, feeIncome, isInterest, isPaidByTreasury, owedToBudget, postingsOf, reversed, type Posting } from '../domain/ledger';
import { zero, type Money } from '../domain/money';
import {
  linesUpTo,
  remittanceStateOf,
  type Remittance,
  type RemittanceLine,
  type RemittanceState,
  type RemittanceStep,
} from '../domain/remittance';
import { signatureOf, type Actor, type Permission } from '../domain/role';
import { dayOf } from '../domain/time';
import { Problem } from '../problems';
import { demand, demandSight } from './demand';
import { unitMonth, unitsInSight } from './seeRemittances';

export interface Draft {
  actor: Actor;
  agencyCode: string;
  /** The last month that it covers; what is left of earlier ones comes along. */
  month: string;
  /** All that is outstanding, unless less is said. */
  amount?: Money;
}

/** Throws agency_unknown where it has no account of its own, remittance_nothing, and remittance_too_much. */
export async function draftRemittance(ctx: Context, { actor, agencyCode, month, amount: limit }: Draft): Promise<Remittance> {
  demand(actor, 'remit');
  const drafted = await ctx.store.transact(async (tables) => {
    const units = await unitsInSight(tables, actor, month, agencyCode);
    const unit = units.find(({ agency }) => agency.code === agencyCode);
    if (!unit) throw new Problem('agency_unknown', agencyCode);
    const at = ctx.now();
    const { outstanding, outstandingSum, dueDay, remittances } = await unitMonth(tables, unit, month, dayOf(at));
    if (!outstandingSum.isPositive()) throw new Problem('remittance_nothing');
    const amount = limit ?? outstandingSum;
    if (amount.compare(outstandingSum) > 0) throw new Problem('remittance_too_much');
    const slip = {
      id: ctx.id('remittance'),
      agencyCode,
      number: (remittances.at(-1)?.number ?? 0) + 1,
      accountId: unit.account.id,
      month,
      amount,
      dueDay,
      draftedBy: signatureOf(actor),
      draftedAt: at,
      lines: linesUpTo(amount, outstanding),
    };
    if (!(await tables.remittances.keep(slip))) throw new Problem('remittance_changed'); // two at once
    return { ...slip, steps: [] };
  });
  ctx.bell.ring();
  return drafted;
}

export interface SlipStep {
  actor: Actor;
  remittanceId: string;
  step: 'approved' | 'refused' | 'withdrawn' | 'sent';
  reason?: string;
}

/** From where each step may be taken, and by whom. */
const ways: Record<SlipStep['step'], { from: readonly RemittanceState[]; permission: Permission }> = {
  approved: { from: ['drafted'], permission: 'approve_remittance' },
  refused: { from: ['drafted'], permission: 'approve_remittance' },
  withdrawn: { from: ['drafted', 'approved', 'sent'], permission: 'remit' },
  sent: { from: ['approved'], permission: 'remit' },
};

/**
 * The slip after the step. Approved, what it hands over is booked as payable to the budget; withdrawn, that is turned round. Throws
 * remittance_unknown, remittance_changed, second_person_required.
 */
export async function stepRemittance(ctx: Context, { actor, remittanceId, step, reason }: SlipStep): Promise<Remittance> {
  demand(actor, ways[step].permission);
  const after = await ctx.store.transact(async (tables) => {
    const slip = await slipInSight(tables, actor, remittanceId);
    const by = signatureOf(actor);
    if (step === 'approved' && slip.draftedBy === by) throw new Problem('second_person_required');
    const isBooked = slip.steps.some(({ state }) => state === 'approved');
    const next = await takeSlipStep(tables, slip, ways[step].from, { state: step, by, at: ctx.now(), ...(reason ? { reason } : {}) });
    const postings = postingsOfSlip(slip);
    if (step === 'approved') await book(tables, slip.id, next, postings);
    if (step === 'withdrawn' && isBooked) await book(tables, `${slip.id} withdrawn`, next, reversed(postings));
    return next;
  });
  ctx.bell.ring();
  return after;
}

/** Throws remittance_changed unless it stands where it may go on from. */
export async function takeSlipStep(
  tables: Tables,
  slip: Remittance,
  from: readonly RemittanceState[],
  step: RemittanceStep,
): Promise<Remittance> {
  if (!from.includes(remittanceStateOf(slip))) throw new Problem('remittance_changed');
  if (!(await tables.remittances.keepStep(slip.id, slip.steps.length + 1, step))) throw new Problem('remittance_changed'); // two at once
  return { ...slip, steps: [...slip.steps, step] };
}

const book = (tables: Tables, causeId: string, { steps }: Remittance, postings: readonly Posting[]) =>
  tables.ledger.post(steps.slice(-1).map(({ at }) => ({ cause: 'remittance' as const, causeId, createdAt: at, postings })));

/** What was income, or owed, is payable to the budget; a negative line the other way round. */
const postingsOfSlip = ({ agencyCode, lines }: Remittance): Posting[] =>
  postingsOf(
    lines.flatMap((line) => {
      const posting = { debit: sourceOf(line), credit: budgetPayable(agencyCode), amount: line.amount };
      return line.amount.isPositive() ? [posting] : reversed([{ ...posting, amount: zero.minus(line.amount) }]);
    }),
  );

const sourceOf = ({ kind, subject }: RemittanceLine): string =>
  kind !== 'owed' ? feeIncome(subject) : isPaidByTreasury(subject) || isInterest(subject) ? subject : owedToBudget(subject);

/** The slip, if there is one and the actor sees it; else throws remittance_unknown. */
export async function slipInSight(tables: Pick<ReadTables, 'agencies' | 'remittances'>, actor: Actor, id: string): Promise<Remittance> {
  const slip = await tables.remittances.find(id);
  await demandSight(tables, actor, slip?.agencyCode, 'remittance_unknown');
  if (!slip) throw new Problem('remittance_unknown');
  return slip;
}
