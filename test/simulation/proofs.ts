// Proofs: every stored decision is derived again from its own proof, and held against what was booked and what the citizen meant.
import { vnd } from '../../src/domain/money';
import { rederive } from '../../src/domain/rederivation';
import { creditOf } from '../../src/domain/transaction';
import { mustHold } from './broken';
import { listed, type Row } from './reader';
import type { World } from './world';

const atOnce = 2_000;

/** Returns how many were derived again. */
export async function checkProofs(world: World): Promise<number> {
  const meant = new Map(world.transfers.map((transfer) => [transfer.id, new Set(transfer.meant.map(({ id }) => id))]));
  let derived = 0;
  for (let after = ''; ;) {
    const rows = await world.reader.rows(
      `SELECT id, content, amount, state, proof FROM incoming_transaction WHERE id > '${after}' ORDER BY id LIMIT ${atOnce}`,
    );
    if (rows.length === 0) return derived;
    const shares = await sharesOf(world, rows);
    for (const row of rows) {
      if (row['proof'] === null) continue;
      checkProof(row, shares.get(String(row['id'])) ?? new Map<string, number>(), meant.get(String(row['id'])));
      derived++;
    }
    after = String(rows.at(-1)?.['id']);
  }
}

type Shares = Map<string, number>;

/** What the service allocated by itself. */
async function sharesOf({ reader }: World, rows: readonly Row[]): Promise<Map<string, Shares>> {
  const shares = new Map<string, Shares>();
  const found = await reader.rows(
    `SELECT transaction_id, obligation_id, amount + excess AS share FROM allocation WHERE resolution_id IS NULL AND transaction_id IN (${listed(rows.map(({ id }) => String(id)))})`,
  );
  for (const row of found) {
    const own = shares.get(String(row['transaction_id'])) ?? new Map<string, number>();
    shares.set(String(row['transaction_id']), own.set(String(row['obligation_id']), Number(row['share'])));
  }
  return shares;
}

function checkProof(row: Row, shares: Shares, meant: ReadonlySet<string> | undefined): void {
  const { holds, differences, outcome } = rederive(
    creditOf({ content: String(row['content']), amount: vnd(Number(row['amount'])) }),
    row['proof'],
  );
  mustHold(holds, 'a stored proof leads to its match again', () => `${row['id']}: ${differences.join('; ')}`);
  const derived = outcome?.kind === 'matched' ? outcome.shares : [];
  const isBooked =
    derived.length === shares.size && derived.every(({ obligationId, amount }) => shares.get(obligationId) === amount.toJSON());
  mustHold(isBooked, 'what the proof leads to is what was booked', () => `${row['id']}: ${JSON.stringify([...shares])}`);
  const strangers = [...shares.keys()].filter((id) => !meant?.has(id));
  mustHold(
    strangers.length === 0,
    'nothing is allocated to an obligation that its citizen did not mean',
    () => `${row['id']} → ${strangers.join()}`,
  );
}
