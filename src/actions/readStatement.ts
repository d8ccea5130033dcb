// A statement file while it is read: who reads it, how far it is, and that it goes on only while it is still ours to read.
import type { Context, Tables } from '../context';
import type { Account } from '../domain/agency';
import type { StatementFile, StatementLine } from '../domain/statement';
import type { Day, Instant } from '../domain/time';

/** What grows while a file is read. */
export type Progress = Pick<
  StatementFile,
  'bytesRead' | 'lineCount' | 'seenCount' | 'knownCount' | 'rejectedCount' | 'newCount' | 'heldCount'
>;

export interface ReadingRun {
  file: StatementFile;
  account: Account;
  claim: { id: string; claimedAt: Instant };
  progress: Progress;
  /** An earlier reading broke off: some of its rows are kept already. */
  isResumed: boolean;
  /** Days of the file, or beside them, of which earlier files have lines. */
  daysKnown: ReadonlySet<Day>;
  /** Lines that earlier files list under another reference too, by the identity that they have with it. */
  renumbered?: ReadonlyMap<string, readonly StatementLine[]>;
}

/** It was cancelled, or somebody else reads it: what was about to be kept is not. */
export class Abandoned extends Error {
  constructor() {
    super('the statement is not ours to read any more');
    this.name = 'Abandoned';
  }
}

/**
 * Runs `work` in one transaction, which says by how much the file came further; both are kept, or neither. The transaction may be
 * repeated, so the run itself is changed only after it.
 */
export async function advance(
  ctx: Context,
  run: ReadingRun,
  work: (tables: Tables) => Promise<Partial<Progress>>,
): Promise<Partial<Progress>> {
  const at = ctx.now();
  const further = await ctx.store.transact(async (tables) => {
    const by = await work(tables);
    if (!(await tables.statements.markProgress(run.claim, sumOf(run.progress, by), at))) throw new Abandoned();
    return by;
  });
  run.progress = sumOf(run.progress, further);
  run.claim.claimedAt = at;
  return further;
}

function sumOf(progress: Progress, by: Partial<Progress>): Progress {
  const sum = { ...progress };
  for (const name of Object.keys(progress) as (keyof Progress)[]) sum[name] += by[name] ?? 0;
  return sum;
}
