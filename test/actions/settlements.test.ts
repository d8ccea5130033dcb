// Settlements of gateways: gross, fee and net explained, each line tied to our payment, and what a gateway still owes us known to the đồng.
import fc from 'fast-check';
import { carryPayout, takePayoutBack } from '../../src/actions/carryPayout';
import { keepSettlement } from '../../src/actions/keepSettlement';
import { listOwed, listUnsettled, seeSettlement } from '../../src/actions/seeSettlements';
import { settlePayout, settlePayouts } from '../../src/actions/settlePayouts';
import { undoResolution } from '../../src/actions/undoResolution';
import type { Actor } from '../../src/domain/role';
import { addDays, dayOf, instantOf } from '../../src/domain/time';
import { tell } from '../support/bank';
import { brokenLaws, numberOf } from '../support/books';
import { offeredOrder, paidSession, tellStripe } from '../support/gateway';
import { databases, openTestService, type TestService } from '../support/office';
import { by } from '../support/refunds';
import { stripeFile, type StripeRow } from '../support/settlements';
import { textOf, visitorAt } from '../support/visitor';

const officer = (login: string, role: 'finance_officer' | 'finance_supervisor' | 'leader'): Actor => ({
  ...{ kind: 'person', officerId: `of-${login}`, name: login, role, agencyCode: 'H26' },
});
const ketoan = officer('ketoan', 'finance_officer');
const today = dayOf(instantOf(Date.now()));
const paidOut = `${today} 01:00:00`;

describe.each(databases)('the settlement of a gateway on %s', (kind) => {
  let service: TestService;
  let number = 0;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());
  afterEach(async () => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]));

  const balance = async (account: string): Promise<number> =>
    numberOf(
      service.config.databaseUrl,
      `SELECT (SELECT coalesce(sum(amount), 0) FROM posting WHERE debit = '${account}') - (SELECT coalesce(sum(amount), 0) FROM posting WHERE credit = '${account}')`,
    );
  /** A citizen pays 21.000 ₫ at Stripe. */
  const paid = async (): Promise<{ payment: string; orderId: string; obligation: string }> => {
    const { id, orderId } = await offeredOrder(service, 'acc-h26-101');
    const payment = `pi_${kind}${++number}`;
    await tellStripe(service, 'checkout.session.completed', paidSession(orderId, payment)).expect(200);
    return { payment, orderId, obligation: id };
  };
  const payoutName = (): string => `po_1Settle${kind}${++number}`;
  const send = (rows: readonly StripeRow[], actor = ketoan) =>
    keepSettlement(service.ctx, { actor, provider: 'stripe', fileName: 'payouts.csv', bytes: Buffer.from(stripeFile(rows, paidOut)) });
  const rowOf = (payout: string, { payment }: { payment: string }, more: Partial<StripeRow> = {}): StripeRow => ({
    ...{ payout, id: `txn_${kind}${++number}`, payment, gross: 21_000, fee: 1_081 },
    ...more,
  });
  const transactionNamed = async (text: string) => {
    const [found] = await service.ctx.store.tables.transactions.list({ text }, 1);
    if (!found) throw new Error(`no transaction says ${text}`);
    return found;
  };
  const bankPays = async (content: string, amount: number) => {
    await tell(service, { content, amount }).expect(200);
    return transactionNamed(content);
  };
  const arrived = async (settlementId: string) => (await seeSettlement(service.ctx, ketoan, settlementId)).arrived;

  it('takes the payout that names it by itself, books the fee as ours, and never adds it to what a citizen paid', async () => {
    const [first, second] = [await paid(), await paid()];
    const [gatewayBefore, feeBefore, payout] = [await balance('gateway:stripe'), await balance('gateway_fee:stripe'), payoutName()];
    const credit = await bankPays(`STRIPE PAYOUT ${payout}`, 39_838);
    expect(credit.state).toBe('unapplied');
    const { settlementIds, newLines } = await send([rowOf(payout, first), rowOf(payout, second)]);
    expect(newLines).toBe(2);
    const seen = await seeSettlement(service.ctx, ketoan, settlementIds[0] ?? '');
    expect(seen.arrived?.id).toBe(credit.id);
    expect(seen.totals.gross.toString()).toBe('42000');
    expect(seen.lines.map(({ difference }) => difference)).toEqual([undefined, undefined]);
    expect(await transactionNamed(payout)).toMatchObject({ state: 'resolved' });
    expect((await balance('gateway:stripe')) - gatewayBefore).toBe(-42_000);
    expect((await balance('gateway_fee:stripe')) - feeBefore).toBe(2_162);
    for (const { obligation } of [first, second]) {
      const { status, amounts } = (await service.call('get', `/api/obligations/${obligation}`).expect(200)).body;
      expect([status, amounts.due, amounts.paid]).toEqual(['paid', 21_000, 21_000]);
    }
  });

  it('takes the payout too that comes after its list', async () => {
    const payout = payoutName();
    const { settlementIds } = await send([rowOf(payout, await paid())]);
    expect(await arrived(settlementIds[0] ?? '')).toBeUndefined();
    const credit = await bankPays(`TT ${payout} STRIPE`, 19_919);
    await settlePayouts(service.ctx);
    expect((await arrived(settlementIds[0] ?? ''))?.id).toBe(credit.id);
  });

  it('knows its name in what a bank left of it', async () => {
    const payout = payoutName();
    const { settlementIds } = await send([rowOf(payout, await paid())]);
    await bankPays(`STRIPE ${payout.replaceAll('_', '').toUpperCase()} CHUYEN TIEN`, 19_919);
    await settlePayouts(service.ctx);
    expect(await arrived(settlementIds[0] ?? '')).toBeDefined();
  });

  it('adds nothing when the same file comes again, and only what is new when another holds more', async () => {
    const payout = payoutName();
    const rows = [rowOf(payout, await paid())];
    const { settlementIds } = await send(rows);
    expect(await send(rows)).toMatchObject({ newLines: 0, alreadyKnown: 1, file: undefined, settlementIds });
    expect(await send([...rows, rowOf(payout, await paid())])).toMatchObject({ newLines: 1, alreadyKnown: 1, settlementIds });
    expect((await seeSettlement(service.ctx, ketoan, settlementIds[0] ?? '')).lineCount).toBe(2);
  });

  it('names what differs: paid there and unknown here, another amount, one payment in two payouts', async () => {
    const [payout, later] = [payoutName(), payoutName()];
    const [one, other] = [await paid(), await paid()];
    const rows = [rowOf(payout, one), rowOf(payout, other, { gross: 20_000 }), rowOf(payout, { payment: 'pi_of_nobody' })];
    const { settlementIds } = await send(rows);
    const [settlementId = ''] = settlementIds;
    const differences = async () => (await seeSettlement(service.ctx, ketoan, settlementId)).lines.map(({ difference }) => difference);
    expect(await differences()).toEqual([undefined, 'amount_differs', 'unknown_here']);
    await send([rowOf(later, one)]);
    expect(await differences()).toEqual(['settled_twice', 'amount_differs', 'unknown_here']);
  });

  it('is only suggested where just the sum fits, and taken when a person says so, with a reason; once', async () => {
    const payout = payoutName();
    const { settlementIds } = await send([rowOf(payout, await paid(), { fee: 777 })]);
    const [settlementId = ''] = settlementIds;
    const credit = await bankPays(`CK DEN ${kind} STRIPE CONG TY`, 20_223);
    await settlePayouts(service.ctx);
    expect(await seeSettlement(service.ctx, ketoan, settlementId)).toMatchObject({ suggested: [{ by: 'sum', credit: { id: credit.id } }] });
    const decision = { actor: ketoan, settlementId, transactionId: credit.id, reason: 'Đúng số tiền và ngày' };
    await expect(settlePayout(service.ctx, { ...decision, actor: officer('lanhdao', 'leader') })).rejects.toThrow('role_insufficient');
    await settlePayout(service.ctx, decision);
    await expect(settlePayout(service.ctx, decision)).rejects.toThrow('settlement_arrived');
    expect((await arrived(settlementId))?.id).toBe(credit.id);
  });

  it('is undone by the opposite, fee and all', async () => {
    const payout = payoutName();
    const one = await paid();
    const credit = await bankPays(`STRIPE ${payout}`, 19_919);
    const before = [await balance('gateway:stripe'), await balance('gateway_fee:stripe')];
    const { settlementIds } = await send([rowOf(payout, one)]);
    await undoResolution(service.ctx, { actor: ketoan, transactionId: credit.id, reason: 'Nhầm đợt quyết toán' });
    expect([await balance('gateway:stripe'), await balance('gateway_fee:stripe')]).toEqual(before);
    expect(await arrived(settlementIds[0] ?? '')).toBeUndefined();
    await settlePayouts(service.ctx);
    expect(await transactionNamed(payout)).toMatchObject({ state: 'unapplied' });
    await settlePayout(service.ctx, { actor: ketoan, settlementId: settlementIds[0] ?? '', transactionId: credit.id, reason: 'Đúng đợt' });
    expect((await arrived(settlementIds[0] ?? ''))?.id).toBe(credit.id);
  });

  it('lets a person book what banks took on the way, and nothing larger', async () => {
    const payout = payoutName();
    const { settlementIds } = await send([rowOf(payout, await paid()), rowOf(payout, await paid(), { gross: 200_000, fee: 0 })]);
    const decision = { actor: ketoan, settlementId: settlementIds[0] ?? '', reason: 'Ngân hàng thu phí chuyển tiền' };
    const little = await bankPays(`STRIPE thieu nhieu ${payout.slice(0, 4)}`, 50_000);
    await expect(settlePayout(service.ctx, { ...decision, transactionId: little.id, isRestCharge: true })).rejects.toThrow(
      'settlement_rest_too_large',
    );
    const credit = await bankPays(`STRIPE thieu it ${payout.slice(0, 4)}`, 208_919);
    await expect(settlePayout(service.ctx, { ...decision, transactionId: credit.id })).rejects.toThrow('settlement_sum_differs');
    const before = await balance(`bank_fee:acc-h26-101`);
    await settlePayout(service.ctx, { ...decision, transactionId: credit.id, isRestCharge: true });
    expect((await balance(`bank_fee:acc-h26-101`)) - before).toBe(11_000);
  });

  it('takes no line any more once its money has come', async () => {
    const payout = payoutName();
    await bankPays(`STRIPE ${payout}`, 19_919);
    await send([rowOf(payout, await paid())]);
    const late = await send([rowOf(payout, await paid())]);
    expect(late).toMatchObject({ newLines: 0, rejected: [{ row: 2, why: 'closed' }] });
  });

  it('leaves to a person a credit whose content may name two payouts of the same sum', async () => {
    const payout = payoutName();
    const rows = [rowOf(payout, await paid(), { fee: 444 }), rowOf(`${payout}7`, await paid(), { fee: 444 })];
    const { settlementIds } = await send(rows);
    await bankPays(`STRIPE ${payout}7`, 20_556);
    await settlePayouts(service.ctx);
    expect(await Promise.all(settlementIds.map(arrived))).toEqual([undefined, undefined]);
  });

  it('sets off a payout whose fees exceed it in another, which is then as short as the gateway pays it', async () => {
    const before = [await balance('gateway:stripe'), await balance('gateway_fee:stripe')];
    const [poor, next] = [payoutName(), payoutName()];
    const poorId = (await send([rowOf(poor, await paid(), { fee: 30_000 })])).settlementIds[0] ?? '';
    const nextId = (await send([rowOf(next, await paid(), { fee: 1_000 })])).settlementIds[0] ?? '';
    const said = { actor: ketoan, settlementId: poorId, reason: 'Cổng trừ vào đợt sau' };
    const net = async (id: string) => (await seeSettlement(service.ctx, ketoan, id)).totals.net.toJSON();
    const refused = async (promise: Promise<void>, code: string) => expect(promise).rejects.toThrow(code);
    await refused(carryPayout(service.ctx, { ...said, settlementId: nextId, into: poorId }), 'settlement_pays');
    await refused(carryPayout(service.ctx, { ...said, into: poorId }), 'settlement_target_unfit');
    await refused(carryPayout(service.ctx, { ...said, actor: officer('lanhdao', 'leader'), into: nextId }), 'role_insufficient');
    await refused(takePayoutBack(service.ctx, said), 'settlement_not_carried');
    await carryPayout(service.ctx, { ...said, into: nextId });
    expect([await net(poorId), await net(nextId)]).toEqual([0, 11_000]);
    await takePayoutBack(service.ctx, { ...said, reason: 'Nhầm đợt' });
    expect([await net(poorId), await net(nextId)]).toEqual([-9_000, 20_000]);
    const both = await Promise.allSettled([1, 2].map(() => carryPayout(service.ctx, { ...said, into: nextId })));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await send([rowOf(poor, await paid())])).toMatchObject({ newLines: 0, rejected: [{ why: 'closed' }] });
    const credit = await bankPays(`STRIPE ${next}`, 11_000);
    await settlePayouts(service.ctx);
    expect((await arrived(nextId))?.id).toBe(credit.id);
    expect(await seeSettlement(service.ctx, ketoan, poorId)).toMatchObject({
      carriedInto: nextId,
      carried: { said: { name: said.reason } },
    });
    expect((await balance('gateway_fee:stripe')) - Number(before[1])).toBe(31_000);
    expect((await balance('gateway:stripe')) - Number(before[0])).toBe(21_000); // the payment that came too late for its list
    const owed = (await listUnsettled(service.ctx, ketoan, 'stripe', 10_000)).map(({ settlementId }) => settlementId);
    expect(owed.filter((id) => id === poorId || id === nextId)).toEqual([]);
    await refused(takePayoutBack(service.ctx, said), 'settlement_arrived');
  });

  it('that takes more than it brings is what a bank line debited: explained with its fee, once, and taken back by the opposite', async () => {
    const before = [await balance('gateway:stripe'), await balance('gateway_fee:stripe'), await balance('bank:acc-h26-101')];
    const [poor, rich] = [payoutName(), payoutName()];
    const poorId = (await send([rowOf(poor, await paid(), { fee: 30_000 })])).settlementIds[0] ?? '';
    const richId = (await send([rowOf(rich, await paid(), { fee: 1_000 })])).settlementIds[0] ?? '';
    const debits = async (content: string, amount: number) => {
      await tell(service, { content, amount, transferType: 'out' }).expect(200);
      return (await transactionNamed(content)).id;
    };
    const [line, little] = [await debits(`STRIPE ghi no ${kind}`, 9_000), await debits(`STRIPE ghi no it ${kind}`, 8_999)];
    const explain = (id: string, settlementId = poorId, login = 'ketoan') =>
      by(service, login, `/api/transactions/${id}/explain`, { purpose: 'settlement', settlementId, reason: 'Cổng trích nợ' });
    expect((await explain(little)).body.code).toBe('settlement_debit_differs');
    expect((await explain(line, richId)).body.code).toBe('settlement_not_debited');
    expect((await explain(line, 'st_unknown')).status).toBe(404);
    expect((await explain(line, poorId, 'lanhdao')).status).toBe(403);
    const accountant = await visitorAt(service, 'ketoan');
    expect(textOf((await accountant.get(`/transactions/${line}`)).text)).toContain(`Stripe ${poor}`);
    expect(textOf((await accountant.get(`/transactions/${little}`)).text)).not.toContain(poor);
    const sent = { purpose: `settlement ${poorId}`, reason: 'Cổng trích nợ' };
    expect((await accountant.post(`/transactions/${line}/explain`, sent)).status).toBe(303);
    const moved = async () => [
      (await balance('gateway:stripe')) - Number(before[0]) - 21_000, // the other payment waits
      (await balance('gateway_fee:stripe')) - Number(before[1]),
      (await balance('bank:acc-h26-101')) - Number(before[2]),
    ];
    expect(await moved()).toEqual([0, 30_000, -9_000]);
    expect((await arrived(poorId))?.id).toBe(line);
    expect(textOf((await accountant.get(`/settlements/${poorId}`)).text)).toContain('Cổng đã trích nợ');
    expect((await listUnsettled(service.ctx, ketoan, 'stripe', 10_000)).map(({ settlementId }) => settlementId)).not.toContain(poorId);
    expect((await explain(await debits(`STRIPE ghi no nua ${kind}`, 9_000))).body.code).toBe('settlement_arrived');
    await by(service, 'ketoan', `/api/transactions/${line}/take-back`, { reason: 'Nhầm đợt' }).expect(200);
    expect(await moved()).toEqual([21_000, 0, 0]);
    expect(await arrived(poorId)).toBeUndefined();
    await carryPayout(service.ctx, { actor: ketoan, settlementId: poorId, reason: 'Trừ đợt sau', into: richId });
    expect((await explain(line)).body.code).toBe('settlement_carried');
  });

  it('is sent by people who may import statements, and seen by those who see the finances of its place', async () => {
    await expect(send([rowOf(payoutName(), await paid())], officer('lanhdao', 'leader'))).rejects.toThrow('role_insufficient');
    const { settlementIds } = await send([rowOf(payoutName(), await paid())]);
    const elsewhere: Actor = { kind: 'person', officerId: 'of-x', name: 'x', role: 'finance_officer', agencyCode: 'H26.90' };
    await expect(seeSettlement(service.ctx, elsewhere, settlementIds[0] ?? '')).rejects.toThrow('settlement_unknown');
  });

  it('leaves the gateway owing just the payments that no payout has brought, whatever came in which order', async () => {
    const start = await listOwed(service.ctx, ketoan);
    const strange = start[0]?.booked?.minus(start[0].sum).toJSON() ?? 0;
    const runs = fc.array(fc.record({ pays: fc.integer({ min: 0, max: 3 }), settles: fc.boolean(), fee: fc.nat(2_000) }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(runs, async (days) => {
        let open: { payment: string }[] = [];
        for (const { pays, settles, fee } of days) {
          for (let count = 0; count < pays; count++) open.push(await paid());
          if (!settles || open.length === 0) continue;
          const payout = payoutName();
          await bankPays(`STRIPE ${payout}`, open.length * (21_000 - fee));
          await send(open.map((one) => rowOf(payout, one, { fee })));
          open = [];
        }
        const [owed] = await listOwed(service.ctx, ketoan);
        const unsettled = await listUnsettled(service.ctx, ketoan, 'stripe', 10_000);
        const open21 = unsettled.reduce((sum, { amount }) => sum + amount.toJSON(), 0);
        expect(open21).toBe(owed?.sum.toJSON());
        expect(await balance('gateway:stripe')).toBe(open21 + strange);
        expect(unsettled.filter(({ providerId }) => open.some(({ payment }) => payment === providerId))).toHaveLength(open.length);
      }),
      { numRuns: 6 },
    );
  }, 60_000);

  it('says since when a gateway owes us', async () => {
    await paid();
    const [owed] = await listOwed(service.ctx, ketoan);
    expect(owed).toMatchObject({ provider: 'stripe' });
    expect(dayOf(owed?.since ?? instantOf(0)) <= addDays(today, 0)).toBe(true);
  });
});
