// The cash book (sổ quỹ): every đồng that came into the drawers of an agency's counters on a day and went out of them, with the balance.
import { sumOf, zero, type Money } from './money';
import type { Day, Instant } from './time';

export const cashMovementKinds = ['float', 'taking', 'return', 'deposit', 'deposit_withdrawn', 'difference'] as const;
export type CashMovementKind = (typeof cashMovementKinds)[number];

/** One movement of cash at one counter; `amount` is over 0 where it came in and under 0 where it went out. */
export interface CashMovement {
  kind: CashMovementKind;
  counterId: string;
  at: Instant;
  amount: Money;
  by: string;
  /** The shift, the obligation, the deposit that it belongs to. */
  shiftNumber?: number;
  obligationId?: string;
  reference?: string;
  dossierCode?: string;
  subjectId: string;
}

export interface CashBookRow extends CashMovement {
  balance: Money;
}

export interface CounterCashBook {
  counterId: string;
  counterName: string;
  opening: Money;
  rows: readonly CashBookRow[];
  /** By kind, signed; kinds that did not happen are 0. */
  sums: Readonly<Record<CashMovementKind, Money>>;
  closing: Money;
}

export interface CashBook {
  agencyCode: string;
  day: Day;
  counters: readonly CounterCashBook[];
  total: Omit<CounterCashBook, 'counterId' | 'counterName' | 'rows'>;
}

interface Asked {
  agencyCode: string;
  day: Day;
  counters: readonly { id: string; name: string }[];
  /** What lay at each counter before the day; none where nothing ever did. */
  openings: ReadonlyMap<string, Money>;
  /** Of the day. */
  movements: readonly CashMovement[];
}

/** The book of one agency and day: counter by counter, and in all. Counters without cash are listed with 0. */
export function cashBookOf({ agencyCode, day, counters, openings, movements }: Asked): CashBook {
  const books = counters.map(({ id, name }) =>
    counterBook(
      { counterId: id, counterName: name, opening: openings.get(id) ?? zero },
      movements.filter(({ counterId }) => counterId === id),
    ),
  );
  const total = {
    opening: sumOf(books.map(({ opening }) => opening)),
    sums: sumsOf(movements),
    closing: sumOf(books.map(({ closing }) => closing)),
  };
  return { agencyCode, day, counters: books, total };
}

function counterBook(
  counter: Pick<CounterCashBook, 'counterId' | 'counterName' | 'opening'>,
  movements: readonly CashMovement[],
): CounterCashBook {
  let balance = counter.opening;
  const rows = [...movements].sort(byTime).map((movement) => {
    balance = balance.plus(movement.amount);
    return { ...movement, balance };
  });
  return { ...counter, rows, sums: sumsOf(rows), closing: balance };
}

const sumsOf = (movements: readonly CashMovement[]): Record<CashMovementKind, Money> => {
  const sum = (kind: CashMovementKind): Money => sumOf(movements.filter((one) => one.kind === kind).map(({ amount }) => amount));
  return {
    float: sum('float'),
    taking: sum('taking'),
    return: sum('return'),
    deposit: sum('deposit'),
    deposit_withdrawn: sum('deposit_withdrawn'),
    difference: sum('difference'),
  };
};

const byTime = (a: CashMovement, b: CashMovement): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : a.subjectId < b.subjectId ? -1 : a.subjectId > b.subjectId ? 1 : 0;
