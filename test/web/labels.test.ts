// The words on screens: each key is said once, in both languages.
import { cashLabels } from '../../src/web/cashLabels';
import { counterLabels } from '../../src/web/counterLabels';
import { dayCloseLabels } from '../../src/web/dayCloseLabels';
import { dayLabels } from '../../src/web/dayLabels';
import { dispositionLabels } from '../../src/web/dispositionLabels';
import { feeDeskLabels } from '../../src/web/feeDeskLabels';
import { feeImportLabels } from '../../src/web/feeImportLabels';
import { obligationLabels } from '../../src/web/obligationLabels';
import { officeLabels } from '../../src/web/officeLabels';
import { pretendBankLabels } from '../../src/web/pretendBankLabels';
import { proofLabels } from '../../src/web/proofLabels';
import { ratioLabels } from '../../src/web/ratioLabels';
import { receiptLabels } from '../../src/web/receiptLabels';
import { remittanceLabels } from '../../src/web/remittanceLabels';
import { rulesLabels } from '../../src/web/rulesLabels';
import { settlementLabels } from '../../src/web/settlementLabels';
import { sourceLabels } from '../../src/web/sourceLabels';
import { taxLabels } from '../../src/web/taxLabels';
import { transactionLabels } from '../../src/web/transactionLabels';
import { unmatchedLabels } from '../../src/web/unmatchedLabels';

const lists = [
  cashLabels,
  counterLabels,
  dayCloseLabels,
  dayLabels,
  dispositionLabels,
  feeDeskLabels,
  feeImportLabels,
  obligationLabels,
  officeLabels,
  pretendBankLabels,
  proofLabels,
  ratioLabels,
  receiptLabels,
  remittanceLabels,
  rulesLabels,
  settlementLabels,
  sourceLabels,
  taxLabels,
  transactionLabels,
  unmatchedLabels,
];

describe('The words on screens', () => {
  it('have no key that two lists say differently', () => {
    const keys = lists.flatMap((list) => Object.keys(list));
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
  });

  it('are never empty in either language', () => {
    const words = lists.flatMap((list) => Object.entries<readonly string[]>(list));
    expect(words.length).toBeGreaterThan(200);
    expect(words.filter(([, [vi, en]]) => !vi?.trim() || !en?.trim())).toEqual([]);
  });

  it('hold no Vietnamese in English but a term in brackets, the name of a law or of the language', () => {
    const vietnamese = /(?<!\()\b[\p{L}]*[ăâđêôơưạảấầẩậắặẹẻếềệịọỏốồộớờợụủứừựỳ][\p{L}]*/iu;
    const known = /\((lệ )?phí\)|NĐ-CP|TH-BLĐT/gu;
    const words = lists.flatMap((list) => Object.entries<readonly string[]>(list));
    expect(words.filter(([, [, en = '']]) => vietnamese.test(en.replaceAll(known, '')))).toEqual([]);
  });
});
