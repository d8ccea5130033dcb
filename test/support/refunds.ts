// Refunds for tests: money that came by mistake, officers of a unit, and the steps of a refund as the people of the desk take them.
import type { Role } from '../../src/domain/role';
import { recogniseRefunds } from '../../src/actions/recogniseRefunds';
import { tell, tellWithPayer } from './bank';
import type { TestService } from './office';

export const keyOf = (login: string): string => `demo-api-key-${login}`;
export const payerAccount = '0071000123456';
export const payerName = 'LE THI MAU';
const bankBin = '970436';

/** Money of a known payer that belongs to no obligation; the id of its transaction. */
export async function strayMoney(service: TestService, amount = 21_000): Promise<string> {
  await tellWithPayer(service, { content: 'chuyen nham', amount }, payerAccount, payerName).expect(200);
  return latest(service, 'unapplied');
}

export async function latest(service: TestService, state: 'unapplied' | 'resolved'): Promise<string> {
  const [first] = (await service.call('get', `/api/transactions?state=${state}&limit=1`).expect(200)).body.data;
  return first.id as string;
}

/** A call by somebody of the office. */
export const by = (service: TestService, login: string, path: string, body: object = {}) => service.call('post', path, body, keyOf(login));

export async function requested(service: TestService, login = 'ketoan', amount = 21_000): Promise<{ id: string; transactionId: string }> {
  const transactionId = await strayMoney(service, amount);
  const { body } = await by(service, login, '/api/refunds', { transactionId, reason: 'Người nộp chuyển nhầm' }).expect(201);
  return { id: body.id, transactionId };
}

/** To the account that paid: only its bank has to be said. */
export async function prepared(service: TestService, login = 'ketoan', amount = 21_000): Promise<{ id: string; transactionId: string }> {
  const asked = await requested(service, login, amount);
  await by(service, login, `/api/refunds/${asked.id}/prepare`, { payee: { bankBin } }).expect(200);
  return asked;
}

export async function approved(service: TestService, amount = 21_000): Promise<{ id: string; transactionId: string; code: string }> {
  const asked = await prepared(service, 'ketoan', amount);
  const { body } = await by(service, 'ketoantruong', `/api/refunds/${asked.id}/approve`).expect(200);
  return { ...asked, code: body.code };
}

/** The bank tells of money that left, and the clock ticks. */
export async function moneyLeaves(service: TestService, content: string, amount: number): Promise<number> {
  await tell(service, { content, amount, transferType: 'out' }).expect(200);
  return recogniseRefunds(service.ctx);
}

export const refundOf = async (service: TestService, id: string, login = 'ketoan') =>
  (await service.call('get', `/api/refunds/${id}`, undefined, keyOf(login)).expect(200)).body;

/** Somebody new, with an API key of the login. */
export async function hire(service: TestService, login: string, role: Role, agencyCode: string): Promise<string> {
  const { ctx } = service;
  const id = `of-${login}`;
  await ctx.store.transact(async (tables) => {
    await tables.officers.save({ id, login, name: `Cán bộ ${login}`, role, agencyCode, passwordHash: await passwordOf(service) });
    await tables.officers.keepApiKey(ctx.seal.hash(keyOf(login)), login, id, ctx.now());
  });
  return id;
}

const passwordOf = async ({ ctx }: TestService): Promise<string> =>
  (await ctx.store.tables.officers.findByLogin('ketoan'))?.passwordHash ?? '';
