// The same-day summary of receipts (bảng tổng hợp 01/TH-BLĐT) as a paper: runs of numbers, what stopped to stand, and what the day makes.
import { zero, type Money } from './money';
import { sumRow, word, type PaperColumn, type PaperMaker } from './paper';
import { receiptTemplate } from './receipt';
import { receiptNameOf } from './receiptName';
import { netOf, takenOff, type KindSummary, type SummaryExit, type SummaryRun } from './receiptSummary';
import { numberText } from './receiptSymbol';

export interface ReceiptSummaryFacts {
  runs: readonly SummaryRun[];
  exits: readonly SummaryExit[];
  kinds: readonly KindSummary[];
  unitName: (agencyCode: string) => string;
}

export const receiptSummaryColumns: readonly PaperColumn[] = [
  { name: 'place', kind: 'place', width: 5 },
  { name: 'template', kind: 'text', width: 8 },
  { name: 'symbol', kind: 'text', width: 8 },
  { name: 'kind', kind: 'text', width: 8 },
  { name: 'fromNumber', kind: 'text', width: 10 },
  { name: 'toNumber', kind: 'text', width: 10 },
  { name: 'count', kind: 'count', width: 7 },
  { name: 'amount', kind: 'amount', width: 13 },
  { name: 'unit', kind: 'text', width: 22 },
  { name: 'state', kind: 'text', width: 16 },
];

export function receiptSummaryPaper(): PaperMaker<ReceiptSummaryFacts> {
  let total: Money = zero;
  let place = 0;
  const kinds: KindSummary[] = [];
  return {
    rowsOf: (given) =>
      given.flatMap((facts) => {
        kinds.push(...facts.kinds);
        total = total.plus(netOf(facts.kinds));
        return [
          ...facts.runs.map((run) => ({
            section: 'issued',
            cells: [
              ++place,
              receiptTemplate,
              run.symbol,
              word(`kind_${run.kind}`),
              numberText(run.firstNumber),
              numberText(run.lastNumber),
              run.count,
              run.total,
              facts.unitName(run.agencyCode),
              word('state_issued'),
            ],
            href: `/receipts/${receiptNameOf({ symbol: run.symbol, number: run.firstNumber })}`,
          })),
          ...facts.exits.map((exit) => exitRow(++place, exit, facts)),
        ];
      }),
    end: () => {
      const rows = kinds.map(({ kind, count, net }) =>
        sumRow('sums', receiptSummaryColumns, { kind: word(`kind_${kind}`), count, amount: net, unit: word('sum_net') }),
      );
      const whole = sumRow('sums', receiptSummaryColumns, {
        count: kinds.reduce((sum, { count }) => sum + count, 0),
        amount: total,
        unit: word('sum_total'),
      });
      return { rows: [...rows, whole], foot: { total, rowCount: place } };
    },
  };
}

const exitRow = (place: number, exit: SummaryExit, { unitName }: ReceiptSummaryFacts) => ({
  section: 'exits',
  cells: [
    place,
    receiptTemplate,
    exit.receipt.symbol,
    word(`kind_${exit.receipt.kind}`),
    numberText(exit.receipt.number),
    numberText(exit.receipt.number),
    1,
    zero.minus(takenOff(exit)),
    unitName(exit.receipt.agencyCode),
    word(`ground_${exit.ground}`, ...(exit.isOutAlready ? ['out_already'] : [])),
  ],
  href: `/receipts/${receiptNameOf(exit.receipt)}`,
});
