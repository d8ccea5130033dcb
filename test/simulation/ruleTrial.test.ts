// Rules tried on the money of simulated days: the same rules change nothing, and other rules account for every credit.
import { judgeAgain } from '../../src/actions/judgeAgain';
import { draftRuleSet } from '../../src/actions/draftRuleSet';
import { runTrial } from '../../src/actions/runTrial';
import { tryRules } from '../../src/actions/tryRules';
import { demoConfig } from '../../src/config';
import type { Actor } from '../../src/domain/role';
import { firstRules, switchable } from '../../src/domain/ruleSet';
import { kindOf, sharesOf, type RuleTrial } from '../../src/domain/ruleTrial';
import { instantOf } from '../../src/domain/time';
import { openLog } from '../../src/log';
import { assemble, type Service } from '../../src/serve';
import { databases, freshDatabase } from '../support/office';
import { simulate } from './day';
import { openReader, type Reader } from './reader';
import { dayMs, firstMorningMs } from './world';

jest.setTimeout(120_000);

const actor: Actor = { kind: 'person', officerId: 'of-rules', name: 'Kế toán', role: 'finance_officer', agencyCode: 'H26' };
const judged = `direction = 'in' AND state IN ('applied', 'unapplied', 'resolved')`;

describe.each(databases)('Rules tried on simulated money on %s', (kind) => {
  let database: { url: string; remove: () => void };
  let service: Service;
  let reader: Reader;
  let credits: number;
  beforeAll(async () => {
    database = await freshDatabase(kind);
    const { broken } = await simulate({ seed: 6, payments: 80, databaseUrl: database.url });
    expect(broken).toBeUndefined();
    service = await assemble(demoConfig({ PORT: '0', DATABASE_URL: database.url }), openLog('silent'), {
      now: () => instantOf(firstMorningMs + 30 * dayMs),
    });
    reader = await openReader(database.url);
    credits = await reader.number(`SELECT count(*) FROM incoming_transaction WHERE ${judged}`);
  });
  afterAll(async () => {
    await reader.end();
    await service.stop();
    database.remove();
  });

  const tried = async (changes: Record<string, boolean | number>): Promise<RuleTrial> => {
    const { ctx } = service;
    const { id } = await draftRuleSet(ctx, { actor, changes, reason: 'thử', from: 'default' });
    const trial = await tryRules(ctx, { actor, ruleSetId: id });
    while (await runTrial(ctx, () => Promise.resolve()));
    const done = await ctx.store.tables.ruleTrials.find(trial.id);
    if (!done) throw new Error('the trial is gone');
    return done;
  };

  it('are the same rules, and then nothing differs', async () => {
    expect(credits).toBeGreaterThanOrEqual(80);
    expect(await tried({})).toMatchObject({ state: 'done', checked: credits, gained: 0, lost: 0, changed: 0 });
  });

  it('account for every credit, whatever they are: gained, lost, changed and the same are all', async () => {
    const sets = [
      Object.fromEntries(switchable.map((one) => [one, false])),
      { dossier_sum: false, mostInSum: 2 },
      { corrected_reference: false },
      { mostCorrected: 10, longestContent: 300 },
    ];
    let differing = 0;
    for (const changes of sets) {
      const trial = await tried(changes);
      const counts = await reader.rows(
        `SELECT kind, count(*) AS n FROM rule_trial_difference WHERE trial_id = '${trial.id}' GROUP BY kind`,
      );
      const { gained, lost, changed, checked } = trial;
      expect(Object.fromEntries(counts.map((row) => [row['kind'], row['n']]))).toEqual(
        Object.fromEntries(Object.entries({ gained, lost, changed }).filter(([, count]) => count > 0)),
      );
      expect(checked).toBe(credits);
      differing += gained + lost + changed;
    }
    expect(differing).toBeGreaterThan(0);
  });

  it('find the same candidates in the tables, as they stood when the money came, as the proofs wrote down', async () => {
    const { tables } = service.ctx.store;
    const period = { from: instantOf(firstMorningMs - dayMs), to: service.ctx.now() };
    const differing: string[] = [];
    for (const credit of await tables.ruleTrials.listCredits(period, undefined, 10_000)) {
      const { proof, ...unproven } = credit;
      const [again, proven] = [await judgeAgain(tables, unproven, firstRules), await judgeAgain(tables, credit, firstRules)];
      expect(proof).toBeDefined();
      if (kindOf(sharesOf(proven), sharesOf(again))) differing.push(`${credit.id} ${JSON.stringify(again.proof)} ${JSON.stringify(proof)}`);
    }
    expect(differing).toEqual([]);
  });
});
