// A webhook secret changes while the bank goes on telling: old and new both hold, until the old one is retired.
import { retireSecrets } from '../../src/actions/retireSecrets';
import { rotateSecret } from '../../src/actions/rotateSecret';
import { seeConnections } from '../../src/actions/seeConnections';
import { setFeed } from '../../src/actions/setFeed';
import type { Actor } from '../../src/domain/role';
import { tell } from '../support/bank';
import { numberOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

const administrator: Actor = { kind: 'person', officerId: 'of-quantri', name: 'Quản trị', role: 'administrator', agencyCode: 'H26' };
const wish = { actor: administrator, accountId: 'acc-h26-101', provider: 'sepay' };

describe.each(databases)('the secret of an account, on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService(kind);
  });
  afterAll(() => service.end());

  /** What becomes of a fee that is paid by a message signed with this secret. */
  async function paidBy(secret: string): Promise<unknown[]> {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const { status } = await tell(service, { content: reference, amount: 21_000 }, secret);
    return [status, (await service.call('get', `/api/obligations/${id}`).expect(200)).body.status];
  }
  const sepay = async () =>
    (await seeConnections(service.ctx, administrator)).find(({ account }) => account.id === wish.accountId)?.secrets[0];

  it('is rotated without losing a payment, and the old one retired', async () => {
    await rotateSecret(service.ctx, { ...wish, secret: 'first-secret' });
    expect(await paidBy('first-secret')).toEqual([200, 'paid']);

    const secondId = await rotateSecret(service.ctx, { ...wish, secret: 'second-secret' });
    expect(await sepay()).toMatchObject({ provider: 'sepay', currentId: secondId, count: 2 });
    expect(await paidBy('first-secret')).toEqual([200, 'paid']);
    expect(await paidBy('second-secret')).toEqual([200, 'paid']);

    expect(await retireSecrets(service.ctx, { ...wish, keepId: secondId })).toBe(1);
    expect(await sepay()).toMatchObject({ currentId: secondId, count: 1 });
    expect(await paidBy('first-secret')).toEqual([401, 'open']);
    expect(await paidBy('second-secret')).toEqual([200, 'paid']);
    expect(await retireSecrets(service.ctx, { ...wish, keepId: secondId })).toBe(0);
  });

  it('is never set for two accounts, also when both are set at once', async () => {
    const both = await Promise.allSettled(
      ['acc-h26-101', 'acc-h26'].map((accountId) => rotateSecret(service.ctx, { ...wish, accountId, secret: 'one-secret-for-two' })),
    );
    expect(both.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : one.status)).sort()).toEqual([
      'fulfilled',
      'secret_in_use',
    ]);
  });

  it('is kept encrypted', async () => {
    expect(await numberOf(service.config.databaseUrl, `SELECT count(*) FROM provider_secret WHERE ciphertext LIKE '%secret%'`)).toBe(0);
  });

  it('is not retired over the head of somebody who has just set a newer one', async () => {
    const seen = (await sepay())?.currentId ?? '';
    await rotateSecret(service.ctx, { ...wish, secret: 'third-secret' });
    await expect(retireSecrets(service.ctx, { ...wish, keepId: seen })).rejects.toMatchObject({ code: 'secret_changed' });
    expect(await paidBy('second-secret')).toEqual([200, 'paid']);
  });

  it.each([
    ['an empty one', { secret: '' }, 'secret_too_short'],
    ['a short one', { secret: 'seven77' }, 'secret_too_short'],
    ['one that holds already', { secret: 'third-secret' }, 'secret_in_use'],
    ['one that vouches for another account', { secret: 'third-secret', accountId: 'acc-h26' }, 'secret_in_use'],
    ['the shared one of the settings', { secret: 'demo-secret-sepay' }, 'secret_in_use'],
    ['one of nobody', { secret: 'fourth-secret', provider: 'nobody' }, 'provider_unknown'],
    ['one for no account', { secret: 'fourth-secret', accountId: 'acc-none' }, 'account_unknown'],
  ])('refuses %s', async (_, change, code) => {
    await expect(rotateSecret(service.ctx, { ...wish, ...change })).rejects.toMatchObject({ code });
  });

  it('is for administrators who see the account', async () => {
    const elsewhere: Actor = { ...administrator, agencyCode: 'H26.90' };
    const finance: Actor = { ...administrator, role: 'finance_supervisor' };
    const [keepId, secret] = [(await sepay())?.currentId ?? '', 'fifth-secret'];
    await expect(rotateSecret(service.ctx, { ...wish, secret, actor: elsewhere })).rejects.toMatchObject({ code: 'account_unknown' });
    await expect(retireSecrets(service.ctx, { ...wish, keepId, actor: elsewhere })).rejects.toMatchObject({ code: 'account_unknown' });
    await expect(setFeed(service.ctx, { ...wish, token: 'x', actor: elsewhere })).rejects.toMatchObject({ code: 'account_unknown' });
    for (const actor of [finance, { kind: 'system', name: 'key' } as const]) {
      await expect(rotateSecret(service.ctx, { ...wish, secret, actor })).rejects.toThrow(/role_insufficient|person_required/);
    }
    const seen = await seeConnections(service.ctx, elsewhere);
    expect(seen.map(({ account }) => account.agencyCode)).toEqual(['H26.90']);
  });
});

describe('who set a secret', () => {
  it('is in the log, and the secret is not', async () => {
    const service = await openTestService('SQLite');
    const info = jest.spyOn(service.ctx.log, 'info');
    const keepId = await rotateSecret(service.ctx, { ...wish, secret: 'logged-secret' });
    await retireSecrets(service.ctx, { ...wish, keepId });
    await setFeed(service.ctx, { ...wish, token: 'logged-token' });
    expect(info.mock.calls.map(([about]) => about)).toEqual(Array(3).fill(expect.objectContaining({ by: 'of-quantri' })));
    expect(JSON.stringify(info.mock.calls)).not.toMatch(/logged-(secret|token)/);
    await service.end();
  });
});

describe('in production', () => {
  it('a secret of the demo is refused', async () => {
    const service = await openTestService('SQLite', { config: { mode: 'production' } });
    await expect(rotateSecret(service.ctx, { ...wish, secret: 'demo-anything' })).rejects.toMatchObject({ code: 'secret_is_demo' });
    await service.end();
  });
});
