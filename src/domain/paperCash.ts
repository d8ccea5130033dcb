// The cash book (sổ quỹ tiền mặt) as a paper: each counter with what lay there, every movement with the balance after it, and all counters together.
import type { CashBook, CashBookRow, CounterCashBook } from './cashBook';
import { sumOf, zero, type Money } from './money';
import { sumRow, word, type PaperColumn, type PaperMaker, type PaperRow } from './paper';

export const cashColumns: readonly PaperColumn[] = [
  { name: 'place', kind: 'place', width: 4 },
  { name: 'at', kind: 'moment', width: 13 },
  { name: 'counter', kind: 'text', width: 13 },
  { name: 'movement', kind: 'text', width: 18 },
  { name: 'dossier', kind: 'text', width: 18 },
  { name: 'cashIn', kind: 'amount', width: 11 },
  { name: 'cashOut', kind: 'amount', width: 11 },
  { name: 'balance', kind: 'amount', width: 12 },
  { name: 'by', kind: 'text', width: 12 },
];

export function cashBookPaper(nameOf: (signature: string) => string): PaperMaker<CashBook> {
  let place = 0;
  let total: Money = zero;
  const movementRow = (
    counter: string,
    { kind, at, amount, balance, by, dossierCode, reference, shiftNumber, obligationId }: CashBookRow,
  ): PaperRow => ({
    section: 'movements',
    cells: [
      ++place,
      at,
      counter,
      word(`cash_${kind}`),
      dossierCode ?? reference ?? (shiftNumber === undefined ? '' : `ca ${shiftNumber}`),
      amount.isPositive() ? amount : undefined,
      amount.isPositive() ? undefined : zero.minus(amount),
      balance,
      nameOf(by),
    ],
    ...(obligationId ? { href: `/obligations/${obligationId}` } : {}),
  });
  const counterRows = ({ counterName, opening, rows, closing }: CounterCashBook): PaperRow[] => {
    if (rows.length === 0 && opening.isZero()) return [];
    const { cashIn, cashOut } = turnover(rows);
    return [
      sumRow('movements', cashColumns, { counter: counterName, movement: word('sum_opening'), balance: opening }),
      ...rows.map((row) => movementRow(counterName, row)),
      sumRow('movements', cashColumns, { counter: counterName, movement: word('sum_closing'), cashIn, cashOut, balance: closing }),
    ];
  };
  let last: PaperRow[] = [];
  return {
    rowsOf: (books) =>
      books.flatMap((book) => {
        total = book.total.closing;
        const { cashIn, cashOut } = turnover(book.counters.flatMap(({ rows }) => rows));
        last = [
          sumRow('sums', cashColumns, { movement: word('sum_opening'), balance: book.total.opening }),
          sumRow('sums', cashColumns, { movement: word('sum_total'), cashIn, cashOut, balance: book.total.closing }),
        ];
        return book.counters.flatMap(counterRows);
      }),
    end: () => ({ rows: last, foot: { total, rowCount: place } }),
  };
}

const turnover = (rows: readonly { amount: Money }[]): { cashIn: Money; cashOut: Money } => ({
  cashIn: sumOf(rows.map(({ amount }) => (amount.isPositive() ? amount : zero))),
  cashOut: sumOf(rows.map(({ amount }) => (amount.isPositive() ? zero : zero.minus(amount)))),
});
