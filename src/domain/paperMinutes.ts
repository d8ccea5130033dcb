// The reconciliation minutes (biên bản đối soát): what two persons sign of a day, or would sign, as a paper.
import { movedSums, type ClosedSum, type DayClose, type DayCloseContent } from './dayClose';
import { vnd, type Money } from './money';
import { sumRow, word, type PaperCell, type PaperColumn, type PaperFrame, type PaperMaker, type PaperRow } from './paper';

export const minutesColumns: readonly PaperColumn[] = [
  { name: 'place', kind: 'place', width: 5 },
  { name: 'matter', kind: 'text', width: 29 },
  { name: 'count', kind: 'count', width: 7 },
  { name: 'amount', kind: 'amount', width: 14 },
  { name: 'reason', kind: 'text', width: 27 },
  { name: 'by', kind: 'text', width: 12 },
  { name: 'due', kind: 'day', width: 9 },
];

const books = ['owed', 'paid', 'received', 'banked', 'left', 'receipted', 'remitted', 'refunded', 'apart', 'unapplied'] as const;

type MinutesFacts = Pick<PaperFrame, 'facts' | 'isDraft'>;

/** What stands above: the account, the balances, and the number and hash once it is closed. */
export function minutesFacts(content: DayCloseContent, close: DayClose | undefined, nameOf: (signature: string) => string): MinutesFacts {
  const { account, day, bank, statements, balanceGap } = content;
  const amount = (name: string, value: number | undefined) =>
    value === undefined ? [] : [{ name, value: String(value), kind: 'amount' as const }];
  return {
    isDraft: close === undefined,
    facts: [
      { name: 'day', value: day, kind: 'day' },
      { name: 'account', value: `${account.number} · ${account.name}`, kind: 'text' },
      ...amount('opening', bank.opening),
      ...amount('closing', bank.closing),
      ...amount('gap', balanceGap?.amount),
      ...(balanceGap ? [{ name: 'gapReason', value: `${balanceGap.reason} (${nameOf(balanceGap.by)})`, kind: 'text' as const }] : []),
      { name: 'statements', value: statements.map(({ name }) => name).join(', ') || '–', kind: 'text' },
      ...(close
        ? ([
            { name: 'closeNumber', value: String(close.number), kind: 'text' },
            { name: 'closeHash', value: close.hash, kind: 'text' },
            { name: 'preparedBy', value: nameOf(close.preparedBy), kind: 'text' },
            { name: 'closedBy', value: nameOf(close.closedBy), kind: 'text' },
            { name: 'closedAt', value: close.closedAt, kind: 'moment' },
          ] as const)
        : []),
    ],
  };
}

/** All of it comes from what is signed, so that minutes that are printed again say the same. Its total is what the bank credited. */
export function minutes(nameOf: (signature: string) => string): PaperMaker<DayCloseContent> {
  let total: Money = vnd(0);
  let rowCount = 0;
  const sums = (section: string, name: (key: string) => string, given: readonly (readonly [string, ClosedSum])[]): PaperRow[] =>
    given.map(([key, { count, amount }], place) => row(section, place + 1, { matter: word(name(key)), count, amount: vnd(amount) }));
  const rowsOf = (content: DayCloseContent): PaperRow[] => {
    const { bank, ours, differences, carried, expected, bookedFromBefore } = content;
    total = total.plus(vnd(bank.in.amount));
    const movements: [string, ClosedSum][] = [
      ['bank_in', bank.in],
      ['bank_out', bank.out],
      ['ours_in', ours.in],
      ['ours_out', ours.out],
    ];
    const named = books.flatMap((name): [string, ClosedSum][] => (content.books[name] ? [[name, content.books[name]]] : []));
    const made = [
      ...sums('movements', (key) => `movement_${key}`, movements),
      ...sums('books', (key) => `book_${key}`, named),
      ...sums('differences', (key) => `class_${key}`, Object.entries(differences)),
      ...carried.map((one, place) =>
        row('carried', place + 1, {
          matter: word(`class_${one.kind}`),
          count: 1,
          amount: vnd(one.amount),
          reason: one.reason,
          by: nameOf(one.by),
          due: one.dueOn,
        }),
      ),
      ...correctionRows(content),
      ...expected.map(({ direction, amount, expectedOn }, place) =>
        row('expected', place + 1, { matter: word(`movement_late_${direction}`), count: 1, amount: vnd(amount), due: expectedOn }),
      ),
      ...bookedFromBefore.map(({ direction, amount }, place) =>
        row('booked_before', place + 1, { matter: word(`movement_late_${direction}`), count: 1, amount: vnd(amount) }),
      ),
    ];
    rowCount += made.filter(({ isSum }) => !isSum).length;
    return made;
  };
  return {
    rowsOf: (contents) => contents.flatMap(rowsOf),
    end: () => ({ rows: [sumRow('sums', minutesColumns, { matter: word('sum_banked'), amount: total })], foot: { total, rowCount } }),
  };
}

const row = (section: string, place: number, cells: Partial<Record<string, PaperCell>>): PaperRow => ({
  section,
  cells: minutesColumns.map(({ name }) => (name === 'place' ? place : cells[name])),
});

/** What came to light of closed days, what was decided of them, and by how much that moved what was signed. */
function correctionRows({ corrections: { lines, transactions, decisions = [] } }: DayCloseContent): PaperRow[] {
  const back = (number: number, day: string, subject?: string) => ({
    reason: [`Khóa sổ số ${number}`, ...(subject ? [subject] : [])].join(' · '),
    due: day,
  });
  const late = [...lines, ...transactions].map(([, direction, amount, day, number]) => ({
    ...back(number, day),
    matter: word(`movement_late_${direction}`),
    amount: vnd(amount),
  }));
  const decided = decisions.map(([, act, amount, day, number, subject, purpose]) => ({
    ...back(number, day, subject),
    matter: word(`decided_${act}`, ...(purpose ? [`purpose_${purpose}`] : [])),
    amount: vnd(amount),
  }));
  return [
    ...[...late, ...decided].map((cells, place) => row('corrections', place + 1, { ...cells, count: 1 })),
    ...movedSums(decisions).map(({ book, day, close, count, amount }) =>
      sumRow('corrections', minutesColumns, { ...back(close, day), matter: word('sum_moved', `book_${book}`), count, amount: vnd(amount) }),
    ),
  ];
}
