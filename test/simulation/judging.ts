// How the simulator judges a transfer: the rules of matching in their shortest form, without a word of the service's code.
import { outstandingOf, sumOf, type Debt, type Feed, type Spelled, type Transfer } from './truth';

export interface Share {
  debt: Debt;
  amount: number;
}

export type Judgement = { shares: readonly Share[] } | { why: string };

/** What must become of a transfer when this feed is the first to tell of it, as things stand. */
export function judgementOf(transfer: Transfer, feed: Feed): Judgement {
  const spelled = transfer.spelled[feed];
  const [exact, slipped] = [debtsOf(spelled, 'exact'), debtsOf(spelled, 'slip')];
  const [only, second] = exact;
  if (!only)
    return slipped.length > 0 ? bySlip(slipped, transfer.amount) : { why: transfer.namesUnknown ? 'unknown_reference' : 'no_reference' };
  if (second || slipped.length > 0) return bySum(exact, [...exact, ...slipped], transfer.amount);
  return byOneCode(only, transfer.amount);
}

const debtsOf = (spelled: readonly Spelled[], how: Spelled['how']): Debt[] => [
  ...new Set(spelled.filter((one) => one.how === how).map(({ debt }) => debt)),
];

/** One code takes all, unless what is too much is just what the same dossier owes beside it. */
function byOneCode(debt: Debt, amount: number): Judgement {
  const owed = outstandingOf(debt);
  const siblings = debt.dossier.debts.filter((other) => other !== debt && outstandingOf(other) > 0);
  const sums = owed > 0 && amount > owed ? subsetsOf(siblings).filter((subset) => owedBy(subset) === amount - owed) : [];
  const [others, another] = sums;
  return others && !another ? inFull([debt, ...others]) : { shares: [{ debt, amount }] };
}

/** One code with a slip is believed when the amount agrees to the đồng. */
function bySlip(slipped: readonly Debt[], amount: number): Judgement {
  if (slipped.length > 1) return { why: 'ambiguous' };
  return owedBy(slipped) === amount ? inFull(slipped) : { why: 'correction_unsure' };
}

/** Several codes: the one way to make the amount of what they owe, if nothing that was written whole and still owes is left out. */
function bySum(wanted: readonly Debt[], all: readonly Debt[], amount: number): Judgement {
  const owing = (debts: readonly Debt[]) => debts.filter((debt) => outstandingOf(debt) > 0);
  const [only, another] = subsetsOf(owing(all)).filter((subset) => owedBy(subset) === amount);
  const isSure = only && !another && only.every((debt) => wanted.includes(debt)) && owing(wanted).every((debt) => only.includes(debt));
  return isSure ? inFull(only) : { why: 'ambiguous' };
}

const owedBy = (debts: readonly Debt[]): number => sumOf(debts.map(outstandingOf));

const inFull = (debts: readonly Debt[]): Judgement => ({ shares: debts.map((debt) => ({ debt, amount: outstandingOf(debt) })) });

/** Every choice of at least one. */
function subsetsOf(debts: readonly Debt[]): Debt[][] {
  const all = debts.reduce<Debt[][]>((known, debt) => [...known, ...known.map((subset) => [...subset, debt])], [[]]);
  return all.filter((subset) => subset.length > 0);
}
