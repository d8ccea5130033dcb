// Laws: what must hold of the tables at any moment of any day, and what the simulator's truth says about their sums.
import { brokenLaws } from '../support/books';
import { LawBroken, mustHold } from './broken';
import { bankAccounts } from './office';
import { excessOf, leftOf, outstandingOf, paidOf, sumOf } from './truth';
import type { World } from './world';

/** Each counts what breaks it. */
const laws: Readonly<Record<string, string>> = {
  'no obligation has too much and too little at once': `
    SELECT count(*) FROM obligation WHERE excess > 0 AND paid < due AND cancelled_at IS NULL`,
  'an allocation is lowered only by the decision of a person with a reason': `
    SELECT count(*) FROM allocation a LEFT JOIN resolution r ON r.id = a.resolution_id
      WHERE (a.amount < 0 OR a.excess < 0) AND (r.id IS NULL OR r.reason = '' OR r.resolved_by = '')`,
  'a cancellation has a person and a reason': `
    SELECT count(*) FROM obligation WHERE cancelled_at IS NOT NULL AND (coalesce(cancelled_by, '') = '' OR coalesce(cancel_reason, '') = '')`,
  'no obligation holds less than nothing of a credit': `
    SELECT count(*) FROM (SELECT 1 AS one FROM allocation GROUP BY obligation_id, transaction_id, cash_taking_id
      HAVING sum(amount) < 0 OR sum(excess) < 0) AS holding`,
  'every version of an obligation that is neither cancelled nor free was announced': `
    SELECT count(*) FROM obligation o LEFT JOIN (SELECT subject_id, count(DISTINCT version) AS versions, max(version) AS newest FROM event
      WHERE type LIKE 'obligation.%' GROUP BY subject_id) e ON e.subject_id = o.id
      WHERE o.cancelled_at IS NULL AND o.due > 0 AND (coalesce(e.versions, 0) <> o.version OR e.newest <> o.version)`,
  'every cancellation was announced once': `
    SELECT count(*) FROM obligation o LEFT JOIN (SELECT subject_id, count(*) AS times FROM event WHERE type = 'obligation.cancelled' GROUP BY subject_id) e
      ON e.subject_id = o.id WHERE (o.cancelled_at IS NOT NULL AND coalesce(e.times, 0) <> 1) OR (o.cancelled_at IS NULL AND e.times IS NOT NULL)`,
  'every QR was announced once': `
    SELECT count(*) FROM payment_request p LEFT JOIN (SELECT subject_id, count(*) AS times FROM event WHERE type = 'payment_request.opened' GROUP BY subject_id) e
      ON e.subject_id = p.id WHERE coalesce(e.times, 0) <> 1`,
  'every decision was announced, and nothing else': `
    SELECT (SELECT count(*) FROM event WHERE type = 'transaction.resolved') - (SELECT count(*) FROM resolution WHERE action <> 'undo')`,
  'every taking back was announced, and nothing else': `
    SELECT (SELECT count(*) FROM event WHERE type = 'transaction.unapplied' AND version > 1) - (SELECT count(*) FROM resolution WHERE action = 'undo')`,
  'every refund asked for was announced': `
    SELECT (SELECT count(*) FROM event WHERE type = 'refund.requested') - (SELECT count(*) FROM refund)`,
  'money without a home was announced once': `
    SELECT count(*) FROM incoming_transaction t LEFT JOIN (SELECT subject_id, count(*) AS times FROM event WHERE type = 'transaction.unapplied' AND version = 1 GROUP BY subject_id) e
      ON e.subject_id = t.id WHERE coalesce(e.times, 0) > 1 OR (t.why IS NOT NULL AND t.why <> 'taken_back' AND e.times IS NULL)`,
  'nothing is announced of what is not there': `
    SELECT count(*) FROM event e LEFT JOIN obligation o ON o.id = e.obligation_id WHERE e.obligation_id IS NOT NULL AND (o.id IS NULL OR e.version > o.version AND e.type LIKE 'obligation.%')`,
  'money that leaves, is not ours or is a test pays nothing': `
    SELECT count(*) FROM incoming_transaction t JOIN posting p ON p.cause = 'transaction' AND p.cause_id = t.id WHERE t.state IN ('outgoing', 'foreign', 'test')`,
  'every decision about money is booked': `
    SELECT count(*) FROM resolution r LEFT JOIN posting p ON p.cause = 'resolution' AND p.cause_id = r.id WHERE p.cause_id IS NULL AND r.action <> 'undo'`,
  'a cancelled obligation asks for nothing': `
    SELECT count(*) FROM payment_request p JOIN obligation o ON o.id = p.obligation_id WHERE p.closed_as IS NULL AND o.settled_at IS NULL AND o.cancelled_at IS NOT NULL`,
  'a transfer has one row for an id, first or later': `
    SELECT count(*) FROM telling o JOIN incoming_transaction t ON t.provider = o.provider AND t.scope = o.scope AND t.provider_id = o.provider_id`,
  'no delivery counts fewer tellings than one': `SELECT count(*) FROM delivery WHERE times < 1 OR tries < 1`,
};

/** Throws LawBroken with the first law that does not hold. */
export async function checkLaws(world: World): Promise<void> {
  const [broken] = await brokenLaws(world.options.databaseUrl);
  if (broken !== undefined) throw new LawBroken(broken);
  for (const [law, text] of Object.entries(laws)) {
    const found = await world.reader.number(text);
    mustHold(found === 0, law, () => `${found} times`);
  }
}

/** What the tables hold in all is what really happened and was told, once. */
export async function checkSums(world: World): Promise<void> {
  const told = world.transfers.filter((transfer) => transfer.told.size > 0);
  const known = told.filter((transfer) => transfer.id !== undefined);
  for (const { id, number } of bankAccounts) {
    const sum = (direction: 'in' | 'out') =>
      sumOf(known.filter((one) => one.accountId === id && one.direction === direction).map(({ amount }) => amount));
    await mustBe(world, `the credits on ${number} are those that happened and were told`, sum('in'), credits(id, 'in'));
    await mustBe(world, `the debits on ${number} are those that happened and were told`, sum('out'), credits(id, 'out'));
    const booked = `SELECT coalesce(sum(p.amount), 0) FROM posting p WHERE p.cause = 'transaction' AND p.debit = 'bank:${id}'`;
    await mustBe(world, `the books of ${number} hold every credit once`, sum('in'), booked);
  }
  await mustBe(
    world,
    'told so often, kept once',
    known.length,
    `SELECT count(*) FROM incoming_transaction WHERE state NOT IN ('test', 'foreign')`,
  );
  const tellings = sumOf(told.map((transfer) => transfer.told.size)) - known.length;
  await mustBe(world, 'every later telling is kept beside the first', tellings, 'SELECT count(*) FROM telling');
  for (const state of ['test', 'foreign'])
    await mustBe(
      world,
      `what is ${state} stays so`,
      world.strays.get(state) ?? 0,
      `SELECT count(*) FROM incoming_transaction WHERE state = '${state}'`,
    );
  await mustBe(
    world,
    'what cannot be read stays with a person',
    world.unreadable.size,
    `SELECT count(*) FROM delivery WHERE state = 'unreadable'`,
  );
  await mustBe(world, 'what met a bug waits for the sweep', world.failing.length, `SELECT count(*) FROM delivery WHERE state = 'failed'`);
  await checkDebts(world, known.filter(({ direction }) => direction === 'in').map(leftOf));
}

const credits = (accountId: string, direction: string): string =>
  `SELECT coalesce(sum(amount), 0) FROM incoming_transaction WHERE account_id = '${accountId}' AND direction = '${direction}' AND state <> 'test'`;

async function checkDebts(world: World, left: readonly number[]): Promise<void> {
  const debts = [...world.debts.values()];
  await mustBe(world, 'what was paid is what the citizens paid', sumOf(debts.map(paidOf)), 'SELECT coalesce(sum(paid), 0) FROM obligation');
  await mustBe(
    world,
    'what is too much is what the citizens paid too much',
    sumOf(debts.map(excessOf)),
    'SELECT coalesce(sum(excess), 0) FROM obligation',
  );
  await mustBe(
    world,
    'what is outstanding is what the citizens still owe',
    sumOf(debts.map(outstandingOf)),
    'SELECT coalesce(sum(due - paid), 0) FROM obligation WHERE cancelled_at IS NULL',
  );
  await mustBe(
    world,
    'what has no home in the books is what has no home',
    sumOf(left),
    `SELECT coalesce(sum(CASE WHEN credit LIKE 'unapplied:%' THEN amount ELSE -amount END), 0) FROM posting WHERE credit LIKE 'unapplied:%' OR debit LIKE 'unapplied:%'`,
  );
}

async function mustBe(world: World, law: string, wanted: number, text: string): Promise<void> {
  const found = await world.reader.number(text);
  mustHold(found === wanted, law, () => `expected ${wanted}, found ${found}`);
}
