// Finds what is new among tellings: the same provider's id told again, and the same transfer told by another feed, are not.
import type { Tables } from '../context';
import type { Instant } from '../domain/time';
import type { IdentifiedTransaction, KeptTransaction, KnownTransaction, Telling } from '../domain/transaction';
import { placeOf } from '../domain/twins';
import { knownFromStatements } from './knownFromStatements';

export interface Found {
  /** To be kept and judged, in the order in which they were told. */
  fresh: KeptTransaction[];
  /** Later tellings of what another feed, or a statement, told of. */
  tellings: Telling[];
  /** For each delivery, the provider's id under which other money is known, if it names one: what it says of that is left out. */
  contradictions: (string | undefined)[];
}

/** By bank identity: the transactions of it, each with its tellings. */
type Identified = Map<string, readonly IdentifiedTransaction[]>;

/** `drafted`: for each delivery the rows that it would become. */
export async function newTransactionsAmong(tables: Tables, drafted: readonly (readonly KeptTransaction[])[], at: Instant): Promise<Found> {
  const all = drafted.flat();
  const known = await knownByKey(tables, all);
  const identified = await identifiedAmong(tables, all);
  const listed = new Map<string, string>();
  const asked = new Set<KeptTransaction['id']>();
  for (;;) {
    const found = sorted(drafted, { known, identified, listed }, at);
    const unasked = found.fresh.filter(({ id }) => !asked.has(id));
    const more = await knownFromStatements(tables, unasked);
    if (more.size === 0) return found;
    for (const { id } of unasked) asked.add(id);
    for (const [id, transactionId] of more) listed.set(id, transactionId); // again: twins are numbered, and told of, without these
  }
}

interface Before {
  known: ReadonlyMap<string, KnownTransaction>;
  identified: ReadonlyMap<string, readonly IdentifiedTransaction[]>;
  /** By a draft's id: the transaction that a statement made of it. */
  listed: ReadonlyMap<string, string>;
}

function sorted(drafted: readonly (readonly KeptTransaction[])[], before: Before, at: Instant): Found {
  const known = new Map(before.known);
  const identified: Identified = new Map(before.identified);
  const found: Found = { fresh: [], tellings: [], contradictions: [] };
  for (const drafts of drafted) {
    const contradiction = drafts.find((draft) => contradicts(known.get(keyOf(draft)), draft));
    found.contradictions.push(contradiction?.providerId);
    for (const draft of drafts) {
      if (known.has(keyOf(draft))) continue; // one that contradicts, too: it must not keep the others of its list from being booked
      known.set(keyOf(draft), draft);
      const transactionId = before.listed.get(draft.id);
      const telling = transactionId === undefined ? asTold(identified, draft, at) : { ...draft, transactionId, toldAt: at };
      if (telling) found.tellings.push(telling);
      else found.fresh.push(asNew(identified, draft));
    }
  }
  return found;
}

/** A later telling of a transfer that another feed told of already. */
function asTold(identified: Identified, draft: KeptTransaction, at: Instant): Telling | undefined {
  const { bankIdentity } = draft;
  const alike = bankIdentity === undefined ? [] : (identified.get(bankIdentity) ?? []);
  const transactionId = placeOf(draft, alike);
  if (bankIdentity === undefined || transactionId === undefined) return undefined;
  const telling = { ...draft, transactionId, toldAt: at };
  identified.set(
    bankIdentity,
    alike.map((one) => (one.id === transactionId ? { ...one, tellings: [...one.tellings, telling] } : one)),
  );
  return telling;
}

/** A transaction of its own: the first of its bank identity, or a twin. */
function asNew(identified: Identified, draft: KeptTransaction): KeptTransaction {
  const { bankIdentity } = draft;
  if (bankIdentity === undefined) return draft;
  const alike = identified.get(bankIdentity) ?? [];
  identified.set(bankIdentity, [...alike, { ...draft, bankIdentity, tellings: [] }]);
  return { ...draft, occurrence: alike.length + 1 };
}

async function knownByKey(tables: Tables, drafts: readonly KeptTransaction[]): Promise<Map<string, KnownTransaction>> {
  const known = new Map<string, KnownTransaction>();
  for (const group of groupsOf(drafts, ({ provider, scope }) => `${provider} ${scope}`)) {
    const [{ provider, scope }] = group;
    const told = await tables.transactions.listTold(
      provider,
      scope,
      group.map((draft) => draft.providerId),
    );
    for (const one of told) known.set(keyOf({ provider, scope, providerId: one.providerId }), one);
  }
  return known;
}

async function identifiedAmong(tables: Tables, drafts: readonly KeptTransaction[]): Promise<Identified> {
  const identities = [...new Set(drafts.flatMap(({ bankIdentity }) => bankIdentity ?? []))];
  const rows = await tables.transactions.listIdentified(identities);
  return new Map(groupsOf(rows, (row) => row.bankIdentity).map((group) => [group[0].bankIdentity, group]));
}

function groupsOf<Row>(rows: readonly Row[], keyIn: (row: Row) => string): [Row, ...Row[]][] {
  const groups = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    const group = groups.get(keyIn(row));
    if (group) group.push(row);
    else groups.set(keyIn(row), [row]);
  }
  return [...groups.values()];
}

const keyOf = ({ provider, scope, providerId }: Pick<KeptTransaction, 'provider' | 'scope' | 'providerId'>): string =>
  JSON.stringify([provider, scope, providerId]);

/** Other money, or another order's, under a known id: a person looks. */
const contradicts = (known: KnownTransaction | undefined, { amount, direction, orderId }: KeptTransaction): boolean =>
  known !== undefined &&
  (!known.amount.equals(amount) ||
    known.direction !== direction ||
    (known.orderId !== undefined && orderId !== undefined && known.orderId !== orderId));
