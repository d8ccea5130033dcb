// The suspense list (bảng kê tiền chưa xác định): every credit of which some đồng had no home when the day ended.
import { zero, type Money } from './money';
import { sumRow, word, type PaperColumn, type PaperMaker } from './paper';
import { dayOf, type Day, type Instant } from './time';

export interface SuspenseFact {
  transactionId: string;
  accountNumber: string;
  bankTime: Instant;
  bankReference?: string;
  content: string;
  payerName?: string;
  amount: Money;
  /** Of it, without a home at the end of the day. */
  homeless: Money;
  why?: string;
}

export const suspenseColumns: readonly PaperColumn[] = [
  { name: 'place', kind: 'place', width: 5 },
  { name: 'bankTime', kind: 'moment', width: 11 },
  { name: 'account', kind: 'text', width: 11 },
  { name: 'bankReference', kind: 'text', width: 13 },
  { name: 'content', kind: 'text', width: 21 },
  { name: 'payer', kind: 'text', width: 13 },
  { name: 'credited', kind: 'amount', width: 10 },
  { name: 'homeless', kind: 'amount', width: 10 },
  { name: 'why', kind: 'text', width: 13 },
  { name: 'waits', kind: 'count', width: 5 },
];

/** Its total is what the books hold as unapplied at the end of that day. */
export function suspenseList(on: Day): PaperMaker<SuspenseFact> {
  let place = 0;
  let [credited, homeless] = [zero, zero];
  return {
    rowsOf: (facts) =>
      facts.map((fact) => {
        credited = credited.plus(fact.amount);
        homeless = homeless.plus(fact.homeless);
        return {
          section: 'suspense',
          cells: [
            ++place,
            fact.bankTime,
            fact.accountNumber,
            fact.bankReference,
            fact.content,
            fact.payerName,
            fact.amount,
            fact.homeless,
            fact.why ? word(`why_${fact.why}`) : '',
            daysBetween(dayOf(fact.bankTime), on),
          ],
          href: `/transactions/${fact.transactionId}`,
        };
      }),
    end: () => ({
      rows: [sumRow('sums', suspenseColumns, { content: word('sum_homeless'), credited, homeless })],
      foot: { total: homeless, rowCount: place },
    }),
  };
}

const dayMs = 86_400_000;
const daysBetween = (from: Day, to: Day): number => Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / dayMs));
