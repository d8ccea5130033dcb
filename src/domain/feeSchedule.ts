// The fee schedule: which fees a procedure has in a province on a day.
import { isInForce, type Fee } from './fee';
import type { Day } from './time';

/**
 * The national fees of a procedure and those of one province, on a day, in the order of the schedule. What the province has decided
 * replaces the placeholder of the same procedure; before its first day and after its last the placeholder stands, which no counter may collect.
 */
export function feesInForce(fees: readonly Fee[], asked: { procedureCode: string; localityCode: string; on: Day }): Fee[] {
  const valid = fees.filter((fee) => fee.procedureCode === asked.procedureCode && isInForce(fee, asked.on));
  const hasOwnRule = valid.some((fee) => fee.localityCode === asked.localityCode && fee.rule.type !== 'by_provincial_council');
  const wanted = hasOwnRule ? ['national', asked.localityCode] : ['national', asked.localityCode, 'province'];
  return valid.filter((fee) => wanted.includes(fee.localityCode));
}
