// Which new credits are cash of our own that was brought to the bank: such money is never a citizen's payment, whatever its content resembles.
import type { Tables } from '../context';
import { depositFor } from '../domain/deposit';
import type { KeptTransaction } from '../domain/transaction';

/** Their ids; the rule that gives each its deposit finds them unapplied. */
export async function depositsAmong(tables: Pick<Tables, 'deposits'>, credits: readonly KeptTransaction[]): Promise<ReadonlySet<string>> {
  const accountIds = [...new Set(credits.flatMap(({ accountId }) => accountId ?? []))];
  const waiting = await tables.deposits.waitingFor(
    accountIds,
    credits.map(({ amount }) => amount),
  );
  return new Set(waiting.length === 0 ? [] : credits.filter((credit) => depositFor(credit, waiting)).map(({ id }) => id));
}
