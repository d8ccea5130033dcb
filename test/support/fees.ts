// The published fee schedule and short ways to price one of its fees, for tests.
import { readFeeSchedule } from '../../prisma/feeScheduleFile';
import { isRefusal, type Fee, type FeeRefusal } from '../../src/domain/fee';
import type { FeeInputs } from '../../src/domain/feeInputs';
import type { FeeContext } from '../../src/domain/feePreference';
import { priceFee, type PricedFee } from '../../src/domain/feePrice';
import type { Day } from '../../src/domain/time';

export const schedule: readonly Fee[] = readFeeSchedule().map((row) => row.fee);

/** A day on which most of the schedule is in force. */
export const today = '2026-11-21' as Day;

export function feeNamed(id: string): Fee {
  const fee = schedule.find((one) => one.id === id);
  if (!fee) throw new Error(`no fee ${id} in the schedule`);
  return fee;
}

/** A fee of the schedule with some fields replaced. */
export const feeLike = (id: string, change: Partial<Fee>): Fee => ({ ...feeNamed(id), ...change });

const context = (given: Partial<FeeContext>): FeeContext => ({ channel: 'counter', on: today, ...given });

/** The priced line; fails the test on a refusal. */
export function priced(fee: Fee | string, inputs: FeeInputs = {}, given: Partial<FeeContext> = {}): PricedFee {
  const line = priceFee(typeof fee === 'string' ? feeNamed(fee) : fee, inputs, context(given));
  if (isRefusal(line)) throw new Error(`refused: ${JSON.stringify(line)}`);
  return line;
}

/** The refusal; fails the test on a priced line. */
export function refused(fee: Fee | string, inputs: FeeInputs = {}, given: Partial<FeeContext> = {}): FeeRefusal {
  const line = priceFee(typeof fee === 'string' ? feeNamed(fee) : fee, inputs, context(given));
  if (!isRefusal(line)) throw new Error(`priced at ${line.amount.toString()} ₫`);
  return line;
}
