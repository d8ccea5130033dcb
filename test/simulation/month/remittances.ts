// What the desks of a simulated month hand over to the State budget: slips that two persons sign, and what the bank shows of them; or not so.
import { addDays, type Day } from '../../../src/domain/time';
import { count } from '../world';
import type { Desk } from './desks';
import { atOnce, inTurns, minuteMs, msAt, mustBe, turnOf, type Month } from './month';
import { expectIn, move } from './movements';
import { sumOf, toldName, type Movement, type Taken } from './truth';

/**
 * With fee: the bank takes its fee in the same sum. Unannounced: most of what is left of the month before is paid without a slip. Not noted:
 * nobody says that the approved slip went to the bank.
 */
const slipKinds = ['with_fee', 'unannounced', 'not_noted', 'sent'] as const;

/** A sum that was handed over, or will be on the next day. */
export interface HandedOver {
  kind: (typeof slipKinds)[number];
  desk: Desk;
  /** On which it was made ready. */
  day: Day;
  /** The last month that it covers. */
  month: string;
  amount: number;
  content: string;
  /** Once there is a slip. */
  id?: string;
}

interface Slip {
  id: string;
  code: string;
  amount: number;
  status: string;
}

const transferFee = 5_500;
const mostOf = (left: number): number => Math.ceil((left * 2) / 3);
const retainedFee = 'CT-2.000815';
const retainedPoints = 3_333;
const monthOf = (day: Day): string => day.slice(0, 7);

/** Of one fee a part is kept, as two persons say before the month. */
export async function setRate(month: Month): Promise<void> {
  const basis = { legalBasis: 'Thông tư 226/2016/TT-BTC', validFrom: month.firstDay };
  const body = { agencyCode: 'H26', feeId: retainedFee, retainedPercent: String(retainedPoints / 100), remitByDay: 5, ...basis };
  const { id } = await month.call<{ id: string }>('POST', '/api/retentions', { body, status: 201 });
  await month.call('POST', `/api/retentions/${id}/approve`, { by: 'ketoantruong', body: {} });
}

/** In the evening: every second day each desk hands over what is the budget's. */
export async function handOver(month: Month, day: Day): Promise<void> {
  const dayNumber = Math.round((Date.parse(day) - Date.parse(month.firstDay)) / 86_400_000);
  for (const desk of month.desks.filter(({ place }) => (place + dayNumber) % 2 === 0)) {
    const kind = turnOf(month, 'remittances', slipKinds);
    const before = monthOf(addDays(`${monthOf(day)}-01` as Day, -1));
    const left = await outstandingOf(month, desk, before);
    const one = kind === 'unannounced' && left > 0 ? unannounced(desk, day, before, mostOf(left)) : await announced(month, desk, day, kind);
    if (one) month.handedOver.push(one);
  }
}

const unannounced = (desk: Desk, day: Day, month: string, amount: number): HandedOver => ({
  ...{ kind: 'unannounced', desk, day, month, amount },
  content: `NOP NSNN THANG ${month.split('-').reverse().join('/')}`,
});

async function announced(month: Month, desk: Desk, day: Day, wanted: HandedOver['kind']): Promise<HandedOver | undefined> {
  const kind = wanted === 'unannounced' ? 'sent' : wanted;
  const outstanding = await outstandingOf(month, desk, monthOf(day));
  if (outstanding <= 0) return undefined;
  const { id, code, amount } = await drafted(month, desk, monthOf(day));
  mustBe(month, `${desk.accountId}: the slip of ${day}`, amount, outstanding);
  if (kind !== 'not_noted') await month.call('POST', `/api/remittances/${id}/send`, { body: {} });
  return { kind, desk, day, month: monthOf(day), amount, content: `NOP NSNN ${code}`, id };
}

async function outstandingOf(month: Month, { agencyCode }: Desk, upTo: string): Promise<number> {
  const seen = await month.call<{ data: { outstandingSum: number }[] }>('GET', `/api/remittances?month=${upTo}&agency=${agencyCode}`);
  return sumOf(seen.data.map(({ outstandingSum }) => outstandingSum));
}

/** By one person, and approved by another; of all that is outstanding, or of a sum. */
async function drafted(month: Month, { agencyCode }: Desk, upTo: string, limit: { amount?: number } = {}): Promise<Slip> {
  const slip = await month.call<Slip>('POST', '/api/remittances', { body: { agencyCode, month: upTo, ...limit }, status: 201 });
  await month.call('POST', `/api/remittances/${slip.id}/approve`, { by: 'ketoantruong', body: {} });
  return slip;
}

/** What the bank will show on a day of what was made ready the day before. */
export const planRemittances = (month: Month, day: Day): Movement[] =>
  month.handedOver.filter((one) => one.day === addDays(day, -1)).map((one) => leave(month, one, day));

function leave(month: Month, one: HandedOver, day: Day): Movement {
  const { kind, desk, content } = one;
  const amount = one.amount + (kind === 'with_fee' ? transferFee : 0);
  const scene = { desk, day, atMs: msAt(day, 9.5) + desk.place * minuteMs, name: `remittance_${kind}` };
  const made = move(month, scene, { direction: 'out', amount, content });
  if (kind !== 'sent')
    expectIn(month, {
      ...{ desk, day, class: 'unknown_content', name: toldName(made), amount, isBlocking: true },
      work: ({ subject }) => explain(month, one, subject.id),
    });
  return made;
}

/** A slip that went out is confirmed by itself, once it is said so; everything else a person confirms. */
async function explain(month: Month, one: HandedOver, transactionId: string): Promise<void> {
  if (one.kind === 'unannounced') {
    const slip = await drafted(month, one.desk, one.month, { amount: one.amount });
    mustBe(month, `${one.desk.accountId}: the slip for what left on ${addDays(one.day, 1)}`, slip.amount, one.amount);
    one.id = slip.id;
  }
  const slip = `/api/remittances/${one.id}`;
  if (one.kind !== 'with_fee') await month.call('POST', `${slip}/send`, { body: {} });
  if (one.kind === 'not_noted') return;
  await month.call('POST', `${slip}/confirm`, { body: { transactionId } });
  if (one.kind === 'with_fee')
    await month.call('POST', `/api/transactions/${transactionId}/explain`, { body: { purpose: 'bank_fee', reason: 'phí chuyển tiền' } });
}

interface Declared {
  data: Record<'01/PH' | '01/LP', Record<'collected' | 'retained' | 'toBudget', number>>[];
}

/** At the month's end: all that was paid is declared, and what of it is the budget's has left, is on its way or stands to be handed over. */
export async function checkRemittances(month: Month, taken: readonly Taken[]): Promise<void> {
  const months = [...new Set([month.firstDay, month.lastDay].map(monthOf))];
  const declared = (await inTurns(months, 1, (one) => month.call<Declared>('GET', `/api/declarations?month=${one}`))).flatMap(({ data }) =>
    data.flatMap((unit) => [unit['01/PH'], unit['01/LP']]),
  );
  const sum = (of: 'collected' | 'retained' | 'toBudget'): number => sumOf(declared.map((form) => form[of]));
  const [collected, retained] = [sumOf(taken.map(({ amount }) => amount)), retainedOf(taken)];
  mustBe(month, 'declared as collected', sum('collected'), collected);
  mustBe(month, 'declared as retained', sum('retained'), retained);
  mustBe(month, 'declared as to be handed over', sum('toBudget'), collected - retained);
  const onSlips = sumOf(month.handedOver.flatMap(({ id, amount }) => (id === undefined ? [] : amount)));
  const outstanding = sumOf(await inTurns(month.desks, atOnce, (desk) => outstandingOf(month, desk, monthOf(month.lastDay))));
  mustBe(month, 'on slips, or to be handed over', onSlips + outstanding, collected - retained);
  for (const desk of month.desks) await checkSlips(month, desk);
}

/** Of one fee, without the odd đồng of each agency's month. */
function retainedOf(taken: readonly Taken[]): number {
  const sums = new Map<string, number>();
  for (const { debt, day, amount } of taken.filter((one) => one.debt.feeId === retainedFee))
    count(sums, `${debt.agencyCode} ${monthOf(day)}`, amount);
  return sumOf([...sums.values()].map((sum) => Math.floor((sum * retainedPoints) / 10_000)));
}

/** Every slip whose money left is confirmed; what was approved beyond it is still payable. */
async function checkSlips(month: Month, desk: Desk): Promise<void> {
  const own = month.handedOver.filter((one) => one.desk === desk && one.id !== undefined);
  let payable = 0;
  for (const { id, day, kind, amount } of own) {
    const { status } = await month.call<Slip>('GET', `/api/remittances/${id}`);
    const hasLeft = day < month.lastDay;
    mustBe(month, `${desk.accountId}: the slip of ${day}`, status, hasLeft ? 'confirmed' : kind === 'not_noted' ? 'approved' : 'sent');
    if (!hasLeft) payable += amount;
  }
  mustBe(month, `${desk.accountId}: payable to the budget`, await month.balanceOf(`budget_payable:${desk.agencyCode}`), -payable);
}
