// The fee schedule: which fees a procedure has in a province on a day.
import { isInForce, type Fee } from './fee';
import type { Day } from './time';

/**
 * The national fees of a procedure and those of one province, on a day, in the order of the schedule. What the province has decided
 * replaces the placeholder of the same procedure and kind; before its first day and after its last the placeholder stands, which no counter may collect.
 */
export function feesInForce(fees: readonly Fee[], asked: { procedureCode: string; localityCode: string; on: Day }): Fee[] {
  const valid = fees.filter((fee) => fee.procedureCode === asked.procedureCode && isInForce(fee, asked.on));
  const own = valid.filter((fee) => fee.localityCode === asked.localityCode);
  const isReplaced = ({ kind }: Fee): boolean => own.some((fee) => fee.kind === kind && fee.rule.type !== 'by_provincial_council');
  const isWanted = (fee: Fee): boolean =>
    fee.localityCode === 'province' ? !isReplaced(fee) : ['national', asked.localityCode].includes(fee.localityCode);
  return valid.filter(isWanted);
}
