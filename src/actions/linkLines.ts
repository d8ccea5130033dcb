// Links lines to transactions that other sources told of, and makes a transaction of every other line, but for those that a person must judge.
import type { IncomingTransaction } from '../../webhooks/provider';
import type { Context, Tables } from '../context';
import type { Account } from '../domain/agency';
import { bankOfBin } from '../domain/banks';
import { daysAround } from '../domain/lineIdentity';
import { candidatesFor, pairByContent } from '../domain/lineMatching';
import type { StatementLine } from '../domain/statement';
import { startOfDay, type Day, type Instant } from '../domain/time';
import { applyTransactions, type Teller } from './applyTransactions';
import { freeTransactions, rewordable } from './freeTransactions';
import { advance, type Progress, type ReadingRun } from './readStatement';

const linesAtOnce = 1_000;
const linkedAtOnce = 500;
const bookedAtOnce = 100;

/** Lets other work go first, between two pieces of this. */
export type Pause = () => Promise<void>;

/** Links what other sources told of with other words: first everything of the same day, then of the days beside. */
export async function linkLines(ctx: Context, run: ReadingRun, pause: Pause): Promise<void> {
  for (const beside of [false, true]) {
    await eachDay(ctx, run, async (day, lines) => {
      await pause();
      const [same, ...others] = daysAround(day);
      const free = await freeTransactions(ctx, run.account, beside ? others : [same]);
      const pairs = [...pairByContent(lines, free, beside)];
      for (let from = 0; from < pairs.length; from += linkedAtOnce) {
        await advance(ctx, run, (tables) => linkAll(tables, pairs.slice(from, from + linkedAtOnce)));
        await pause();
      }
    });
  }
}

/**
 * Every line that is left is money that nobody told us of, unless something that was told, or an older line that the file should list and
 * does not, could be it: then it is held for a person.
 */
export async function bookLines(ctx: Context, run: ReadingRun, pause: Pause): Promise<void> {
  await eachDay(ctx, run, async (day, lines) => {
    await pause();
    const days = daysAround(day);
    const older = days.filter((one) => run.daysKnown.has(one));
    const free = [...(await freeTransactions(ctx, run.account, days)), ...(await rewordable(ctx, run.file, older))];
    const news = free.length === 0 ? lines : lines.filter((line) => candidatesFor(line, free).length === 0);
    for (let from = 0; from < news.length; from += bookedAtOnce) {
      const some = news.slice(from, from + bookedAtOnce);
      await advance(ctx, run, (tables) => bookAll(ctx, tables, run.account, some));
      ctx.bell.ring();
      await pause();
    }
  });
  await advance(ctx, run, async (tables) => ({
    heldCount: (await tables.statementLines.countUnlinked(run.file.id)) - run.progress.heldCount,
  }));
}

/** Calls `work` with the unlinked lines of each day: the file's own, and those that an earlier file, broken off, had left. */
async function eachDay(ctx: Context, run: ReadingRun, work: (day: Day, lines: StatementLine[]) => Promise<void>): Promise<void> {
  await eachDayOf((after) => ctx.store.tables.statementLines.listUnlinked(run.file.id, linesAtOnce, after), work);
  for (const id of await ctx.store.tables.statements.listBrokenOff(run.account.id)) {
    await eachDayOf((after) => ctx.store.tables.statementLines.listUnlinked(id, linesAtOnce, after, run.file.id), work);
  }
}

/** A day of very many lines comes in several parts. */
async function eachDayOf(
  pageAfter: (id: number) => Promise<StatementLine[]>,
  work: (day: Day, lines: StatementLine[]) => Promise<void>,
): Promise<void> {
  let rest: StatementLine[] = [];
  for (let after = 0; ;) {
    const page = await pageAfter(after);
    after = page.at(-1)?.id ?? after;
    const days = groupedByDay([...rest, ...page]);
    const open = page.length < linesAtOnce ? undefined : page.at(-1)?.day;
    for (const [day, lines] of days) if (day !== open || lines.length >= mostOfDay) await work(day, lines);
    if (open === undefined) return;
    const left = days.get(open) ?? [];
    rest = left.length >= mostOfDay ? [] : left;
  }
}

const mostOfDay = 20_000;

function groupedByDay(lines: readonly StatementLine[]): Map<Day, StatementLine[]> {
  const days = new Map<Day, StatementLine[]>();
  for (const line of lines) {
    const group = days.get(line.day);
    if (group) group.push(line);
    else days.set(line.day, [line]);
  }
  return days;
}

/** Whatever was linked meanwhile stays as it is. */
async function linkAll(tables: Tables, pairs: readonly (readonly [StatementLine, string])[]): Promise<Partial<Progress>> {
  const taken = new Set((await tables.statementLines.linesOf(pairs.map(([, id]) => id))).map(({ transactionId }) => transactionId));
  let knownCount = 0;
  for (const [line, transactionId] of pairs) {
    if (!taken.has(transactionId) && (await tables.statementLines.claimTransaction(line.id, transactionId))) knownCount++;
  }
  return { knownCount };
}

/** Makes transactions of lines by the same walk as all other money; the account vouches for its own statement. */
async function bookAll(ctx: Context, tables: Tables, account: Account, lines: readonly StatementLine[]): Promise<Partial<Progress>> {
  const open = await tables.statementLines.listStillUnlinked(lines.map(({ id }) => id));
  const ids = open.map((line) => ({ line, providerId: String(line.id) }));
  await bookAs(ctx, tables, account, ids, ctx.now());
  return { newCount: open.length };
}

/** `providerId`: the name under which a line becomes a transaction. */
export async function bookAs(
  ctx: Context,
  tables: Tables,
  account: Account,
  named: readonly { line: StatementLine; providerId: string }[],
  at: Instant,
): Promise<void> {
  const teller: Teller = { provider: 'statement', owner: account.id, accountsWithOwnSecret: new Set([account.id]), via: 'statement' };
  await tellLinked(tables, account, named, at);
  const told = { teller, incoming: named.map(({ line, providerId }) => incomingOf(account, line, providerId)) };
  const { events } = await applyTransactions(ctx, tables, [told], at);
  const ids = new Map(
    (
      await tables.transactions.listTold(
        teller.provider,
        account.id,
        named.map(({ providerId }) => providerId),
      )
    ).map((one) => [one.providerId, one.id]),
  );
  for (const { line, providerId } of named) {
    const transactionId = ids.get(providerId);
    if (transactionId === undefined || !(await tables.statementLines.claimTransaction(line.id, transactionId)))
      throw new Error(`line ${line.id} became no transaction of its own`);
  }
  await tables.events.append(events);
}

/**
 * Twins are counted by what each source tells: lines that are transactions of other sources have to be told by the statement too, before
 * a twin of theirs is.
 */
async function tellLinked(
  tables: Tables,
  account: Account,
  named: readonly { line: StatementLine; providerId: string }[],
  at: Instant,
): Promise<void> {
  const known = await tables.transactions.listIdentified([...new Set(named.map(({ line }) => line.identity))]);
  const untold = known.filter(
    ({ provider, tellings }) => provider !== 'statement' && !tellings.some((one) => one.provider === 'statement'),
  );
  if (untold.length === 0) return;
  const lines = await tables.statementLines.linesOf(untold.map(({ id }) => id));
  await tables.transactions.keepTellings(
    lines.flatMap(({ id, content, transactionId }) =>
      transactionId === undefined
        ? []
        : [
            {
              provider: 'statement',
              scope: account.id,
              providerId: String(id),
              transactionId,
              via: 'statement' as const,
              content,
              toldAt: at,
            },
          ],
    ),
  );
}

/** A balance says where a movement stands among others only where its time is told. */
function incomingOf(account: Account, line: StatementLine, providerId: string): IncomingTransaction {
  const isTimed = line.bookedAt !== startOfDay(line.day);
  return {
    providerId,
    direction: line.direction,
    accountNumber: account.accountNumber,
    bankName: bankOfBin(account.bankBin)?.shortName,
    amount: line.amount,
    content: line.content,
    bankReference: line.bankReference,
    payerName: line.payerName,
    payerAccount: line.payerAccount,
    bankTime: line.bookedAt,
    ...(isTimed && line.balanceAfter ? { balanceAfter: line.balanceAfter } : {}),
    isTest: false,
  };
}
