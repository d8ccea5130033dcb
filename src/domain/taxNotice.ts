// Tax notices: what the tax authority says is owed, to which account of the State Treasury and until when. We never compute any of it.
import { isByNotice, type Fee } from './fee';
import { inDong } from './feeWords';
import type { Money } from './money';
import { isSettled, type BareObligation, type TaxItem } from './obligation';
import type { Day } from './time';
import { foldToAscii } from './vietqr';

/** A notice as it stands; its amount is what its obligation owes. */
export interface TaxNotice {
  /** The obligation that it became: one notice, one obligation. */
  obligationId: string;
  number: string;
  /** 1; one more for each time that it was recorded wrongly and withdrawn. */
  occurrence: number;
  /** The tax authority that signed it. */
  issuer: string;
  issuedOn: Day;
  /** Personal data: on our screens and in answers to systems with a key, never in a code, an address, an event or the log. */
  taxpayerName: string;
  /** Mã chương, three digits: 757 for households and individuals. */
  chapter: string;
  /** Tiểu mục, four digits. */
  subItem: string;
  /** Hạn nộp, included. What is added after it is the tax authority's to say. */
  dueOn: Day;
  /** The account of the State Treasury. */
  accountId: string;
  /** Mã cơ quan thu. */
  revenueBody?: string;
  /** Số hiệu Kho bạc (SHKB). */
  treasuryCode?: string;
  /** The obligation of the notice that this one replaces. */
  replacesId?: string;
}

export const chapterPattern = /^\d{3}$/;
export const subItemPattern = /^\d{4}$/;
/** As a VietQR code carries it. */
export const accountNumberPattern = /^[0-9A-Za-z]{1,19}$/;
/** The Treasury's own accounts are numbers; fewer digits are a type of account (7111) and no account. */
export const treasuryNumberPattern = /^\d{6,19}$/;

interface KnownTax {
  name: string;
  /** The procedure under which the schedule names it. */
  procedureCode?: string;
}

/** The taxes that one-stop counters meet; a notice may name any other sub-item (Circular 324/2016/TT-BTC lists them). */
const knownTaxes: Readonly<Record<string, KnownTax>> = {
  '1006': { name: 'Thuế thu nhập cá nhân từ chuyển nhượng bất động sản', procedureCode: '1.012787' },
  '2801': { name: 'Lệ phí trước bạ nhà, đất', procedureCode: '1.007277' },
  '2802': { name: 'Lệ phí trước bạ ô tô' },
};

export const knownSubItems: readonly string[] = Object.keys(knownTaxes);

export const taxName = (subItem: string): string => knownTaxes[subItem]?.name ?? `Khoản nộp ngân sách theo tiểu mục ${subItem}`;

/** Procedures in whose fees a row for this tax may stand. */
export const proceduresOfTax = (subItem: string, ownProcedureCode: string): string[] => [
  ...new Set([ownProcedureCode, knownTaxes[subItem]?.procedureCode ?? ownProcedureCode]),
];

/** The row of the schedule for this tax: of its sub-item, or, where the row names none, of its name. */
export const feeOfTax = (fees: readonly Fee[], subItem: string): Fee | undefined =>
  fees.filter(isByNotice).find(({ budgetSubItem, name }) => (budgetSubItem ? budgetSubItem === subItem : name === taxName(subItem)));

/** The one line of a notice's obligation; `fee` is its row in the schedule, where there is one, for its name and legal basis alone. */
export function taxItemOf(
  notice: Pick<TaxNotice, 'number' | 'issuer' | 'issuedOn' | 'chapter' | 'subItem'>,
  amount: Money,
  fee?: Fee,
): TaxItem {
  const { number, issuer, chapter, subItem } = notice;
  const source = `Thông báo số ${number} ngày ${notice.issuedOn.split('-').reverse().join('/')} của ${issuer}`;
  return {
    feeId: fee?.id ?? `thue.${subItem}`,
    name: fee?.name ?? taxName(subItem),
    kind: 'thue',
    chapter,
    subItem,
    quantity: 1,
    unitAmount: amount,
    grossAmount: amount,
    amount,
    legalBasis: [...(fee?.legalBasis ?? []), source],
    trace: [`${source}: ${inDong(amount)}, chương ${chapter}, tiểu mục ${subItem}`],
  };
}

/** The same notice typed twice has the same identity, however it was spaced, capitalised or marked. */
export const noticeIdentityOf = ({ number, issuer }: Pick<TaxNotice, 'number' | 'issuer'>): string =>
  `${noticeNumberKey(number)} ${foldToAscii(issuer)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')}`;

export const noticeNumberKey = (number: string): string => foldToAscii(number).toUpperCase().replace(/\s/g, '');

/** Whether two writings name one account holder. */
export const isSameHolder = (one: string, other: string): boolean => holderKey(one) === holderKey(other);

const holderKey = (name: string): string =>
  foldToAscii(name)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');

/** Past its due date and not paid in full. We add nothing: late-payment interest comes with a notice of its own. */
export const isOverdue = (
  { dueOn }: Pick<TaxNotice, 'dueOn'>,
  obligation: Pick<BareObligation, 'due' | 'paid' | 'cancelled'>,
  today: Day,
): boolean => today > dueOn && !isSettled(obligation);
