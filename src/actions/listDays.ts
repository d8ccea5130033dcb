// Lists days by account: where each stands, and how much of it nobody has explained; only days that can differ are reconciled for it.
import type { Context } from '../context';
import type { Account } from '../domain/agency';
import { reconcileMovements } from '../domain/dayReconciliation';
import { sumOf, zero, type Money } from '../domain/money';
import { blockingOf, carriedOf, dayStandingOf, type DayStanding, type StatementStanding } from '../domain/reconciliation';
import type { Actor } from '../domain/role';
import { addDays, type Day } from '../domain/time';
import { Problem } from '../problems';
import { demand, sightOf } from './demand';

export const mostDays = 31;

export interface DayRow {
  accountId: string;
  day: Day;
  standing: DayStanding;
  statement: StatementStanding;
  /** Differences that keep the day from being closed; of a closed day, those that are open again. */
  blocking: number;
  carried: number;
  /** What the blocking ones add up to. */
  unexplained: Money;
  /** Money was told of, and there is no statement to hold it against. */
  waitsForStatement?: true;
}

export interface DayList {
  accounts: readonly Account[];
  /** Newest day first; of one day, by account. */
  rows: DayRow[];
}

/** The accounts of the units themselves that the actor sees; those of the Treasury have books of their own. Throws period_too_long. */
export async function listDays(
  ctx: Context,
  actor: Actor,
  { from, to, accountId }: { from: Day; to: Day; accountId?: string },
): Promise<DayList> {
  demand(actor, 'see_finance');
  if (addDays(from, mostDays) <= to) throw new Problem('period_too_long');
  const { tables } = ctx.store;
  const sight = await sightOf(tables, actor);
  const accounts = (await tables.accounts.list()).filter(
    ({ id, agencyCode, purpose }) =>
      purpose === 'collection' && (!sight || sight.includes(agencyCode)) && (accountId === undefined || id === accountId),
  );
  const ids = accounts.map(({ id }) => id);
  const odd = new Set((await tables.oddDays.list(ids, from, to)).map(({ accountId: id, day }) => `${id} ${day}`));
  const rows: DayRow[] = [];
  for (let day = to; day >= from; day = addDays(day, -1)) {
    for (const id of ids) rows.push(await rowOf(ctx, id, day, odd.has(`${id} ${day}`)));
  }
  return { accounts, rows };
}

const nothing = { blocking: 0, carried: 0, unexplained: zero };

/** Of a closed day on which nothing is odd there is nothing to compare, nor of one without a statement. */
async function rowOf(ctx: Context, accountId: string, day: Day, isOdd: boolean): Promise<DayRow> {
  const { tables } = ctx.store;
  const { standing: statement } = await tables.reconciliations.statementOf(accountId, day);
  const isClosed = (await tables.reconciliations.closedAtOf(accountId, day)) !== undefined;
  if (isClosed && !isOdd) return { accountId, day, statement, standing: 'closed', ...nothing };
  if (!isClosed && statement === 'none') {
    const isTold = await tables.reconciliations.isTold(accountId, day);
    return { accountId, day, statement, standing: 'no_statement', ...nothing, ...(isTold ? { waitsForStatement: true } : {}) };
  }
  const reconciliation = reconcileMovements(await tables.reconciliations.movementFacts(accountId, day));
  const blocking = blockingOf(reconciliation);
  return {
    accountId,
    day,
    statement,
    standing: isClosed ? 'closed' : dayStandingOf(reconciliation),
    blocking: blocking.length,
    carried: carriedOf(reconciliation).length,
    unexplained: sumOf(blocking.map(({ amount }) => amount)),
  };
}
