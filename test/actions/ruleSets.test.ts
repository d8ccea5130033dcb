// The rule playground: rules are drafted by one person, tried on the money of the last months, and adopted by another, or refused.
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { adoptRuleSet } from '../../src/actions/adoptRuleSet';
import { draftRuleSet } from '../../src/actions/draftRuleSet';
import { runTrial } from '../../src/actions/runTrial';
import { cancelTrial, tryRules } from '../../src/actions/tryRules';
import { verifyMatch } from '../../src/actions/verifyMatch';
import type { Actor } from '../../src/domain/role';
import { addMs, instantOf, vietnamTimeOf, type Instant } from '../../src/domain/time';
import { openReader } from '../simulation/reader';
import { altered } from '../support/altered';
import { tell } from '../support/bank';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

const person = (officerId: string, role: 'finance_officer' | 'finance_supervisor', agencyCode = 'H26'): Actor => ({
  ...{ kind: 'person', officerId, name: officerId, role, agencyCode },
});
const [ketoan, truong] = ['demo-api-key-ketoan', 'demo-api-key-ketoantruong'];
const dayMs = 86_400_000;

interface Owed {
  id: string;
  reference: string;
}

describe.each(databases)('Matching rules on %s', (kind) => {
  let service: TestService;
  let now: Instant;
  beforeEach(async () => {
    now = instantOf(Date.parse('2026-11-22T03:00:00.000Z'));
    service = await openTestService(kind, { replace: { now: () => now } });
  });
  afterEach(() => service.end());

  const later = (ms = 60_000) => (now = addMs(now, ms));
  const issue = async (): Promise<Owed> => (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
  const slip = ({ reference }: Owed): string => `${reference.slice(0, 5)}${reference.charAt(5) === 'A' ? 'B' : 'A'}${reference.slice(6)}`;
  const pay = async (content: string, amount = 21_000): Promise<{ id: string; state: string; why?: string; proof: object }> => {
    later();
    await tell(service, { content, amount, time: vietnamTimeOf(now) }).expect(200);
    return (await service.call('get', '/api/transactions').expect(200)).body.data[0];
  };
  const post = (path: string, body: object, key = ketoan) => service.call('post', path, body, key);
  const draft = async (changes: object, key = ketoan, from = 'default'): Promise<string> =>
    (await post('/api/rule-sets', { changes, from, reason: 'thử' }, key).expect(201)).body.id;
  const seen = async (trialId: string, query = '') =>
    (await service.call('get', `/api/rule-trials/${trialId}${query}`, undefined, ketoan).expect(200)).body;
  const ran = async (): Promise<void> => void (await runTrial(service.ctx, () => Promise.resolve()));
  const tried = async (setId: string, body: object = {}) => {
    later();
    const { id } = (await post(`/api/rule-sets/${setId}/try`, body).expect(201)).body;
    await ran();
    return seen(id);
  };
  const adopt = (setId: string, body: object = {}, key = truong) =>
    post(`/api/rule-sets/${setId}/adopt`, { reason: 'đã xem kết quả', ...body }, key);
  const adopted = async (changes: object): Promise<string> => {
    const id = await draft(changes);
    await tried(id);
    await adopt(id).expect(200);
    return id;
  };
  const decide = (id: string, body: object) =>
    post(`/api/transactions/${id}/resolve`, { reason: 'theo hồ sơ', decisionsSeen: 0, ...body }).expect(200);
  const rows = async (text: string) => {
    const reader = await openReader(service.config.databaseUrl);
    try {
      return await reader.rows(text);
    } finally {
      await reader.end();
    }
  };

  const written = async (text: string): Promise<void> => {
    const { databaseUrl: url } = service.config;
    if (!url.startsWith('file:')) return void (await rows(text));
    const database = new Database(url.slice('file:'.length));
    try {
      database.exec(text);
    } finally {
      database.close();
    }
  };

  it('are drafted by one, tried, and adopted by another; the money that comes afterwards is judged by them, and proves it', async () => {
    const before = await issue();
    const early = await pay(slip(before));
    expect(early).toMatchObject({ state: 'applied', proof: { rule: 'corrected_reference', ruleSet: { id: 'default' } } });
    const id = await draft({ corrected_reference: false });
    await adopt(id).expect(409, /rule_trial_missing/);
    const trial = await tried(id);
    expect(trial).toMatchObject({ state: 'done', progress: 100, checked: 1, gained: 0, lost: 1, changed: 0, same: 0, contradicting: 0 });
    expect(trial.data).toMatchObject([
      {
        transactionId: early.id,
        kind: 'lost',
        verdict: 'undecided',
        was: { shares: [{ obligationId: before.id, amount: 21_000 }] },
        would: { shares: [], why: 'correction_unsure' },
      },
    ]);
    await adopt(id, {}, ketoan).expect(403, /role_insufficient/);
    await adopt(id, { trialId: 'rt_other' }).expect(409, /rule_trial_superseded/);
    await adopt(id, { trialId: trial.id }).expect(200);
    await adopt(id).expect(409, /rule_set_adopted/);
    const after = await pay(slip(await issue()));
    expect(after).toMatchObject({
      state: 'unapplied',
      why: 'correction_unsure',
      proof: { version: 6, ruleSet: { id, changes: { corrected_reference: false } } },
    });
    for (const one of [early, after]) expect((await verifyMatch(service.ctx.store.tables, one.id)).differences).toEqual([]);
    const { tables } = service.ctx.store;
    const known = await tables.transactions.find(after.id);
    const renamed = { ...known, proof: JSON.parse(JSON.stringify(known?.proof).replace(id, 'default')) as unknown };
    const renaming = altered(tables, { transactions: { ...tables.transactions, find: async () => renamed as typeof known } });
    expect((await verifyMatch(renaming, after.id)).differences.join()).toMatch(/digest.*the rule set default is \{\}, the proof says/);
    const { inForce, data } = (await service.call('get', '/api/rule-sets', undefined, 'demo-api-key-thanhtra').expect(200)).body;
    expect([inForce.id, data[0].adoption]).toEqual([id, expect.objectContaining({ number: 1, reason: 'đã xem kết quả' })]);
  });

  it('are not adopted by whoever drafted them, nor where nothing would change, nor by a commune', async () => {
    const own = await draft({ exact_sum: false }, truong);
    await tried(own);
    await adopt(own).expect(403, /rule_set_own/);
    const same = await draft({});
    await tried(same);
    await adopt(same).expect(409, /rule_set_in_force/);
    const [officer, supervisor] = [person('of-x', 'finance_officer', 'H26.101'), person('of-y', 'finance_supervisor', 'H26.101')];
    const { ctx } = service;
    await expect(draftRuleSet(ctx, { actor: officer, changes: {}, reason: 'x' })).rejects.toMatchObject({ code: 'rules_head_office' });
    await expect(tryRules(ctx, { actor: officer, ruleSetId: own })).rejects.toMatchObject({ code: 'rules_head_office' });
    await expect(adoptRuleSet(ctx, { actor: supervisor, ruleSetId: own, reason: 'x' })).rejects.toMatchObject({
      code: 'rules_head_office',
    });
    await post('/api/rule-sets', { changes: { exact_reference: false, mostInSum: 99 }, reason: 'x' }).expect(
      400,
      /exact_reference.*mostInSum/,
    );
    await post('/api/rule-sets', { changes: {}, reason: ' ' }).expect(400);
    await post('/api/rule-sets', { changes: {}, reason: 'x' }, 'demo-api-key').expect(403, /person_required/);
    await post('/api/rule-sets', { changes: {}, reason: 'x' }, 'demo-api-key-quay1').expect(403);
    await post('/api/rule-sets/rl_none/try', {}).expect(404);
    expect((await service.call('get', '/api/rule-sets', undefined, ketoan)).body.inForce.id).toBe('default');
  });

  it('are adopted once from two open tabs, and one after another where two sets wait', async () => {
    const [one, other] = [await draft({ exact_sum: false }), await draft({ dossier_sum: false })];
    for (const id of [one, other]) await tried(id);
    const answers = await Promise.all([adopt(one), adopt(one), adopt(other)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409]);
    expect(await rows('SELECT number FROM rule_adoption ORDER BY number')).toEqual([
      { number: expect.anything() },
      { number: expect.anything() },
    ]);
    for (const text of ['DELETE FROM rule_adoption', 'UPDATE rule_set SET body = id', 'DELETE FROM rule_trial'])
      await expect(written(text).catch(String)).resolves.toMatch(/append-only|never deleted/);
  });

  it('that would contradict what a person confirmed cannot be adopted; those that agree can', async () => {
    await adopted({ corrected_reference: false });
    const [meant, other] = [await issue(), await issue()];
    const [first, second] = [await pay(slip(meant)), await pay(slip(other))];
    expect([first.state, second.state]).toEqual(['unapplied', 'unapplied']);
    await decide(first.id, { action: 'allocate', obligationId: meant.id });
    const back = await draft({});
    const before = await tried(back);
    expect(before).toMatchObject({ checked: 2, gained: 2, lost: 0, changed: 0, same: 0, agreeing: 1, contradicting: 0 });
    await decide(second.id, { action: 'refund' }); // somebody decides after the trial, and before the adoption
    await adopt(back).expect(409, /rule_set_contradicts/);
    const trial = await tried(back);
    expect(trial).toMatchObject({ gained: 2, agreeing: 1, contradicting: 1 });
    expect((await seen(trial.id, '?verdict=contradicts')).data).toMatchObject([
      {
        transactionId: second.id,
        kind: 'gained',
        would: { rule: 'corrected_reference', shares: [{ obligationId: other.id }] },
        decisions: [{ action: 'refund' }],
      },
    ]);
    expect((await seen(trial.id, '?kind=gained&limit=1')).nextCursor).toBe('0');
    expect((await seen(trial.id, '?kind=gained&limit=1&cursor=0')).data).toMatchObject([{ transactionId: second.id }]);
    await adopt(back).expect(409, /rule_set_contradicts/);
    later();
    await post(`/api/transactions/${second.id}/undo`, { reason: 'nhầm', decisionsSeen: 1 }).expect(200);
    await decide(second.id, { action: 'allocate', obligationId: other.id, decisionsSeen: 2 });
    expect(await tried(back)).toMatchObject({ gained: 2, agreeing: 2, contradicting: 0 });
    const third = await pay(slip(await issue())); // money that came after the trial, about which somebody decided
    await decide(third.id, { action: 'refund' });
    await adopt(back).expect(409, /rule_set_contradicts/);
    await post(`/api/transactions/${third.id}/undo`, { reason: 'nhầm', decisionsSeen: 1 }).expect(200);
    await adopt(back).expect(200);
    expect(await pay(slip(await issue()))).toMatchObject({ state: 'applied', proof: { ruleSet: { id: back } } });
    const { data } = (await service.call('get', '/api/rule-sets', undefined, ketoan)).body;
    expect(data.map((one: { adoption: { number: number } | null }) => one.adoption?.number)).toEqual([2, 1]);
  });

  it('are withdrawn by whoever may draft; then they are tried and adopted no more, and what was adopted cannot be', async () => {
    const id = await draft({ exact_sum: false });
    const { id: trialId } = (await post(`/api/rule-sets/${id}/try`, {}).expect(201)).body;
    await post(`/api/rule-sets/${id}/withdraw`, {}, 'demo-api-key-thanhtra').expect(403);
    const answers = await Promise.all([ketoan, truong].map(async (key) => post(`/api/rule-sets/${id}/withdraw`, {}, key)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await seen(trialId)).toMatchObject({ state: 'cancelled' });
    await post(`/api/rule-sets/${id}/try`, {}).expect(409, /rule_set_withdrawn/);
    await adopt(id).expect(409, /rule_set_withdrawn/);
    const { body } = await service.call('get', `/api/rule-sets/${id}`, undefined, ketoan);
    expect(body).toMatchObject({ withdrawal: { by: expect.stringMatching(/^of-ketoan/) }, obstacle: 'rule_set_withdrawn' });
    await post(`/api/rule-sets/${await adopted({ dossier_sum: false })}/withdraw`, {}).expect(409, /rule_set_adopted/);
  });

  it('are tried over ninety days or all there is, and not too long ago', async () => {
    await pay('chuyen tien');
    later(100 * dayMs);
    const id = await draft({ exact_sum: false });
    expect(await tried(id, { days: 30 })).toMatchObject({ checked: 0 });
    await adopt(id).expect(409, /rule_trial_missing/);
    expect(await tried(id, { days: 366 })).toMatchObject({ checked: 1, same: 1 });
    later(8 * dayMs);
    await adopt(id).expect(409, /rule_trial_stale/);
    await tried(id);
    await adopt(id).expect(200);
    await post(`/api/rule-sets/${id}/try`, { days: 0 }).expect(400);
    await post(`/api/rule-sets/${id}/try`, { days: 367 }).expect(400);
  });

  it('leave all money as it is while they are tried, and read what they were not told before as it then stood', async () => {
    const [one, two] = [await issue(), await issue()];
    await pay(`${one.reference} ${two.reference}`, 42_000);
    const long = await pay(`${'chuyen khoan '.repeat(30)}${(await issue()).reference}`);
    const late = await issue();
    await pay(slip(late), 20_000);
    expect(long.state).toBe('applied');
    const digest = await hashOfMoney();
    const trial = await tried(await draft({ longestContent: 300, exact_sum: false }));
    expect(trial).toMatchObject({ checked: 3, lost: 2, gained: 0, changed: 0, same: 1 });
    expect(await hashOfMoney()).toBe(digest);

    await adopted({ longestContent: 300 });
    const owed = await issue();
    const unread = await pay(`${'chuyen khoan '.repeat(30)}${owed.reference}`);
    const cash = await issue();
    const unreadToo = await pay(`${'chuyen khoan '.repeat(30)}${cash.reference}`);
    expect([unread.why, unreadToo.why]).toEqual(['no_reference', 'no_reference']);
    later();
    await service
      .call('post', `/api/obligations/${cash.id}/cash`, { amount: 21_000, counterId: 'quay-1' }, 'demo-api-key-quay1')
      .expect(201);
    const { data } = await tried(await draft({}));
    expect(data).toMatchObject([
      { transactionId: unread.id, kind: 'gained', would: { rule: 'exact_reference', shares: [{ obligationId: owed.id, amount: 21_000 }] } },
      {
        transactionId: unreadToo.id,
        kind: 'gained',
        would: { rule: 'exact_reference', shares: [{ obligationId: cash.id, amount: 21_000 }] },
      },
    ]);
  });

  it('are tried in pieces that another process may go on with, and until somebody cancels', async () => {
    await pay('chuyen tien');
    const id = await draft({ exact_sum: false });
    later();
    const { id: trialId } = (await post(`/api/rule-sets/${id}/try`, {}).expect(201)).body;
    await post(`/api/rule-sets/${id}/try`, {}).expect(409, /rule_trial_running/);
    let pauses = 0;
    const cancelInBetween = async (): Promise<void> => {
      if (++pauses === 1) await cancelTrial(service.ctx, { actor: person('of-z', 'finance_officer'), trialId });
    };
    await runTrial(service.ctx, cancelInBetween);
    expect(pauses).toBeGreaterThan(0);
    expect(await seen(trialId)).toMatchObject({ state: 'cancelled', checked: 0 });
    await post(`/api/rule-trials/${trialId}/cancel`, {}).expect(409, /rule_trial_ended/);
    await adopt(id).expect(409, /rule_trial_missing/);
    later();
    const again = (await post(`/api/rule-sets/${id}/try`, {}).expect(201)).body.id;
    await Promise.all([ran(), ran()]);
    expect(await seen(again)).toMatchObject({ state: 'done', checked: 1, same: 1 });
  });

  /** Everything but what belongs to the playground, row by row. */
  async function hashOfMoney(): Promise<string> {
    const names =
      kind === 'SQLite'
        ? await rows(
            `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'rule_%' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
          )
        : await rows(
            `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT LIKE 'rule_%' ORDER BY table_name`,
          );
    const hash = createHash('sha256');
    expect(names.length).toBeGreaterThan(30);
    for (const { name } of names) {
      const lines = (await rows(`SELECT * FROM "${String(name)}"`)).map((row) => Object.values(row).map(String).join('|'));
      hash.update(`${String(name)}\n${lines.sort().join('\n')}`);
    }
    return hash.digest('hex');
  }
});
