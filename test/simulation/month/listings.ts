// The bank's lists of a simulated month: what it shows of an account at noon, in the evening and afterwards, in the layout of each bank.
import { addDays, type Day } from '../../../src/domain/time';
import { csvOf, htmlOf, workbookOf, type SampleTable } from '../../statements/files';
import type { Desk } from './desks';
import { isListedBy, orderOf, sumOf, type FirstFile, type Listed, type Movement } from './truth';

/** A file as it is sent, with what it holds. */
export interface BankFile {
  name: string;
  bytes: Uint8Array;
  lines: number;
}

export interface Listing {
  desk: Desk;
  from: Day;
  to: Day;
  /** The last file of the last day whose lines are shown; of the days before all are. */
  file: FirstFile;
  /** Only what happened until then, by the names of that time. */
  untilMs?: number;
  /** Its closing balance is wrong by so much. */
  liesBy?: number;
}

type ListedMovement = Movement & { listed: Listed };

const isListed = (movement: Movement): movement is ListedMovement => movement.listed !== undefined;
const signed = ({ direction, listed }: ListedMovement): number => (direction === 'in' ? listed.amount : -listed.amount);

/** What happened, by account and by the day under which the bank lists it. */
export class BankBook {
  readonly #days = new Map<string, Map<Day, ListedMovement[]>>();

  add(movement: Movement): void {
    if (!isListed(movement)) return;
    const days = this.#days.get(movement.desk.accountId) ?? new Map<Day, ListedMovement[]>();
    this.#days.set(movement.desk.accountId, days);
    const lines = days.get(movement.listed.day);
    if (lines) lines.push(movement);
    else days.set(movement.listed.day, [movement]);
  }

  /** What the desk's bank lists of some days, in the order of its books. */
  linesOf({ desk, from, to, file, untilMs }: Listing): ListedMovement[] {
    return this.#between(desk, from, to)
      .filter((one) => one.listed.day < to || isListedBy(one, file))
      .filter((one) => untilMs === undefined || orderOf(one) <= untilMs)
      .map((one) => ({ one, key: keyOf(one) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ one }) => one);
  }

  /** What the account held when a day began. */
  openingOf(desk: Desk, day: Day): number {
    return desk.opening + sumOf(this.#between(desk, '2000-01-01' as Day, addDays(day, -1)).map(signed));
  }

  #between({ accountId }: Desk, from: Day, to: Day): ListedMovement[] {
    return [...(this.#days.get(accountId) ?? [])].flatMap(([day, lines]) => (day >= from && day <= to ? lines : []));
  }
}

/** By day, then by the time of the bank: what it shows only later stands where it belongs, and moves the balances of what comes after. */
const keyOf = (one: ListedMovement): string =>
  [one.listed.day, String(orderOf(one)).padStart(15, '0'), String(one.number).padStart(9, '0')].join(' ');

interface Layout {
  header: readonly string[];
  /** Which of the texts of a line stands under each header. */
  order: readonly ('day' | 'reference' | 'debit' | 'credit' | 'balance' | 'content')[];
  separator: '.' | ',';
}

const usual = ['day', 'reference', 'debit', 'credit', 'balance', 'content'] as const;
const layouts: Readonly<Record<string, Layout>> = {
  vietcombank: {
    header: ['Ngày giao dịch', 'Số tham chiếu', 'Số tiền ghi nợ', 'Số tiền ghi có', 'Số dư', 'Mô tả'],
    order: usual,
    separator: ',',
  },
  bidv: { header: ['Ngày hiệu lực', 'Số tham chiếu', 'Ghi nợ', 'Ghi có', 'Số dư', 'Mô tả'], order: usual, separator: ',' },
  vietinbank: {
    header: [
      'Ngày hạch toán/Accounting date',
      'Số giao dịch/Transaction number',
      'Nợ/Debit',
      'Có/Credit',
      'Số dư TK/Account balance',
      'Mô tả giao dịch',
    ],
    order: usual,
    separator: ',',
  },
  agribank: {
    header: ['Ngày', 'Số chứng từ', 'Diễn giải', 'Ghi nợ', 'Ghi có', 'Số dư'],
    order: ['day', 'reference', 'content', 'debit', 'credit', 'balance'],
    separator: ',',
  },
  mb: { header: ['Ngày hạch toán', 'Số bút toán', 'Phát sinh nợ', 'Phát sinh có', 'Số dư', 'Nội dung'], order: usual, separator: '.' },
  techcombank: {
    header: [
      'Ngày giao dịch/Transaction Date',
      'Số bút toán/Reference number',
      'Diễn giải/Description',
      'Nợ/Debit',
      'Có/Credit',
      'Số dư/Running balance',
    ],
    order: ['day', 'reference', 'content', 'debit', 'credit', 'balance'],
    separator: ',',
  },
  acb: {
    header: ['Ngày giao dịch', 'Số GD', 'Số tiền rút ra', 'Số tiền gửi vào', 'Số dư', 'Nội dung giao dịch'],
    order: usual,
    separator: '.',
  },
  tpbank: { header: ['Ngày hiệu lực', 'Mã giao dịch', 'Ghi nợ', 'Ghi có', 'Số dư', 'Mô tả giao dịch'], order: usual, separator: ',' },
  sacombank: { header: ['Ngày giao dịch', 'Số chứng từ', 'Tiền rút', 'Tiền gửi', 'Số dư', 'Diễn giải'], order: usual, separator: '.' },
  vib: { header: ['Ngày giao dịch', 'Số chứng từ', 'Ghi nợ', 'Ghi có', 'Số dư', 'Nội dung'], order: usual, separator: ',' },
};

/** The file of a listing, as CSV, as a workbook, or as the page that a bank calls a workbook. */
export function fileOf(book: BankBook, listing: Listing, form: 'csv' | 'xlsx' | 'xls'): BankFile {
  const { desk, from, to, untilMs, liesBy = 0 } = listing;
  const lines = book.linesOf(listing);
  const table = tableOf(listing, book.openingOf(desk, from), lines, { isEarly: untilMs !== undefined, liesBy });
  const name = `${desk.bank}-${desk.accountNumber}-${from}-${to}.${form}`;
  const bytes = form === 'xlsx' ? workbookOf([table]) : Buffer.from(form === 'csv' ? csvOf(table) : htmlOf(table));
  return { name, bytes, lines: lines.length };
}

const inBankForm = (day: string): string => day.split('-').reverse().join('/');

function tableOf(
  { desk, from, to }: Listing,
  opening: number,
  lines: readonly ListedMovement[],
  { isEarly, liesBy }: { isEarly: boolean; liesBy: number },
): SampleTable {
  const layout = layouts[desk.bank] ?? layouts['vietcombank'];
  if (!layout) throw new Error(`no layout of ${desk.bank}`);
  const written = (amount: number): string => String(amount).replace(/\B(?=(\d{3})+$)/g, layout.separator);
  let balance = opening;
  const rows = lines.map((line) => {
    const { direction, listed } = line;
    balance += signed(line);
    const cells = {
      day: inBankForm(listed.day),
      reference: isEarly ? (listed.earlyReference ?? listed.reference) : listed.reference,
      debit: direction === 'out' ? written(listed.amount) : '',
      credit: direction === 'in' ? written(listed.amount) : '',
      balance: written(balance),
      content: isEarly ? (listed.earlyContent ?? listed.content) : listed.content,
    };
    return layout.order.map((column) => cells[column]);
  });
  return [
    ['SAO KÊ TÀI KHOẢN'],
    [`Từ ngày: ${inBankForm(from)} Đến ngày: ${inBankForm(to)}`],
    [`Số tài khoản: ${desk.accountNumber}`],
    [`Số dư đầu kỳ: ${written(opening)}`],
    layout.header,
    ...rows,
    [`Số dư cuối kỳ: ${written(balance + liesBy)}`],
  ];
}
