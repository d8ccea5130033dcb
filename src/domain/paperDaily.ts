// The daily list (bảng kê thu phí, lệ phí): every receipt of the days with its fee, its way of payment and its officer, less those that stopped to stand.
import { zero, type Money } from './money';
import { sumRow, word, type PaperColumn, type PaperMaker, type PaperRow } from './paper';
import type { ReceiptContent, ReceiptMethod } from './receipt';
import { receiptMethodKinds } from './receipt';
import { receiptNameOf } from './receiptName';
import { takenOff, type SummaryExit } from './receiptSummary';
import type { Day } from './time';

/** A receipt that was issued, or one that stopped to stand. */
export type DailyFact =
  { receipt: ReceiptContent; day: Day; bankReferences: readonly string[]; officers: readonly string[] } | { exit: SummaryExit };

export const dailyColumns: readonly PaperColumn[] = [
  { name: 'place', kind: 'place', width: 5 },
  { name: 'receipt', kind: 'text', width: 12 },
  { name: 'day', kind: 'day', width: 8 },
  { name: 'dossier', kind: 'text', width: 17 },
  { name: 'fee', kind: 'text', width: 21 },
  { name: 'kind', kind: 'text', width: 6 },
  { name: 'amount', kind: 'amount', width: 10 },
  { name: 'method', kind: 'text', width: 9 },
  { name: 'bankReference', kind: 'text', width: 13 },
  { name: 'officer', kind: 'text', width: 11 },
];

/** Its total is that of 01/TH-BLĐT for the same days and units. */
export function dailyList(): PaperMaker<DailyFact> {
  let place = 0;
  let [phi, lePhi, gone] = [zero, zero, zero];
  const byMethod: Record<ReceiptMethod, Money> = { transfer: zero, online: zero, cash: zero };
  const add = ({ kind, total, method }: ReceiptContent): void => {
    if (kind === 'phi') phi = phi.plus(total);
    else lePhi = lePhi.plus(total);
    byMethod[method] = byMethod[method].plus(total);
  };
  const rowOf = (fact: DailyFact): PaperRow => {
    place++;
    if ('exit' in fact) {
      const amount = takenOff(fact.exit);
      gone = gone.plus(amount);
      return exitRow(place, fact.exit, zero.minus(amount));
    }
    add(fact.receipt);
    return receiptRow(place, fact);
  };
  return {
    rowsOf: (facts) => facts.map(rowOf),
    end: () => {
      const total = phi.plus(lePhi).minus(gone);
      const sum = (name: string, amount: Money): PaperRow => sumRow('sums', dailyColumns, { fee: word(name), amount });
      const rows = [
        sum('sum_phi', phi),
        sum('sum_le_phi', lePhi),
        ...receiptMethodKinds.map((method) => sum(`sum_${method}`, byMethod[method])),
        sum('sum_exits', zero.minus(gone)),
        sum('sum_total', total),
      ];
      return { rows, foot: { total, rowCount: place } };
    },
  };
}

function receiptRow(place: number, { receipt, day, bankReferences, officers }: Extract<DailyFact, { receipt: unknown }>): PaperRow {
  const { dossierCode, lines, kind, total, method, methods = [method] } = receipt;
  const name = receiptNameOf(receipt);
  const fees = lines.map((line) => (line.quantity === 1 ? line.name : `${line.name} × ${line.quantity}`)).join('; ');
  const ways = word(...methods.map((way) => `method_${way}`));
  return {
    section: 'issued',
    cells: [place, name, day, dossierCode, fees, word(`kind_${kind}`), total, ways, bankReferences.join(', '), officers.join(', ')],
    href: `/receipts/${name}`,
  };
}

function exitRow(place: number, { on, receipt, replacedBy, ground }: SummaryExit, amount: Money): PaperRow {
  const name = receiptNameOf(receipt);
  const why = word(`ground_${ground}`, ...(replacedBy ? ['replaced_by'] : []));
  return {
    section: 'exits',
    cells: [place, name, on, '', why, word(`kind_${receipt.kind}`), amount, '', replacedBy ? receiptNameOf(replacedBy) : '', ''],
    href: `/receipts/${name}`,
  };
}
