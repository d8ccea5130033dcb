// Shows the statements that were sent: how far each is, what it says of itself, its spoilt rows, and the lines that wait for a person.
import type { Context } from '../context';
import type { Account } from '../domain/agency';
import { candidatesFor, type UnlinkedTransaction } from '../domain/lineMatching';
import { daysAround } from '../domain/lineIdentity';
import type { Actor } from '../domain/role';
import {
  faultyTotalsOf,
  type FaultyTotal,
  type LineDecision,
  type RejectedLine,
  type StatementFile,
  type StatementLine,
} from '../domain/statement';
import type { Day } from '../domain/time';
import { Problem, refusals, type ProblemCode } from '../problems';
import { demand, demandSight, sightOf } from './demand';
import { freeTransactions, rewordable } from './freeTransactions';
import { accountNamed } from './keepStatement';

const mostRejections = 200;
const mostHeld = 50;
const mostCandidates = 5;
const rowsLookedAt = 500;

export const listedKinds = ['all', 'known', 'new', 'held'] as const;
export type ListedKind = (typeof listedKinds)[number];

export interface SeenStatement {
  file: StatementFile;
  account: Account;
  faults: readonly FaultyTotal[];
  /** The first of them. */
  rejected: readonly RejectedLine[];
}

export interface HeldLine {
  line: StatementLine;
  candidates: readonly HeldCandidate[];
}

/** `isListed`: an earlier file lists it, and this one does not. */
export interface HeldCandidate extends UnlinkedTransaction {
  isListed: boolean;
}

export interface DecidedLine {
  line: StatementLine;
  decisions: readonly LineDecision[];
}

/** Newest first, of one account or of all that the actor sees; with one more than `limit` where there are more. */
export async function listStatements(
  ctx: Context,
  actor: Actor,
  { account, limit, after }: { account?: string; limit: number; after?: string },
): Promise<SeenStatement[]> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const accounts = account === undefined ? await accountsInSight(ctx, actor) : [await accountNamed(tables, actor, account)];
  const files = await tables.statements.list(
    accounts.map(({ id }) => id),
    limit + 1,
    after,
  );
  return files.flatMap((file) => {
    const own = accounts.find(({ id }) => id === file.accountId);
    return own ? [{ file, account: own, faults: faultsOf(file), rejected: [] }] : [];
  });
}

/** The accounts that collect, as far as the actor sees them. */
export async function accountsInSight({ store }: Context, actor: Actor): Promise<Account[]> {
  demand(actor, 'see_finance');
  const sight = await sightOf(store.tables, actor);
  const accounts = await store.tables.accounts.list();
  return accounts.filter(({ purpose, agencyCode }) => purpose === 'collection' && (!sight || sight.includes(agencyCode)));
}

/** Throws statement_unknown, also for what the actor may not see. */
export async function seeStatement(ctx: Context, actor: Actor, id: string): Promise<SeenStatement> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const file = await tables.statements.find(id);
  const account = file && (await tables.accounts.find(file.accountId));
  await demandSight(tables, actor, account?.agencyCode, 'statement_unknown');
  if (!file || !account) throw new Problem('statement_unknown');
  return { file, account, faults: faultsOf(file), rejected: await tables.statements.listRejections(id, mostRejections) };
}

/** Why a file was refused, by the name of the refusal. */
export function problemOf({ state, problem }: StatementFile): ProblemCode | undefined {
  if (state !== 'refused') return undefined;
  const code = `statement_${problem ?? 'broken'}`;
  return isProblemCode(code) ? code : 'statement_broken';
}

const isProblemCode = (code: string): code is ProblemCode => code in refusals;

/** Once its totals are known. */
const faultsOf = (file: StatementFile): FaultyTotal[] =>
  file.isBalanced === undefined ? [] : faultyTotalsOf({ ...file, lineCount: file.rowCount });

/** Lines of a file that is read to its end and that are no transaction, each with what it may be; the first of them. */
export async function listHeld(ctx: Context, { file, account }: Pick<SeenStatement, 'file' | 'account'>): Promise<HeldLine[]> {
  if (file.state !== 'read' || file.heldCount === 0) return [];
  const lines = await ctx.store.tables.statementLines.listUnlinked(file.id, mostHeld);
  const days = [...new Set<Day>(lines.flatMap(({ day }) => daysAround(day)))];
  const [told, listed] = [await freeTransactions(ctx, account, days), await rewordable(ctx, file, days)];
  const free = [...told.map((one) => ({ ...one, isListed: false })), ...listed.map((one) => ({ ...one, isListed: true }))];
  return lines.map((line) => ({ line, candidates: candidatesFor(line, free).slice(0, mostCandidates) }));
}

/** Movements that a file lists, of one kind; some rows at a time. */
export const listListed = ({ store }: Context, { file }: Pick<SeenStatement, 'file'>, kind: ListedKind, after: number) =>
  store.tables.statementLines.listListed(file.id, kind, rowsLookedAt, after);

/** Lines of a file about which a person has said something; who, by name. */
export async function listDecided({ store }: Context, file: StatementFile): Promise<DecidedLine[]> {
  const lines = await store.tables.statementLines.listDecided(file.id, mostHeld);
  if (lines.length === 0) return [];
  const names = await store.tables.officers.listNames();
  const signed = await store.tables.statementLines.decisionsOf(lines.map(({ id }) => id));
  const decisions = signed.map((one) => ({ ...one, by: names.get(one.by) ?? one.by }));
  return lines.map((line) => ({ line, decisions: decisions.filter(({ lineId }) => lineId === line.id) }));
}
