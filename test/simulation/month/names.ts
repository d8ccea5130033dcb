// Names: what the service calls by its own ids, by the names that the truth gives it.
import { addDays, startOfDay, type Day } from '../../../src/domain/time';
import { chunksOf, listed } from '../reader';
import type { Desk } from './desks';
import type { Month } from './month';

export interface Subject {
  kind: string;
  id: string;
}

/** A difference as the service tells it. */
export interface FoundDifference {
  key: string;
  class: string;
  amount: number;
  subject: Subject;
  facts: { dossierCode?: string };
  isBlocking: boolean;
  owner: { role?: string };
  evidence: Subject[];
}

export interface Names {
  nameOf(difference: Pick<FoundDifference, 'subject' | 'facts'>): string;
  transactionNamed(name: string): string | undefined;
}

/** Of all that a reconciliation of this day may speak of. */
export async function namesOf({ reader }: Month, { accountId }: Desk, day: Day, differences: readonly FoundDifference[]): Promise<Names> {
  const names = new Map<string, string>();
  const transactions = new Map<string, string>();
  const from = startOfDay(addDays(day, -1));
  for (const row of await reader.rows(
    `SELECT id, provider, provider_id, bank_reference FROM incoming_transaction WHERE account_id = '${accountId}' AND bank_time >= '${from}' AND bank_time < '${startOfDay(addDays(day, 1))}'`,
  )) {
    const name = row['provider'] === 'statement' ? `listed ${row['bank_reference']}` : `told ${Number(row['provider_id']) - 1}`;
    names.set(`transaction ${row['id']}`, name);
    transactions.set(name, String(row['id']));
  }
  const idsOf = (kind: string) => chunksOf(differences.flatMap(({ subject }) => (subject.kind === kind ? subject.id : [])));
  for (const ids of idsOf('line'))
    for (const row of await reader.rows(`SELECT id, bank_reference FROM statement_line WHERE id IN (${ids.map(Number).join(', ')})`))
      names.set(`line ${row['id']}`, `line ${row['bank_reference']}`);
  for (const ids of idsOf('receipt'))
    for (const row of await reader.rows(`SELECT id, obligation_id FROM receipt WHERE id IN (${listed(ids)})`))
      names.set(`receipt ${row['id']}`, `receipt of ${row['obligation_id']}`);
  for (const ids of idsOf('refund'))
    for (const row of await reader.rows(`SELECT id, transaction_id FROM refund WHERE id IN (${listed(ids)})`))
      names.set(`refund ${row['id']}`, `refund of ${names.get(`transaction ${row['transaction_id']}`)}`);
  return {
    nameOf: ({ subject: { kind, id }, facts }) =>
      kind === 'dossier' ? `dossier ${facts.dossierCode}` : (names.get(`${kind} ${id}`) ?? `${kind} ${id}`),
    transactionNamed: (name) => transactions.get(name),
  };
}
