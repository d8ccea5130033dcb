// What people's decisions do to the simulator's own truth: money given a home, sent back, called not ours, and taken back again.
import {
  change,
  creditsOf,
  excessOf,
  give,
  leftOf,
  odditiesOf,
  outstandingOf,
  sourceOf,
  type Credit,
  type Debt,
  type Made,
  type Transfer,
} from './truth';

/** Gives what has no home a home; what a debt held too much of it leaves there first. */
export function decide(transfer: Transfer, action: Made['action'], amount: number, target?: Debt): void {
  const source = sourceOf(transfer);
  const made: Made = { action, amount, released: [], isUndone: false, ...(target ? { target } : {}) };
  let left = amount;
  for (const debt of transfer.given) {
    const released = Math.min(left, debt.credits.get(source)?.excess ?? 0);
    if (released === 0) continue;
    made.released.push({ debt, amount: released });
    change(debt, source, 0, -released);
    left -= released;
  }
  if (target) {
    transfer.given.add(target);
    const flags = odditiesOf(transfer, target);
    give(target, amount, { source, paidMs: transfer.bankMs, flags, isCash: false, isOnline: target.offers.length > 0 });
  }
  transfer.decisions.push(made);
  if (leftOf(transfer) === 0) transfer.why = undefined;
}

const lastOf = (transfer: Transfer): Made | undefined => transfer.decisions.filter((made) => !made.isUndone).at(-1);

/** Whether two debts of a dossier would ask for the same fee if the last decision that holds, or what was matched, were taken back. */
export function isIssuedAgain(transfer: Transfer): boolean {
  const last = lastOf(transfer);
  const losing = last ? (last.target ? [last.target] : []) : [...transfer.given];
  const owed = new Map(losing.map((debt) => [debt, owedWithout(debt, debt.credits.get(sourceOf(transfer)), last?.amount)]));
  const owes = (debt: Debt): boolean => (owed.get(debt) ?? outstandingOf(debt)) > 0;
  return losing.some((debt) => owes(debt) && twinsOf(debt).some(owes));
}

const twinsOf = (debt: Debt): Debt[] =>
  debt.dossier.debts.filter((other) => other !== debt && other.errand.feeId === debt.errand.feeId && !other.isCancelled);

/** What a debt would owe without some of a credit, or without all of it; what others brought too much takes its place. */
function owedWithout(debt: Debt, credit: Credit | undefined, some: number | undefined): number {
  if (debt.isCancelled || !credit) return outstandingOf(debt);
  const ownExcess = some === undefined ? credit.excess : 0;
  return Math.max(0, outstandingOf(debt) + (some ?? credit.paid) - (excessOf(debt) - ownExcess));
}

/** Takes back the last decision that holds, or what was matched; returns the transfers whose money moved besides. False: there is nothing. */
export function takeBack(transfer: Transfer, transferOf: (source: string) => Transfer | undefined): Transfer[] | false {
  const last = lastOf(transfer);
  const touched = last ? undone(transfer, last) : unmatched(transfer);
  if (!last && touched.length === 0) return false;
  const moved = touched.flatMap((debt) => flowOver(debt, transferOf));
  transfer.why = leftOf(transfer) > 0 ? 'taken_back' : undefined;
  return moved;
}

function undone(transfer: Transfer, made: Made): Debt[] {
  const source = sourceOf(transfer);
  made.isUndone = true;
  for (const { debt, amount } of made.released) change(debt, source, 0, amount);
  if (made.target) change(made.target, source, -made.amount, 0);
  return [...new Set([...made.released.map(({ debt }) => debt), ...(made.target ? [made.target] : [])])];
}

function unmatched(transfer: Transfer): Debt[] {
  const source = sourceOf(transfer);
  const giving = [...transfer.given].filter((debt) => creditsOf(debt).some((credit) => credit.source === source));
  for (const debt of giving) Object.assign(debt.credits.get(source) ?? {}, { paid: 0, excess: 0 });
  return giving;
}

/** A debt that owes takes what transfers had brought it too much, the earliest first. */
function flowOver(debt: Debt, transferOf: (source: string) => Transfer | undefined): Transfer[] {
  const moved: Transfer[] = [];
  for (const credit of creditsOf(debt)) {
    const amount = Math.min(credit.excess, outstandingOf(debt));
    const other = transferOf(credit.source);
    if (amount === 0 || !other) continue;
    change(debt, credit.source, amount, -amount);
    if (leftOf(other) === 0) other.why = undefined;
    moved.push(other);
  }
  return moved;
}
