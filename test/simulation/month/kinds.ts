// The kinds of payments of a simulated month: what moves, what we are told of it, what the bank lists, and which difference must come of it.
import { addDays, startOfDay, type Day } from '../../../src/domain/time';
import type { Desk } from './desks';
import { leastSale } from './gateway';
import type { Planned } from './movements';
import type { Debt, Expectation, Movement, PaidBeside } from './truth';
import { lineName, listedName, toldName } from './truth';

/** One citizen on one day. */
export interface Visit {
  desk: Desk;
  day: Day;
  atMs: number;
  debt: Debt;
  /** Whose account is not the one of the obligation. */
  otherDesk: Desk;
  /** An amount that nobody else pays. */
  oddAmount(): number;
  /** A sound payment reference that was never given out. */
  foreignReference(): string;
  move(planned: Planned): Movement;
  /** Not by a transfer. */
  payBeside(way: PaidBeside['way']): void;
  expect(expected: Omit<Expectation, 'desk' | 'day' | 'debt'> & { day?: Day }): void;
}

export interface Kind {
  make(visit: Visit): void;
  /** When it happens: on the whole day, unless it is said. */
  part?: 'dawn' | 'morning' | 'evening';
  isWithQr?: boolean;
  isWithoutCollector?: boolean;
  /** The obligation is cancelled before it is paid. */
  isCancelled?: boolean;
  /** Something of it comes to light on the day after, which must be one of the month. */
  needsNextDay?: boolean;
}

const wordless = 'chuyen tien';
const blocking = { isBlocking: true } as const;
const harmless = { isBlocking: false, work: 'none' } as const;

const hourMs = 3_600_000;

/** How people usually pay, and how many of them so. */
const usual = {
  told: { make: ({ move }) => void move({}) },
  in_cash: { make: ({ payBeside }) => payBeside('in_cash') },
  at_gateway: { make: ({ payBeside, move, debt }) => void (debt.due < leastSale ? move({}) : payBeside('at_gateway')) },
} satisfies Record<string, Kind>;
export const usualShares: Readonly<Record<keyof typeof usual, number>> = { told: 3, in_cash: 1, at_gateway: 1 };

/** What the bank's list and we do not say alike. */
const ofTheList: Readonly<Record<string, Kind>> = {
  listed_only: {
    make: ({ move, expect, debt }) => {
      const { listed } = move({ telling: 'never' });
      expect({ class: 'paid_not_recorded', name: listedName(must(listed)), amount: debt.due, ...harmless });
    },
  },
  told_after_close: {
    needsNextDay: true,
    make: ({ move, expect, debt }) => {
      const { listed } = move({ telling: 'after_close' });
      expect({ class: 'paid_not_recorded', name: listedName(must(listed)), amount: debt.due, ...harmless });
    },
  },
  line_held: {
    make: ({ move, expect, debt, desk }) => {
      const made = move({ listed: { as: 'held', content: `CK den tu ngan hang khac ${desk.place}`, reference: 'own' } });
      expect({ class: 'paid_not_recorded', name: lineName(must(made.listed)), amount: debt.due, ...blocking, work: 'same' });
      expect({ class: 'recorded_not_at_bank', name: toldName(made), amount: debt.due, ...blocking, work: 'none' });
    },
  },
  not_at_bank: {
    make: ({ move, expect, oddAmount }) => {
      const made = move({ listed: 'nowhere', amount: oddAmount(), content: wordless, gives: 0 });
      expect({ class: 'recorded_not_at_bank', name: toldName(made), amount: made.amount, ...blocking, work: 'not_ours' });
    },
  },
  not_at_bank_paid: {
    make: ({ move, expect, debt }) => {
      const made = move({ listed: 'nowhere' });
      expect({ class: 'recorded_not_at_bank', name: toldName(made), amount: debt.due, ...blocking, work: 'carry' });
    },
  },
  listed_when_asked: {
    make: ({ move, expect, debt }) => {
      const made = move({ listed: { file: 'again' } });
      expect({ class: 'recorded_not_at_bank', name: toldName(made), amount: debt.due, ...blocking, work: 'ask_again' });
    },
  },
  other_amount: {
    make: ({ move, expect, oddAmount }) => {
      const [amount, ofBank] = [oddAmount(), oddAmount()];
      const made = move({ amount, content: wordless, gives: 0, listed: { as: 'own', amount: ofBank } });
      expect({ class: 'amount_differs', name: toldName(made), amount: Math.abs(ofBank - amount), ...blocking, work: 'not_ours' });
    },
  },
  other_amount_paid: {
    make: ({ move, expect, oddAmount, debt }) => {
      const ofBank = oddAmount();
      const made = move({ listed: { as: 'own', amount: ofBank } });
      expect({ class: 'amount_differs', name: toldName(made), amount: Math.abs(ofBank - debt.due), ...blocking, work: 'carry' });
    },
  },
  renumbered: { part: 'morning', make: ({ move }) => void move({ listed: { earlyReference: 'own', reference: 'other' } }) },
  rewritten: { part: 'morning', make: ({ move, debt }) => void move({ listed: { earlyContent: `TU ${debt.reference}` } }) },
  twins: { make: (visit) => void twinsOf(visit, 0) },
  twins_apart: { part: 'morning', make: (visit) => void twinsOf(visit, 9 * hourMs) },
  twin_untold: {
    make: (visit) => {
      const [, { listed }] = twinsOf(visit, 0, 'never');
      visit.expect({ class: 'paid_not_recorded', name: listedName(must(listed)), amount: visit.debt.due / 2, ...harmless });
    },
  },
  other_account: { make: ({ move, otherDesk }) => void move({ desk: otherDesk }) },
};

/** What comes late: in the evening, at night, or once its day is closed. */
const late: Readonly<Record<string, Kind>> = {
  dawn: { part: 'dawn', make: ({ move }) => void move({}) },
  night: { part: 'evening', needsNextDay: true, make: ({ move, day }) => void move({ listed: { day: addDays(day, 1) } }) },
  night_missing: {
    part: 'evening',
    needsNextDay: true,
    make: ({ move, expect, debt, day }) => {
      const name = toldName(move({ listed: 'nowhere' }));
      expect({ class: 'recorded_not_at_bank', name, amount: debt.due, ...blocking, work: 'carry', day: addDays(day, 1) });
    },
  },
  late_told: {
    needsNextDay: true,
    make: ({ move, expect, debt, day }) => {
      const made = move({ telling: 'late', listed: { file: 'after_close' } });
      expect({ class: 'late_after_close', name: toldName(made), amount: debt.due, ...harmless, day: addDays(day, 1) });
    },
  },
  late_listed: {
    needsNextDay: true,
    make: ({ move, expect, debt, day }) => {
      const { listed } = move({ telling: 'never', listed: { file: 'after_close' } });
      expect({ class: 'late_after_close', name: listedName(must(listed)), amount: debt.due, ...harmless, day: addDays(day, 1) });
    },
  },
  late_unknown: {
    needsNextDay: true,
    make: ({ move, expect, oddAmount, day }) => {
      const made = move({ telling: 'never', amount: oddAmount(), content: wordless, gives: 0, listed: { file: 'after_close' } });
      const name = listedName(must(made.listed));
      expect({ class: 'late_after_close', name, amount: made.amount, ...blocking, work: 'not_ours', day: addDays(day, 1) });
    },
  },
};

/** What the money is for is in question. */
const ofMoney: Readonly<Record<string, Kind>> = {
  overpaid: {
    make: ({ move, expect, debt, oddAmount }) => {
      const over = oddAmount();
      const made = move({ amount: debt.due + over });
      expect({ class: 'amount_differs', name: toldName(made), amount: over, ...blocking, work: 'refund' });
    },
  },
  part_paid: {
    make: ({ move, expect, debt }) => {
      const amount = Math.ceil(debt.due / 2);
      move({ amount, gives: amount });
      expect({ class: 'amount_differs', name: `obligation ${debt.id}`, amount: debt.due - amount, ...harmless });
    },
  },
  paid_in_parts: {
    needsNextDay: true,
    part: 'morning',
    make: ({ move, expect, debt, day, atMs }) => {
      const amount = debt.due / 2;
      move({ amount, gives: amount });
      expect({ class: 'amount_differs', name: `obligation ${debt.id}`, amount, ...harmless });
      move({ amount, gives: amount, atMs: atMs + 24 * hourMs, listed: { day: addDays(day, 1) } });
    },
  },
  after_cancel: {
    isCancelled: true,
    make: ({ move, expect, debt }) => {
      const made = move({ gives: 0 });
      expect({ class: 'amount_differs', name: toldName(made), amount: debt.due, ...blocking, work: 'refund' });
    },
  },
  twice: {
    make: ({ move, expect, debt, atMs }) => {
      move({});
      const made = move({ gives: 0, atMs: atMs + 60_000 });
      expect({ class: 'duplicate', name: toldName(made), amount: debt.due, ...blocking, work: 'refund' });
    },
  },
  wiped: {
    make: ({ move, expect, debt }) => {
      const made = move({ content: wordless, gives: 0 });
      expect({ class: 'unknown_content', name: toldName(made), amount: debt.due, ...blocking, work: 'allocate' });
    },
  },
  of_nobody: {
    make: ({ move, expect, oddAmount, foreignReference }) => {
      const made = move({ amount: oddAmount(), content: `${foreignReference()} nop phi`, gives: 0 });
      expect({ class: 'unknown_content', name: toldName(made), amount: made.amount, ...blocking, work: 'not_ours' });
    },
  },
  wiped_listed_only: {
    make: ({ move, expect, oddAmount }) => {
      const made = move({ telling: 'never', amount: oddAmount(), content: wordless, gives: 0 });
      expect({ class: 'unknown_content', name: listedName(must(made.listed)), amount: made.amount, ...blocking, work: 'not_ours' });
    },
  },
  fee_told: {
    make: ({ move, expect, oddAmount }) => {
      const made = move({ direction: 'out', amount: oddAmount(), content: 'PHI QUAN LY TAI KHOAN', gives: 0 });
      expect({ class: 'unknown_content', name: toldName(made), amount: made.amount, ...blocking, work: 'explain' });
    },
  },
  fee_listed_only: {
    make: ({ move, expect, oddAmount }) => {
      const made = move({ telling: 'never', direction: 'out', amount: oddAmount(), content: 'PHI SMS', gives: 0 });
      expect({ class: 'unknown_content', name: listedName(must(made.listed)), amount: made.amount, ...blocking, work: 'explain' });
    },
  },
  refund_asked: {
    part: 'morning',
    make: ({ move, expect, oddAmount }) => {
      const amount = oddAmount();
      const made = move({ amount, content: wordless, gives: 0, away: amount });
      expect({ class: 'refund_pending', name: `refund of ${toldName(made)}`, amount, ...harmless });
    },
  },
};

/** Money that came by mistake and goes back the same day, with the code of its refund in the transfer. */
const refunded = ({ move, oddAmount, day }: Visit, telling: Movement['telling']): void => {
  const amount = oddAmount();
  move({ amount, content: wordless, gives: 0, away: amount });
  move({ telling, direction: 'out', amount, content: '', gives: 0, atMs: Date.parse(startOfDay(day)) + 19 * hourMs });
};

const ofRefunds: Readonly<Record<string, Kind>> = {
  refund_told: { part: 'morning', make: (visit) => refunded(visit, 'at_once') },
  refund_listed_only: { part: 'morning', make: (visit) => refunded(visit, 'never') },
};

/** The receipts or the portal say something else. */
const ofPapers: Readonly<Record<string, Kind>> = {
  no_receipt: {
    isWithoutCollector: true,
    make: ({ move, expect, debt }) => {
      move({});
      expect({ class: 'receipt_missing', name: `obligation ${debt.id}`, amount: debt.due, ...harmless });
    },
  },
  match_taken_back: {
    part: 'morning',
    make: ({ move, expect, debt }) => {
      const made = move({ gives: 0 });
      expect({ class: 'unknown_content', name: toldName(made), amount: debt.due, ...blocking, work: 'allocate' });
      expect({ class: 'receipt_without_money', name: `receipt of ${debt.id}`, amount: debt.due, ...harmless });
    },
  },
  flag_differs: {
    part: 'morning',
    isWithQr: true,
    make: ({ move, expect, debt }) => {
      move({});
      expect({ class: 'flag_not_synchronised', name: `dossier ${debt.dossierCode}`, amount: debt.due, ...harmless });
    },
  },
  flag_of_part_paid: {
    part: 'morning',
    isWithQr: true,
    make: ({ move, expect, debt }) => {
      const amount = debt.due / 2;
      move({ amount, gives: amount });
      expect({ class: 'amount_differs', name: `obligation ${debt.id}`, amount, ...harmless });
      expect({ class: 'flag_not_synchronised', name: `dossier ${debt.dossierCode}`, amount, ...harmless });
    },
  },
  flag_agrees: { part: 'morning', isWithQr: true, make: ({ move }) => void move({}) },
};

export const troubles: Readonly<Record<string, Kind>> = { ...ofTheList, ...late, ...ofMoney, ...ofRefunds, ...ofPapers };
export const kindNamed = (name: string): Kind => ({ ...usual, ...troubles })[name] ?? usual.told;

/** Two halves that the bank lists alike, to the letter. */
function twinsOf({ move, debt, atMs }: Visit, laterMs: number, telling: Movement['telling'] = 'at_once'): [Movement, Movement] {
  const half = { amount: debt.due / 2, gives: debt.due / 2, content: debt.reference };
  const first = move(half);
  return [first, move({ ...half, telling, reference: first.reference, atMs: atMs + laterMs })];
}

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('it is on no list');
  return value;
}
