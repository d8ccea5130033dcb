// The working day before the demo's first: payments of all kinds at one counter, so that the finance desk has a day to reconcile and close.
import { collectionAccountOfCounter } from '../prisma/seed';
import { issueObligation } from './actions/issueObligation';
import { issueReceipts } from './actions/issueReceipts';
import { movePretendMoney } from './actions/movePretendMoney';
import { requestPayment } from './actions/requestPayment';
import type { Context } from './context';
import { vnd } from './domain/money';
import type { Actor } from './domain/role';
import { addDays, addMs, dayOf, instantOf, startOfDay, type Day, type Instant } from './domain/time';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What became of one visit: at which minute of the day it began, and how it was paid. */
interface Visit {
  atMinute: number;
  copies: number;
  /** What the bank did with the payment; nothing: as usual. */
  trouble?: 'untold' | 'wiped' | 'twice' | 'too_much' | 'unpaid' | 'late_at_night';
}

const visits: readonly Visit[] = [
  { atMinute: 8 * 60 + 5, copies: 3 },
  { atMinute: 8 * 60 + 20, copies: 1 },
  { atMinute: 8 * 60 + 50, copies: 2, trouble: 'untold' },
  { atMinute: 9 * 60 + 15, copies: 5 },
  { atMinute: 9 * 60 + 40, copies: 2, trouble: 'wiped' },
  { atMinute: 10 * 60 + 10, copies: 4 },
  { atMinute: 10 * 60 + 30, copies: 1, trouble: 'twice' },
  { atMinute: 13 * 60 + 45, copies: 3, trouble: 'too_much' },
  { atMinute: 14 * 60 + 20, copies: 2 },
  { atMinute: 15 * 60, copies: 6 },
  { atMinute: 15 * 60 + 30, copies: 1, trouble: 'unpaid' },
  { atMinute: 16 * 60 + 10, copies: 2, trouble: 'late_at_night' },
];

const counterId = 'quay-1';
const agencyCode = 'H26.101';

/** The clock of the demo: real, but while a past day is played. */
export class PlayedClock {
  private played: Instant | undefined;

  now = (): Instant => this.played ?? instantOf(Date.now());

  set(at: Instant | undefined): void {
    this.played = at;
  }
}

/** When the office opened on the day before. */
export const yesterdayMorning = (clock: PlayedClock): Instant => addMs(startOfDay(addDays(dayOf(clock.now()), -1)), 7 * hourMs);

/** The service listens, and lives on that day: the pretend bank tells it through its public door, and receipts bear its date. */
export async function playYesterday(ctx: Context, clock: PlayedClock): Promise<void> {
  const day = dayOf(clock.now());
  for (const [place, visit] of visits.entries()) await playVisit(ctx, clock, day, place + 1, visit);
}

async function playVisit(ctx: Context, clock: PlayedClock, day: Day, number: number, { atMinute, copies, trouble }: Visit): Promise<void> {
  const at = addMs(startOfDay(day), atMinute * minuteMs);
  clock.set(at);
  const actor: Actor = { kind: 'person', officerId: 'of-quay1', name: 'Cán bộ quầy 1', role: 'counter_officer', agencyCode, counterId };
  const { obligation } = await issueObligation(ctx, {
    actor,
    dossier: {
      code: `000.00.18.H26-${day.slice(2).replaceAll('-', '')}-${String(number).padStart(4, '0')}`,
      procedureCode: '2.000815',
      agencyCode,
      channel: 'counter',
      applicant: { name: `Người nộp mẫu ${number}` },
    },
    fees: [{ feeId: 'CT-2.000815', units: 5, quantity: copies }],
    counterId,
  });
  await requestPayment(ctx, { actor, obligationId: obligation.id, method: 'vietqr', counterId });
  if (trouble === 'unpaid') return;
  if (trouble === 'late_at_night')
    await move(ctx, clock, 'out', 11_000, 'THU PHI QUAN LY TAI KHOAN', addMs(startOfDay(day), 17 * hourMs), 1);
  const paidAt = trouble === 'late_at_night' ? addMs(startOfDay(day), 22 * hourMs + 47 * minuteMs) : addMs(at, 3 * minuteMs);
  const content = trouble === 'wiped' ? 'NGUYEN VAN MAU CHUYEN TIEN' : `MBVCB.${number}.${obligation.reference}`;
  const amount = Number(obligation.due.dong) + (trouble === 'too_much' ? 9_000 : 0);
  for (let times = trouble === 'twice' ? 2 : 1; times > 0; times--)
    await move(ctx, clock, 'in', amount, content, addMs(paidAt, times * minuteMs), trouble === 'untold' ? 0 : 1);
}

/** The bank tells of it at once, and whoever paid has the receipt. */
async function move(
  ctx: Context,
  clock: PlayedClock,
  direction: 'in' | 'out',
  amount: number,
  content: string,
  bankTime: Instant,
  tellings: number,
): Promise<void> {
  const { bankBin, accountNumber } = collectionAccountOfCounter;
  clock.set(bankTime);
  await movePretendMoney(ctx, { bankBin, accountNumber, direction, amount: vnd(amount), content, bankTime, tellings });
  while ((await issueReceipts(ctx)) > 0);
}
