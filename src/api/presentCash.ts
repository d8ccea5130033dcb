// Shifts, cash that goes back or to the bank, and slips for the State budget, as the API tells them.
import type { SeenDeposit } from '../actions/listDeposits';
import { isSlipOverdue, type Declaration, type UnitMonth } from '../actions/seeRemittances';
import type { SeenShift } from '../actions/seeShift';
import type { CashBook, CounterCashBook } from '../domain/cashBook';
import { returnStateOf, type CashReturn } from '../domain/cashReturn';
import { remittanceCode, remittanceStateOf, type Remittance } from '../domain/remittance';
import { percentOfPoints, type Retention } from '../domain/retention';
import { depositDue, differenceOf, putAsideOf, waitsForConfirmation } from '../domain/shift';
import type { ShiftSums } from '../domain/shiftOverview';
import type { Day } from '../domain/time';

export function presentShift({ shift, takings, expected }: Omit<SeenShift, 'counter' | 'agency' | 'officerName'>) {
  const { close } = shift;
  return {
    id: shift.id,
    counterId: shift.counterId,
    agencyCode: shift.agencyCode,
    number: shift.number,
    officerId: shift.officerId,
    status: close ? 'closed' : 'open',
    openedAt: shift.openedAt,
    openedByCash: shift.isImplicit,
    float: shift.openingFloat,
    takenOver: shift.takenOver,
    takings: { cash: takings.cashTaken, transfer: takings.transferTaken, online: takings.onlineTaken },
    cashReturned: takings.cashReturned,
    expected,
    ...(close
      ? {
          closedAt: close.at,
          closedBy: close.by,
          counted: close.counted,
          difference: differenceOf(close),
          handedOn: close.handedOn,
          putAside: putAsideOf(close),
          depositDue: depositDue(close.at),
          ...(close.denominations ? { denominations: close.denominations } : {}),
          ...(close.reason ? { reason: close.reason } : {}),
        }
      : {}),
    ...(waitsForConfirmation(shift) ? { waitsForConfirmation: true } : {}),
    ...(shift.difference ? { confirmed: shift.difference } : {}),
  };
}

export const presentSums = (sums: ShiftSums) => ({ ...sums });

export const presentReturn = (one: CashReturn) => ({
  id: one.id,
  obligationId: one.obligationId,
  amount: one.amount,
  reason: one.reason,
  status: returnStateOf(one),
  askedBy: one.askedBy,
  askedAt: one.askedAt,
  steps: one.steps,
});

export const presentDeposit = ({ deposit, parts, arrived, onItsWay, state, due, isLate }: SeenDeposit) => ({
  id: deposit.id,
  agencyCode: deposit.agencyCode,
  accountId: deposit.accountId,
  amount: deposit.amount,
  day: deposit.day,
  slipNumber: deposit.slipNumber,
  code: deposit.code,
  recordedBy: deposit.by,
  recordedAt: deposit.at,
  status: state,
  arrived,
  onItsWay,
  short: deposit.short,
  due,
  isLate,
  shifts: parts.map(({ shiftId, counterId, amount }) => ({ shiftId, counterId, amount })),
  ...(deposit.withdrawn ? { withdrawn: deposit.withdrawn } : {}),
});

export const presentCashBook = ({ agencyCode, day, counters, total }: CashBook) => ({
  agencyCode,
  day,
  counters: counters.map(presentCounterBook),
  total,
});

const presentCounterBook = ({ counterId, counterName, opening, rows, sums, closing }: CounterCashBook) => ({
  counterId,
  counterName,
  opening,
  rows: rows.map(({ kind, at, amount, balance, by, shiftNumber, reference, dossierCode }) => ({
    kind,
    at,
    amount,
    balance,
    by,
    ...(shiftNumber === undefined ? {} : { shiftNumber }),
    ...(reference ? { reference } : {}),
    ...(dossierCode ? { dossierCode } : {}),
  })),
  sums,
  closing,
});

export const presentRetention = (one: Retention) => ({
  id: one.id,
  agencyCode: one.agencyCode,
  feeId: one.feeId,
  retainedPercent: percentOfPoints(one.retainedPoints),
  remitByDay: one.remitByDay,
  legalBasis: one.legalBasis,
  validFrom: one.validFrom,
  validTo: one.validTo ?? null,
  status: one.decision?.decision ?? 'proposed',
  proposedBy: one.proposedBy,
  ...(one.decision ? { decidedBy: one.decision.by, decidedAt: one.decision.at } : {}),
});

export const presentSlip = (slip: Remittance, today: Day) => ({
  id: slip.id,
  agencyCode: slip.agencyCode,
  number: slip.number,
  code: remittanceCode(slip),
  accountId: slip.accountId,
  month: slip.month,
  amount: slip.amount,
  dueDay: slip.dueDay,
  isOverdue: isSlipOverdue(slip, today),
  status: remittanceStateOf(slip),
  draftedBy: slip.draftedBy,
  draftedAt: slip.draftedAt,
  lines: slip.lines,
  steps: slip.steps,
});

export const presentUnitMonth = (seen: UnitMonth, today: Day) => ({
  agencyCode: seen.unit.agency.code,
  accountId: seen.unit.account.id,
  agencyCodes: seen.unit.agencyCodes,
  month: seen.month,
  fees: seen.fees.map(({ retainedPoints, ...fee }) => ({ ...fee, retainedPercent: retainedPoints.map(percentOfPoints) })),
  owed: seen.owed,
  outstanding: seen.outstanding,
  outstandingSum: seen.outstandingSum,
  dueDay: seen.dueDay,
  isOverdue: seen.isOverdue,
  remittances: seen.remittances.map((slip) => presentSlip(slip, today)),
});

const presentForm = ({ rows, ...sums }: Declaration['phi']) => ({
  rows: rows.map(({ retainedPoints, ...row }) => ({ ...row, retainedPercent: retainedPoints.map(percentOfPoints) })),
  ...sums,
});

export const presentDeclaration = ({ agencyCode, month, dueDay, phi, lePhi }: Declaration) => ({
  agencyCode,
  month,
  dueDay,
  '01/PH': presentForm(phi),
  '01/LP': presentForm(lePhi),
});
