// Staff: officers take cash, cancel, offer again, find homes for money and take decisions back; the simulator knows what each must lead to.
import { cancelObligation } from '../../src/actions/cancelObligation';
import { resolveTransaction } from '../../src/actions/resolveTransaction';
import { takeCash } from '../../src/actions/takeCash';
import { syncDossierFlag } from '../../src/actions/syncDossierFlag';
import { undoResolution } from '../../src/actions/undoResolution';
import { vnd } from '../../src/domain/money';
import { instantOf } from '../../src/domain/time';
import { keysOf } from './banks';
import { mustHold } from './broken';
import { between, chanceOf, happens, type Chance } from './chances';
import { issue, offer } from './counter';
import { decide, isIssuedAgain, takeBack } from './decisions';
import { counterOfficer, financeOfficer, oneStopSystem } from './office';
import { excessOf, give, leftOf, outstandingOf, paidOf, type Debt, type Made, type Transfer } from './truth';
import { asked, count, minuteMs, touchDebts, type World } from './world';

const keysOfDebt = (debt: Debt): string[] => [`d${debt.dossier.number}`];

/** Something that an officer does to a debt: done as foreseen, or refused by the name foreseen. */
function actOn(world: World, debt: Debt, atMs: number, act: () => Promise<() => void>): void {
  world.agenda.add({
    atMs,
    keys: keysOfDebt(debt),
    run: async () => {
      const settle = await act();
      return () => {
        settle();
        touchDebts(world, [debt]);
      };
    },
  });
}

export const offerAgain = (world: World, debt: Debt, atMs: number): void =>
  actOn(world, debt, atMs, async () => {
    await offer(world, debt);
    return () => undefined;
  });

export const takeCashAt = (world: World, debt: Debt, amount: number, atMs: number): void =>
  actOn(world, debt, atMs, async () => {
    const [owed, paidMs] = [outstandingOf(debt), world.clock.ms];
    const wanted = debt.isCancelled
      ? 'obligation_cancelled'
      : owed === 0
        ? 'obligation_already_paid'
        : amount > owed
          ? 'cash_over_outstanding'
          : undefined;
    const isOurs = debt.dossier.agencyCode === counterOfficer.agencyCode;
    const cash = { actor: counterOfficer, obligationId: debt.id, counterId: 'quay-1', amount: vnd(amount) };
    const done = outcomeOf(await asked(takeCash(world.ctx, cash)), isOurs ? wanted : 'obligation_unknown', 'cash');
    return () => {
      if (!done) return;
      give(debt, amount, { source: `cash ${debt.number} ${paidMs}`, paidMs, flags: new Set(), isCash: true, isOnline: false });
      count(world.acts, 'cash taken');
    };
  });

export const cancel = (world: World, debt: Debt, atMs: number): void =>
  actOn(world, debt, atMs, async () => {
    const wanted = debt.isCancelled ? 'obligation_cancelled' : paidOf(debt) + excessOf(debt) > 0 ? 'obligation_has_payments' : undefined;
    const done = outcomeOf(
      await asked(cancelObligation(world.ctx, { actor: financeOfficer, obligationId: debt.id, reason: 'rút hồ sơ' })),
      wanted,
      'cancel',
    );
    return () => {
      if (!done) return;
      debt.isCancelled = true;
      count(world.acts, 'obligations cancelled');
    };
  });

/** The same fee once more: allowed when the dossier does not owe it any more. */
export const issueAgain = (world: World, debt: Debt, chance: Chance, atMs: number): void =>
  actOn(world, debt, atMs, async () => {
    const isAsked = debt.dossier.debts.some((one) => one.errand.feeId === debt.errand.feeId && outstandingOf(one) > 0);
    const wanted = isAsked ? 'obligation_exists' : undefined;
    const issued = await asked(issue(world, chance, debt.dossier, debt.errand));
    outcomeOf(issued, wanted, 'issue again');
    if (typeof issued === 'string') return () => undefined;
    await offer(world, issued);
    return () => void world.debts.set(issued.id, issued);
  });

/** The portal's word on a dossier, which may be older than one that it said before. */
export const hearFromPortal = (world: World, debt: Debt, flag: number, chance: Chance, fromMs: number): void => {
  const [saidMs, atMs] = [fromMs + between(chance, 1, 3_000_000), fromMs + between(chance, 1, 300) * minuteMs];
  actOn(world, debt, atMs, async () => {
    const report = { actor: oneStopSystem, code: debt.dossier.code, paidOnlineFlag: flag as 0 | 1 | 2, at: instantOf(saidMs) };
    await syncDossierFlag(world.ctx, report);
    return () => {
      if (saidMs > (debt.dossier.portal?.atMs ?? 0)) debt.dossier.portal = { flag, atMs: saidMs };
      count(world.acts, 'words of the portal');
    };
  });
};

/** Whether it was done; LawBroken where it was done or refused otherwise than foreseen. */
function outcomeOf(result: unknown, wanted: string | undefined, act: string): boolean {
  const refused = typeof result === 'string' ? result : undefined;
  mustHold(
    refused === wanted,
    'an officer may do what the books allow, and nothing else',
    () => `${act}: expected ${wanted ?? 'done'}, was ${refused ?? 'done'}`,
  );
  return refused === undefined;
}

/** After a judgement, an officer may look at it: sooner or later, or never before the day is closed. Who paid before is doubted too. */
export function mayBeLookedAt(world: World, transfer: Transfer): void {
  const chance = chanceOf(world.options.seed, `officer and transfer ${transfer.number}`);
  const soon = (most: number): number => world.clock.ms + between(chance, 5, most) * minuteMs;
  if (happens(chance, leftOf(transfer) > 0 ? 0.6 : 0.012)) lookAt(world, transfer, chance, soon(300), 0);
  for (const source of [...transfer.given].flatMap((debt) => [...debt.credits.keys()])) {
    const before = world.transferOf(source);
    if (before && before !== transfer && happens(chance, 0.1)) lookAt(world, before, chance, soon(30), 0);
  }
}

const mostLooks = 5;

function lookAt(world: World, transfer: Transfer, chance: Chance, atMs: number, looks: number): void {
  world.agenda.add({
    atMs,
    keys: keysOf(transfer),
    run: async () => {
      const settle = leftOf(transfer) > 0 && happens(chance, 0.9) ? await resolve(world, transfer, chance) : await undo(world, transfer);
      return () => {
        settle();
        if (looks < mostLooks && happens(chance, 0.25))
          lookAt(world, transfer, chance, world.clock.ms + between(chance, 1, 90) * minuteMs, looks + 1);
      };
    },
  });
}

/** An officer finds a home for money: to what the citizen meant while it owes something, back, or to nobody of ours. */
export async function resolve(world: World, transfer: Transfer, chance: Chance, isAll = false): Promise<() => void> {
  const targets = targetsOf(transfer);
  const target = happens(chance, 0.85) ? targets[chance.below(targets.length)] : undefined;
  const action = target ? 'allocate' : happens(chance, 0.75) ? 'refund' : 'not_ours';
  const most = target ? Math.min(leftOf(transfer), outstandingOf(target)) : leftOf(transfer);
  const amount = !isAll && happens(chance, 0.2) ? between(chance, 1, most) : most;
  const asksForAll = amount === most && happens(chance, 0.5);
  const result = await asked(
    resolveTransaction(world.ctx, {
      ...{ actor: financeOfficer, transactionId: transfer.id ?? '', action, reason: 'đã xác minh' },
      ...(target ? { obligationId: target.id } : {}),
      ...(asksForAll ? {} : { amount: vnd(amount) }),
    }),
  );
  outcomeOf(result, undefined, `${action} of ${amount} of transfer ${transfer.number}`);
  return () => decided(world, transfer, action, amount, target);
}

function targetsOf({ meant }: Transfer): Debt[] {
  const siblings = new Set(meant.flatMap(({ dossier }) => dossier.debts));
  return [...siblings].filter((debt) => outstandingOf(debt) > 0);
}

function decided(world: World, transfer: Transfer, action: Made['action'], amount: number, target: Debt | undefined): void {
  decide(transfer, action, amount, target);
  count(world.acts, `decisions: ${action}`);
  touchDebts(world, transfer.given);
  world.touched.transfers.add(transfer);
}

async function undo(world: World, transfer: Transfer): Promise<() => void> {
  const result = await asked(
    undoResolution(world.ctx, { actor: financeOfficer, transactionId: transfer.id ?? '', reason: 'quyết định nhầm' }),
  );
  return () => {
    if (isIssuedAgain(transfer)) {
      outcomeOf(result, 'obligation_issued_again', `undo of transfer ${transfer.number}`);
      return count(world.acts, 'undos refused: the fee was issued again');
    }
    const moved = takeBack(transfer, world.transferOf);
    outcomeOf(result, moved ? undefined : 'resolution_unknown', `undo of transfer ${transfer.number}`);
    count(world.acts, moved ? 'decisions: undo' : 'nothing to undo');
    if (moved) count(world.acts, 'transfers whose excess moved after an undo', moved.length);
    touchDebts(world, transfer.given);
    for (const one of [transfer, ...(moved || [])]) world.touched.transfers.add(one);
  };
}
