// Prices the fees of a procedure by law: for an obligation, for a preview at the counter, for the public estimate.
import type { ReadTables } from '../context';
import { chargeable, isRefusal, type Channel, type Fee, type FeeRefusal } from '../domain/fee';
import { unsetSentence } from '../domain/feeAuthority';
import { isEvidenceReference } from '../domain/evidence';
import type { FeeInputs } from '../domain/feeInputs';
import { knowsPreference, type PreferenceClaim } from '../domain/feePreference';
import { priceFee, type PricedFee } from '../domain/feePrice';
import { feesInForce } from '../domain/feeSchedule';
import type { Day } from '../domain/time';
import { Problem, type ProblemCode } from '../problems';

export interface FeeRequest extends FeeInputs {
  feeId: string;
}

export interface FeeQuestion {
  procedureCode: string;
  localityCode: string;
  channel: Channel;
  on: Day;
  /** Without it: every fee in force for the procedure that is due on filing. */
  fees?: readonly FeeRequest[];
  preference?: PreferenceClaim;
}

/** The lines of an obligation. Throws a Problem that names what is unknown, unset, missing or out of range. */
export async function priceFees(tables: Pick<ReadTables, 'procedures'>, question: FeeQuestion): Promise<PricedFee[]> {
  const { procedureCode, preference } = question;
  if (!(await tables.procedures.find(procedureCode))) throw new Problem('procedure_unknown', procedureCode);
  const inForce = feesInForce(await tables.procedures.listFees(procedureCode), question);
  const requests = question.fees ?? inForce.filter(isDueOnFiling).map((fee) => ({ feeId: fee.id }));
  if (requests.length === 0) throw new Problem('fees_missing', procedureCode);
  if (new Set(requests.map((fee) => fee.feeId)).size < requests.length) throw new Problem('fee_twice');
  const asked = requests.map((request) => ({ request, fee: feeAmong(inForce, request.feeId) }));
  if (preference && !asked.some(({ fee }) => knowsPreference(fee, preference.code)))
    throw new Problem('preference_invalid', preference.code);
  if (preference && preference.evidence.trim() !== '' && !isEvidenceReference(preference.evidence)) throw new Problem(...wordsInEvidence);
  return asked.map(({ request, fee }, position) => priceOne(fee, request, question, position));
}

function priceOne(fee: Fee, { feeId: _, ...inputs }: FeeRequest, question: FeeQuestion, position: number): PricedFee {
  const { channel, on, localityCode, preference } = question;
  const claim = preference && knowsPreference(fee, preference.code) ? { preference } : {};
  const priced = priceFee(fee, inputs, { channel, on, localityCode, ...claim });
  if (isRefusal(priced)) throw refusalOf(priced, position, unsetSentence(fee, priced.refused, localityCode));
  return priced;
}

function feeAmong(inForce: readonly Fee[], feeId: string): Fee {
  const fee = inForce.find((known) => known.id === feeId);
  if (!fee) throw new Problem('fee_unknown', feeId);
  return fee;
}

/** A fee that no council has set yet must stop the issue, not be left out in silence; a tax by notice is not ours to ask for. */
function isDueOnFiling(fee: Fee): boolean {
  const answer = chargeable(fee);
  return fee.collectWhen === 'khi_nop_ho_so' && (answer.ok || answer.why !== 'tax_by_notice');
}

const wordsInEvidence = [
  'preference_invalid',
  'Giấy tờ chứng minh: chỉ ghi số, ký hiệu bằng số, ví dụ 12/2026.',
  [{ path: 'preference.evidence', message: 'preference_evidence_words: only the number of the paper, such as 12/2026' }],
] as const;

const refusalProblems: Record<FeeRefusal['refused'], ProblemCode> = {
  not_set_by_council: 'fee_not_set',
  amount_unknown: 'fee_amount_unknown',
  tax_by_notice: 'fee_by_notice',
  not_in_force: 'fee_unknown',
  input_missing: 'fee_input_invalid',
  input_unknown: 'fee_input_invalid',
  input_out_of_range: 'fee_input_invalid',
  case_unknown: 'fee_input_invalid',
  preference_unknown: 'preference_invalid',
  preference_not_applicable: 'preference_invalid',
  preference_evidence_missing: 'preference_invalid',
  preference_by_own_document: 'preference_invalid',
};

/** The refusal of a fee as a problem that names the input at its place in the request, or who must set the amount first. */
function refusalOf(refusal: FeeRefusal, position: number, unset: string | undefined): Problem {
  const path = refusal.input?.startsWith('preference') ? refusal.input : `fees.${position}.${refusal.input ?? 'feeId'}`;
  const allowed = refusal.allowed ? `: ${refusal.allowed.join(', ')}` : '';
  return new Problem(refusalProblems[refusal.refused], unset ?? refusal.feeId, [{ path, message: `${refusal.refused}${allowed}` }]);
}
