// Ratios: every number of the report is the count of its members, and both are what the simulator's truth makes them.
import { listRatioMembers, reportRatios, totalKey, type RatioRow } from '../../src/actions/reportRatios';
import { dayOf, instantOf } from '../../src/domain/time';
import { mustHold } from './broken';
import { financeOfficer } from './office';
import { creditsOf, outstandingOf, sumOf, type Dossier } from './truth';
import { dayMs, firstMorningMs, type World } from './world';

const parts = { denominator: 'obligations', online: 'paidOnline', cashless: 'paidCashless' } as const;
const mostAtOnce = 5_000;

export async function checkRatios(world: World): Promise<void> {
  const period = { from: dayOf(instantOf(firstMorningMs)), to: dayOf(instantOf(world.clock.ms + dayMs)) };
  for (const by of ['agency', 'sector', 'procedure'] as const) {
    const question = { actor: financeOfficer, ...period, by };
    const { rows, total } = await reportRatios(world.ctx, question);
    for (const row of [...rows, total]) {
      for (const [part, column] of Object.entries(parts) as [keyof typeof parts, (typeof parts)[keyof typeof parts]][]) {
        const members = await countMembers(world, { ...question, key: row.key, part });
        mustHold(
          members === row[column],
          'a ratio is the count of its members',
          () => `${by} ${row.key} ${column}: ${row[column]}, members ${members}`,
        );
      }
      if (by === 'agency') checkAgainstTruth(world, row);
    }
  }
}

async function countMembers(world: World, question: Parameters<typeof listRatioMembers>[1]): Promise<number> {
  let count = 0;
  for (let after: string | undefined; ;) {
    const dossiers = await listRatioMembers(world.ctx, question, mostAtOnce, after);
    count += dossiers.length;
    after = dossiers.at(-1)?.id;
    if (dossiers.length < mostAtOnce) return count;
  }
}

function checkAgainstTruth({ dossiers }: World, { key, obligations, paidOnline, paidCashless, amountDue, amountOnline }: RatioRow): void {
  const standings = dossiers.filter(({ agencyCode }) => key === totalKey || agencyCode === key).map(standingOf);
  const sum = (name: keyof ReturnType<typeof standingOf>) => sumOf(standings.map((standing) => standing[name]));
  const wanted = [sum('counted'), sum('online'), sum('cashless'), sum('due'), sum('paidOnline')];
  const found = [obligations, paidOnline, paidCashless, amountDue.toJSON(), amountOnline.toJSON()];
  mustHold(
    wanted.join() === found.join(),
    'the ratios are what was paid and how',
    () => `${key}: expected ${wanted.join()}, found ${found.join()}`,
  );
}

/** Where one dossier stands, once more and by hand. */
function standingOf({ debts, portal }: Dossier) {
  const owed = debts.filter((debt) => !debt.isCancelled && debt.due > 0);
  const credits = debts.flatMap(creditsOf).filter(({ paid }) => paid > 0);
  const isPaid = owed.length > 0 && owed.every((debt) => outstandingOf(debt) === 0);
  if (owed.length === 0) return { counted: 0, online: 0, cashless: 0, due: 0, paidOnline: 0 };
  const carries = isPaid && credits.length > 0 && credits.every(({ isOnline }) => isOnline);
  return {
    counted: 1,
    online: (portal ? portal.flag > 0 : carries) ? 1 : 0,
    cashless: isPaid && credits.every(({ isCash }) => !isCash) ? 1 : 0,
    due: sumOf(owed.map(({ due }) => due)),
    paidOnline: sumOf(credits.filter(({ isOnline }) => isOnline).map(({ paid }) => paid)),
  };
}
