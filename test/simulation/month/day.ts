// A day of a simulated month as it goes: money is told of, the bank shows it at noon, people act, and what was late comes to light.
import { addDays, instantOf, type Day } from '../../../src/domain/time';
import { bodyOf, requestOf } from '../messages';
import { defaultSecret } from '../office';
import { count } from '../world';
import { sendListing } from './imports';
import { closeCounters } from './cash';
import { payOnline, sendLists } from './gateway';
import { followMoney, hourMs, msAt, type Month } from './month';
import { handOver } from './remittances';
import { toldName, type Movement } from './truth';
import { happeningBetween } from './visits';

const toldAtOnce = 32;
const secondMs = 1_000;

/** From midnight to the opening: nobody is at the counters. */
export async function passNight(month: Month, day: Day, movements: readonly Movement[]): Promise<void> {
  await tellOf(month, happeningBetween(movements, day, 0, 6));
}

/** What came to light of the day before, whose books are closed; then the day itself. */
export async function passDay(month: Month, day: Day, movements: readonly Movement[], before: readonly Movement[]): Promise<void> {
  month.clock.set(msAt(day, 7) - hourMs / 2);
  await tellOf(
    month,
    before.filter(({ telling }) => telling === 'after_close' || telling === 'late'),
    true,
  );
  await sendLists(month, day);
  const resent = before.filter(({ listed }) => listed?.file === 'after_close');
  for (const desk of new Set(resent.map((one) => one.desk)))
    await sendListing(month, { desk, from: addDays(day, -1), to: addDays(day, -1), file: 'after_close' });
  const today = [...before, ...movements];
  await tellOf(month, happeningBetween(today, day, 6, 12));
  month.clock.set(msAt(day, 12.5));
  await payOnline(month, day);
  await followMoney(month);
  for (const desk of month.desks) {
    const untilMs = msAt(day, 12) - secondMs;
    await sendListing(month, { desk, from: day, to: day, file: 'final', untilMs });
  }
  await tellOf(month, happeningBetween(movements, day, 12, 18));
  month.clock.set(msAt(day, 18));
  for (const movement of movements) await act(month, movement);
  await closeCounters(month, day);
  await handOver(month, day);
  await tellOf(month, happeningBetween(movements, day, 18, 24));
  await followMoney(month);
}

/** In the order of their times; what is of one obligation never at once, else nobody could say which was first. */
async function tellOf(month: Month, movements: readonly Movement[], isLate = false): Promise<void> {
  const waiting = movements.filter(({ telling }) => isLate || telling === 'at_once');
  for (let from = 0; from < waiting.length;) {
    const some: Movement[] = [];
    for (const one of waiting.slice(from, from + toldAtOnce)) {
      if (one.debt && some.some(({ debt }) => debt === one.debt)) break;
      some.push(one);
    }
    from += some.length;
    month.clock.set((some.at(-1)?.atMs ?? 0) + secondMs);
    await Promise.all(some.map((one) => tell(month, one)));
  }
}

async function tell(month: Month, { number, desk, direction, amount, content, reference, atMs }: Movement): Promise<void> {
  const line = { id: number + 1, accountNumber: desk.accountNumber, bank: desk.bank, direction, amount, content, reference, bankMs: atMs };
  const body = bodyOf('sepay', line);
  const provider = month.ctx.providerNamed('sepay');
  if (!provider) throw new Error('no provider sepay');
  const answer = await month.receive(provider, requestOf({ feed: 'sepay', body, secret: defaultSecret('sepay') }, month.clock.ms));
  if (answer.status !== 200) month.faults.push(`${toldName({ number })} was answered ${answer.status} ${answer.body}`);
  count(month.counts, 'webhooks');
}

/** What people, and the portal, do on the day itself. */
async function act(month: Month, movement: Movement): Promise<void> {
  const { kind, debt } = movement;
  if (kind === 'refund_told' || kind === 'refund_listed_only') return movement.direction === 'in' ? giveBack(month, movement) : undefined;
  if (kind === 'match_taken_back') return decide(month, movement, 'undo', { reason: 'ghép nhầm hồ sơ', decisionsSeen: 0 });
  if (kind === 'refund_asked')
    return decide(month, movement, 'resolve', { action: 'refund', reason: 'chuyển nhầm đơn vị', decisionsSeen: 0 });
  if (!kind.startsWith('flag_')) return;
  const body = { paidOnlineFlag: kind === 'flag_differs' ? 0 : 2, at: instantOf(month.clock.ms) };
  await month.call('POST', `/api/dossiers/${debt?.dossierCode}/sync-flag`, { by: 'system', body });
}

/** To an account that somebody else says is the payer's: so two have to approve it. Its transfer carries the code of the refund. */
async function giveBack(month: Month, movement: Movement): Promise<void> {
  const payee = { bankBin: '970436', accountNumber: '0071000123456', accountName: 'LE THI MAU', evidence: 'đơn đề nghị hoàn trả' };
  const asked = { transactionId: await idOf(month, movement), reason: 'chuyển nhầm đơn vị', payee };
  const { id } = await month.call<{ id: string }>('POST', '/api/refunds', { body: asked, status: 201 });
  for (const by of ['ketoantruong', 'ketoantruong2']) await month.call('POST', `/api/refunds/${id}/approve`, { by, body: {} });
  const { code } = await month.call<{ code: string }>('POST', `/api/refunds/${id}/send`, { body: {} });
  const back = month.movements.find((one) => one.debt === movement.debt && one.direction === 'out');
  if (!back?.listed) throw new Error('nothing goes back');
  back.content = `${code} hoan tra`;
  back.listed.content = `CT DI ${code} HOAN TRA`;
}

async function decide(month: Month, movement: Movement, step: 'undo' | 'resolve', body: object): Promise<void> {
  await month.call('POST', `/api/transactions/${await idOf(month, movement)}/${step}`, { body });
}

async function idOf({ reader }: Month, { number }: Movement): Promise<string> {
  const [row] = await reader.rows(`SELECT id FROM incoming_transaction WHERE provider = 'sepay' AND provider_id = '${number + 1}'`);
  return String(row?.['id']);
}
