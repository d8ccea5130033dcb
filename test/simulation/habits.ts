// Habits: the ways in which people pay, how common each is here, and what money it moves.
import { slips } from '../../src/domain/reading';
import { damaged } from '../support/transferContents';
import { accidentallyIn, isWholeIn } from './accidents';
import { transfer, type PlannedTransfer } from './banks';
import { between, happens } from './chances';
import type { Visit } from './citizens';
import { codeOfNobody } from './counter';
import { carried, wiped, written } from './memos';
import { accountOf, bankAccounts } from './office';
import { cancel, hearFromPortal, issueAgain, offerAgain, takeCashAt } from './staff';
import { sumOf, type Debt, type Feed, type Spelled, type Transfer } from './truth';
import { minuteMs } from './world';

export interface Habit {
  /** Of all visits; the sum is about 100. */
  weight: number;
  /** Transfers into our accounts that come of it. */
  payments: number;
  dossiers: number;
  /** Two fees of one dossier, issued apart. */
  isDouble?: boolean;
  /** All dossiers owe the same. */
  isSameAmount?: boolean;
  isWithoutQr?: boolean;
  /** Nothing is owed by law. */
  isFree?: boolean;
  pay(visit: Visit): void;
}

/** What a citizen does at a bank. */
interface Payment {
  kind: string;
  debts: readonly Debt[];
  /** Đồng more or less than what is due. */
  amount?: number;
  minutes?: readonly [number, number];
  /** Codes that are one slip away from what they should be; all others are whole. */
  slipped?: readonly Debt[];
  /** The memo names these; without it, all that is paid for. */
  named?: readonly Debt[];
  memo?: 'wiped' | 'of_nobody' | 'cut_by_one_feed';
  accountId?: string;
  direction?: 'in' | 'out';
  twinOf?: Transfer;
}

const atTheCounter = [1, 10] as const;
const afterHours = [17, 400] as const;
const feeds: readonly Feed[] = ['sepay', 'casso'];

function pay(visit: Visit, payment: Payment): Transfer {
  const { world, chance } = visit;
  const { kind, debts, minutes = atTheCounter, named = debts, slipped = [], memo, direction, twinOf } = payment;
  const accountId = payment.accountId ?? debts[0]?.dossier.accountId ?? bankAccounts[0].id;
  const bankMs = twinOf?.bankMs ?? visit.atMs + between(chance, minutes[0] * 60, minutes[1] * 60) * 1000;
  const codes = named.map((debt) => (slipped.includes(debt) ? damaged(debt.reference, chance.among(slips), chance) : debt.reference));
  const text = memo === 'wiped' ? wiped(chance) : written(memo === 'of_nobody' ? [codeOfNobody(world, chance)] : codes, chance);
  const isTold = twinOf?.meant === debts;
  const content = isTold ? twinOf.contents.sepay : carried(text, accountOf(accountId).number, bankMs, chance);
  const isSpelled = memo === undefined || memo === 'cut_by_one_feed';
  // A letter of the text beside it may put a slip right: then the code is whole.
  const howIn = (debt: Debt) => (isWholeIn(content, debt.reference) ? 'exact' : 'slip');
  const spelled: Spelled[] = isSpelled ? named.map((debt) => ({ debt, how: howIn(debt) })) : [];
  mustBeIn(content, spelled, slipped);
  const cutBy = memo === 'cut_by_one_feed' ? feeds[chance.below(feeds.length)] : undefined;
  const cut = `MBVCB.${between(chance, 1_000_000, 9_999_999)}`;
  return transfer(world, {
    ...{ kind, accountId, bankMs, meant: debts },
    amount: payment.amount ?? sumOf(debts.map((debt) => debt.due)),
    spelled: byFeed((feed) => (feed === cutBy ? [] : spelled)),
    contents: byFeed((feed) =>
      feed === cutBy ? cut : feed === 'casso' && happens(chance, 0.2) ? content.replace(/ {2,}/g, ' ').trim() : content,
    ),
    namesUnknown: memo === 'of_nobody',
    ...(direction ? { direction } : {}),
    ...(twinOf ? { twinOf } : {}),
  } satisfies PlannedTransfer);
}

const byFeed = <Told>(of: (feed: Feed) => Told): Record<Feed, Told> => ({ sepay: of('sepay'), casso: of('casso') });

/** The simulator's own memos must say what it believes that they say. */
function mustBeIn(content: string, spelled: readonly Spelled[], slipped: readonly Debt[]): void {
  for (const { debt, how } of spelled) {
    const isThere = slipped.includes(debt) ? accidentallyIn(content, debt.reference) : how === 'exact';
    if (!isThere) throw new Error(`the simulator lost ${debt.reference} in "${content}"`);
  }
}

const first = ({ debts }: Visit): [Debt] => {
  if (!debts[0]) throw new Error('nobody came');
  return [debts[0]];
};

/** Less than all, in thousands of đồng. */
const partOf = ({ chance }: Visit, due: number): number => (due <= 1000 ? due : 1000 * between(chance, 1, Math.ceil(due / 1000) - 1));

const single = { dossiers: 1, payments: 1 };
const double = { dossiers: 1, payments: 1, isDouble: true };

export const habits = {
  exact: { weight: 42, ...single, pay: (visit) => void pay(visit, { kind: 'exact', debts: first(visit) }) },
  withoutQr: {
    weight: 2,
    ...single,
    isWithoutQr: true,
    pay: (visit) => void pay(visit, { kind: 'without a QR', debts: first(visit), minutes: [1, 600] }),
  },
  slipped: { weight: 8, ...single, pay: (visit) => void pay(visit, { kind: 'one slip', debts: first(visit), slipped: first(visit) }) },
  slippedAndOther: {
    ...{ weight: 1, ...single },
    pay: (visit) => {
      const [debt] = first(visit);
      void pay(visit, {
        kind: 'one slip, another amount',
        debts: [debt],
        slipped: [debt],
        amount: debt.due + between(visit.chance, 1, 999),
      });
    },
  },
  late: { weight: 5, ...single, pay: (visit) => void pay(visit, { kind: 'late', debts: first(visit), minutes: afterHours }) },
  offeredAgain: {
    ...{ weight: 2, ...single },
    pay: (visit) => {
      offerAgain(visit.world, first(visit)[0], visit.atMs + 20 * minuteMs);
      pay(visit, { kind: 'offered again', debts: first(visit), minutes: [21, 34] });
    },
  },
  inParts: {
    ...{ weight: 5, dossiers: 1, payments: 2 },
    pay: (visit) => {
      const [debt] = first(visit);
      const part = partOf(visit, debt.due);
      pay(visit, { kind: 'part', debts: [debt], amount: part });
      pay(visit, { kind: 'the rest', debts: [debt], amount: Math.max(1000, debt.due - part), minutes: [5, 200] });
    },
  },
  over: {
    ...{ weight: 4, ...single },
    pay: (visit) => void pay(visit, { kind: 'too much', debts: first(visit), amount: first(visit)[0].due + between(visit.chance, 1, 899) }),
  },
  twice: {
    ...{ weight: 4, dossiers: 1, payments: 2 },
    pay: (visit) => {
      pay(visit, { kind: 'exact', debts: first(visit) });
      pay(visit, { kind: 'a second time', debts: first(visit), minutes: [1, 300] });
    },
  },
  afterCancel: {
    ...{ weight: 3, ...single },
    pay: (visit) => {
      cancel(visit.world, first(visit)[0], visit.atMs + between(visit.chance, 30, 300) * 1000);
      pay(visit, { kind: 'around a cancellation', debts: first(visit), minutes: [1, 60] });
    },
  },
  issuedAgain: {
    ...{ weight: 2, ...single },
    pay: (visit) => {
      const [debt] = first(visit);
      cancel(visit.world, debt, visit.atMs + between(visit.chance, 30, 120) * 1000);
      issueAgain(visit.world, debt, visit.chance, visit.atMs + 3 * minuteMs);
      pay(visit, { kind: 'for what was issued again', debts: [debt], minutes: [1, 60] });
    },
  },
  toldByPortal: {
    ...{ weight: 3, ...single },
    pay: (visit) => {
      const [debt] = first(visit);
      for (const flag of [0, 1, 2]) if (happens(visit.chance, 0.5)) hearFromPortal(visit.world, debt, flag, visit.chance, visit.atMs);
      pay(visit, { kind: 'exact', debts: [debt] });
    },
  },
  free: {
    weight: 0.5,
    ...single,
    isFree: true,
    pay: (visit) => void pay(visit, { kind: 'for nothing', debts: first(visit), amount: 10_000 }),
  },
  wrongAccount: {
    ...{ weight: 3, ...single },
    pay: (visit) => {
      const [debt] = first(visit);
      const others = bankAccounts.filter(({ id }) => id !== debt.dossier.accountId);
      pay(visit, { kind: 'another account of ours', debts: [debt], accountId: others[visit.chance.below(others.length)]?.id ?? '' });
    },
  },
  basket: { weight: 4, dossiers: 2, payments: 1, pay: (visit) => void pay(visit, { kind: 'two codes', debts: visit.debts }) },
  basketSlipped: {
    ...{ weight: 1, dossiers: 2, payments: 1 },
    pay: (visit) => void pay(visit, { kind: 'two codes, one with a slip', debts: visit.debts, slipped: first(visit) }),
  },
  forBoth: {
    weight: 4,
    ...double,
    pay: (visit) => void pay(visit, { kind: 'one code for two of a dossier', debts: visit.debts, named: first(visit) }),
  },
  forBothApart: {
    ...{ weight: 2, ...double, payments: 2 },
    pay: (visit) => visit.debts.forEach((debt) => pay(visit, { kind: 'two of a dossier apart', debts: [debt], minutes: [1, 60] })),
  },
  onlyOne: { weight: 3, ...double, pay: (visit) => void pay(visit, { kind: 'one of two of a dossier', debts: first(visit) }) },
  wiped: { weight: 4, ...single, pay: (visit) => void pay(visit, { kind: 'memo wiped', debts: first(visit), memo: 'wiped' }) },
  ofNobody: {
    weight: 0.5,
    ...single,
    pay: (visit) => void pay(visit, { kind: 'a code of nobody', debts: first(visit), memo: 'of_nobody' }),
  },
  cutByOneFeed: {
    weight: 1,
    ...single,
    pay: (visit) => void pay(visit, { kind: 'memo cut by one feed', debts: first(visit), memo: 'cut_by_one_feed' }),
  },
  cash: {
    ...{ weight: 3, dossiers: 1, payments: 0 },
    pay: ({ world, atMs, debts }) => {
      for (const debt of debts) {
        takeCashAt(world, debt, debt.due + 1000, atMs + 2 * minuteMs); // no counter takes more than is owed
        takeCashAt(world, debt, debt.due, atMs + 3 * minuteMs);
      }
    },
  },
  cashAndTheRest: {
    ...{ weight: 1, ...single },
    pay: (visit) => {
      const [debt] = first(visit);
      const part = partOf(visit, debt.due);
      takeCashAt(visit.world, debt, part, visit.atMs + minuteMs);
      pay(visit, { kind: 'the rest after cash', debts: [debt], amount: Math.max(1000, debt.due - part), minutes: [2, 20] });
    },
  },
  cashToo: {
    ...{ weight: 1, ...single },
    pay: (visit) => {
      takeCashAt(visit.world, first(visit)[0], first(visit)[0].due, visit.atMs + between(visit.chance, 1, 12) * minuteMs);
      pay(visit, { kind: 'beside cash', debts: first(visit) });
    },
  },
  twins: {
    ...{ weight: 0.5, dossiers: 1, payments: 2 },
    pay: (visit) => {
      const debts = first(visit);
      pay(visit, { kind: 'twin of one code', debts, twinOf: pay(visit, { kind: 'twin of one code', debts }) });
    },
  },
  twinsOfTwo: {
    ...{ weight: 0.5, dossiers: 2, payments: 2, isSameAmount: true },
    pay: (visit) => {
      const [one, other] = visit.debts;
      if (!one || !other) return;
      pay(visit, { kind: 'twin of another code', debts: [other], twinOf: pay(visit, { kind: 'twin of another code', debts: [one] }) });
    },
  },
  paidBack: {
    ...{ weight: 1, ...single },
    pay: (visit) => {
      pay(visit, { kind: 'exact', debts: first(visit) });
      pay(visit, { kind: 'money that leaves', debts: first(visit), minutes: [30, 300], direction: 'out' });
    },
  },
  never: { weight: 2, dossiers: 1, payments: 0, pay: () => undefined },
} satisfies Record<string, Habit>;
