// The rush: cash, transfers, cancellations and decisions about the same few obligations at once, in any order; only the laws can judge it.
import { cancelObligation } from '../../src/actions/cancelObligation';
import { resolveTransaction } from '../../src/actions/resolveTransaction';
import { takeCash } from '../../src/actions/takeCash';
import { undoResolution } from '../../src/actions/undoResolution';
import { vnd } from '../../src/domain/money';
import { mustHold } from './broken';
import { chanceOf, digits } from './chances';
import { bodyOf, requestOf, type Line } from './messages';
import { accountOf, counterOfficer, financeOfficer, secretFor } from './office';
import { listed } from './reader';
import type { Debt } from './truth';
import { asked, type World } from './world';

const mostDebts = 24;
/** Of a small simulation a small part. */
const paymentsADebt = 20;
const firstId = 2_000_000_000;

export async function rush(world: World): Promise<void> {
  const chance = chanceOf(world.options.seed, 'the rush');
  const all = [...world.debts.values()].filter(({ dossier, due }) => due > 0 && dossier.agencyCode === counterOfficer.agencyCode);
  const debts = Array.from(
    { length: Math.min(mostDebts, Math.ceil(world.options.payments / paymentsADebt)) },
    () => all[chance.below(all.length)],
  ).filter((debt) => debt !== undefined);
  const lines = debts.flatMap((debt, place) => [lineFor(debt, place, debt.due), lineFor(debt, place + mostDebts, Math.ceil(debt.due / 2))]);
  await Promise.all([
    ...lines.flatMap((line) => Array.from({ length: 3 }, () => tellBoth(world, line))),
    ...debts.flatMap((debt) => officersOver(world, debt)),
  ]);

  const kept = await world.reader.rows(
    `SELECT id FROM incoming_transaction WHERE bank_reference IN (${listed(lines.map(({ reference }) => reference))})`,
  );
  mustHold(kept.length === lines.length, 'told at once by both feeds and many times, kept once', () => `${kept.length} of ${lines.length}`);
  await Promise.all(kept.flatMap(({ id }) => [0, 1, 2].map(() => decideSomehow(world, String(id), chance.below(3)))));

  function lineFor(debt: Debt, number: number, amount: number): Line {
    const account = accountOf(debt.dossier.accountId);
    const reference = `FT${digits(chance, 14)}`;
    return {
      id: firstId + number,
      accountNumber: account.number,
      bank: account.bank,
      direction: 'in',
      amount,
      content: debt.reference,
      reference,
      bankMs: world.clock.ms,
    };
  }
}

async function tellBoth(world: World, line: Line): Promise<void> {
  const accountId = 'acc-h26-101';
  for (const feed of ['sepay', 'casso'] as const) {
    const provider = world.ctx.providerNamed(feed);
    if (!provider) throw new Error(`no provider ${feed}`);
    const message = { feed, body: bodyOf(feed, line), secret: secretFor(feed, accountId) };
    const answer = await world.receive(provider, requestOf(message, world.clock.ms));
    mustHold(answer.status === 200, 'a genuine message is acknowledged', () => JSON.stringify(answer));
  }
}

function officersOver({ ctx }: World, { id, due }: Debt): Promise<unknown>[] {
  return [
    asked(takeCash(ctx, { actor: counterOfficer, obligationId: id, counterId: 'quay-1', amount: vnd(due) })),
    asked(takeCash(ctx, { actor: counterOfficer, obligationId: id, counterId: 'quay-1', amount: vnd(1000) })),
    asked(cancelObligation(ctx, { actor: financeOfficer, obligationId: id, reason: 'rút hồ sơ' })),
  ];
}

function decideSomehow({ ctx }: World, transactionId: string, way: number): Promise<unknown> {
  const about = { actor: financeOfficer, transactionId, reason: 'thử cùng lúc' };
  if (way === 0) return asked(undoResolution(ctx, about));
  return asked(resolveTransaction(ctx, { ...about, action: way === 1 ? 'refund' : 'not_ours' }));
}
