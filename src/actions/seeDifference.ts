// Shows all that a difference is about side by side: the bank's lines, our transactions with their proof, obligations and receipts.
import type { Context } from '../context';
import { netBySource } from '../domain/allocation';
import type { Officer } from '../domain/officer';
import type { Obligation } from '../domain/obligation';
import type { ReceiptRecord } from '../domain/receiptRecord';
import type { Difference, Reconciliation, SubjectKind } from '../domain/reconciliation';
import { can, sees, type Actor } from '../domain/role';
import type { StatementLine } from '../domain/statement';
import type { Day } from '../domain/time';
import { Problem } from '../problems';
import { demand, sightOf } from './demand';
import { reconcileDay } from './reconcileDay';
import { withDecisions, type SeenTransaction } from './seeTransaction';

export interface SeenDifference {
  reconciliation: Reconciliation;
  difference: Difference;
  lines: StatementLine[];
  transactions: SeenTransaction[];
  /** Those that the actor sees. */
  obligations: Obligation[];
  receipts: ReceiptRecord[];
  /** The names of those who said something of it. */
  names: ReadonlyMap<string, string>;
  /** Who may be named as its owner: whoever prepares closes, in the sight of the actor. */
  owners: Pick<Officer, 'id' | 'name'>[];
}

export interface NamedDifference {
  actor: Actor;
  accountId: string;
  day: Day;
  key: string;
}

/** Throws difference_unknown once the facts do not show it any more. */
export async function seeDifference(ctx: Context, { actor, accountId, day, key }: NamedDifference): Promise<SeenDifference> {
  demand(actor, 'see_transactions');
  const reconciliation = await reconcileDay(ctx, actor, accountId, day);
  const difference = reconciliation.differences.find((one) => one.key === key);
  if (!difference) throw new Problem('difference_unknown');
  const { tables } = ctx.store;
  const told = await movementsBehind(ctx, difference);
  const allocated = told.transactions.flatMap(({ allocations }) => netBySource(allocations).map(({ obligationId }) => obligationId));
  const found = [
    ...(await tables.obligations.listByIds([...new Set([...idsOf(difference, 'obligation'), ...allocated])])),
    ...(difference.subject.kind === 'dossier' ? await tables.obligations.ofDossier(difference.subject.id) : []),
  ];
  const agencies = await tables.agencies.list();
  const obligations = found.filter(({ agencyCode }) => sees(actor, agencyCode, agencies));
  const receipts = await tables.receipts.ofObligations(obligations.map(({ id }) => id));
  const names = await tables.officers.listNames();
  return { reconciliation, difference, ...told, obligations, receipts, names, owners: await ownersIn(ctx, actor) };
}

async function ownersIn(ctx: Context, actor: Actor): Promise<Officer[]> {
  const { tables } = ctx.store;
  const sight = (await sightOf(tables, actor)) ?? (await tables.agencies.list()).map(({ code }) => code);
  const officers = await tables.officers.list(sight);
  return officers.filter(({ id: officerId, name, role, agencyCode }) =>
    can({ kind: 'person', officerId, name, role, agencyCode }, 'prepare_close'),
  );
}

const idsOf = ({ subject, evidence }: Difference, kind: SubjectKind): string[] => [
  ...new Set([subject, ...evidence].filter((one) => one.kind === kind).map(({ id }) => id)),
];

/** What it names, and what those are on the other side. */
async function movementsBehind(ctx: Context, difference: Difference): Promise<Pick<SeenDifference, 'lines' | 'transactions'>> {
  const { statementLines, transactions } = ctx.store.tables;
  const lines: StatementLine[] = [];
  for (const id of idsOf(difference, 'line')) lines.push(...[await statementLines.find(Number(id))].flatMap((line) => line ?? []));
  const ids = [...new Set([...idsOf(difference, 'transaction'), ...lines.flatMap(({ transactionId }) => transactionId ?? [])])];
  const found = [];
  for (const id of ids) found.push(...[await transactions.find(id)].flatMap((one) => one ?? []));
  const known = new Set(lines.map(({ id }) => id));
  const others = ids.length === 0 ? [] : (await statementLines.linesOf(ids)).filter(({ id }) => !known.has(id));
  return { lines: [...lines, ...others], transactions: await withDecisions(ctx.store.tables, found) };
}
