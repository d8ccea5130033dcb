// Finds the payout for which a gateway debited an account of ours: refunds and fees in it weigh more than what it brings.
import type { ReadTables, Tables } from '../context';
import type { Posting } from '../domain/ledger';
import { zero, type Money } from '../domain/money';
import type { Actor } from '../domain/role';
import { Problem } from '../problems';
import { demandSight, sightOf } from './demand';
import type { ListedSettlement } from './seeSettlements';
import { gatewayOf, postingsOfFee } from './settlePayouts';

/** As it explains a movement of which `left` is unexplained, and is booked: the money went to the gateway, which kept its fee of it. */
interface Debited {
  subjectId: string;
  amount: Money;
  debit: string;
  also: Posting[];
}

/** Throws settlement_unknown, settlement_arrived, settlement_carried, settlement_not_debited, settlement_debit_differs. */
export async function debitIn(tables: Tables, actor: Actor, settlementId: string, left: Money): Promise<Debited> {
  const found = await tables.settlements.find(settlementId);
  await demandSight(tables, actor, found?.settlement.agencyCode, 'settlement_unknown');
  if (!found) throw new Problem('settlement_unknown');
  const { settlement, totals, arrivedWith, carriedInto } = found;
  if (arrivedWith !== undefined) throw new Problem('settlement_arrived');
  if (carriedInto !== undefined) throw new Problem('settlement_carried');
  const amount = zero.minus(totals.net);
  if (!amount.isPositive()) throw new Problem('settlement_not_debited');
  if (left.isPositive() && left.compare(amount) < 0) throw new Problem('settlement_debit_differs');
  const { provider } = settlement;
  return { subjectId: settlementId, amount, debit: gatewayOf(provider), also: postingsOfFee(provider, totals.fee) };
}

/** The newest. */
const mostListed = 200;

/** Payouts in sight for which so much may have been debited. */
export async function listDebitable(tables: ReadTables, actor: Actor, left: Money): Promise<ListedSettlement[]> {
  const listed = await tables.settlements.list({ agencyCodes: await sightOf(tables, actor) }, mostListed);
  return listed.filter(({ totals, arrivedWith, carriedInto }) => {
    const amount = zero.minus(totals.net);
    return arrivedWith === undefined && carriedInto === undefined && amount.isPositive() && amount.compare(left) <= 0;
  });
}
