// Finds what is new among tellings: the same provider's id told again, and the same transfer told by another feed, are not.
import type { Tables } from '../context';
import { mayBeSameContent } from '../domain/bankIdentity';
import type { Instant } from '../domain/time';
import type { IdentifiedTransaction, KeptTransaction, KnownTransaction, Telling } from '../domain/transaction';

export interface Found {
  /** To be kept and judged, in the order in which they were told. */
  fresh: KeptTransaction[];
  /** Later tellings of what another feed told of. */
  tellings: Telling[];
  /** For each delivery, the provider's id under which other money is known, if it names one: what it says of that is left out. */
  contradictions: (string | undefined)[];
}

/** `drafted`: for each delivery the rows that it would become. */
export async function newTransactionsAmong(tables: Tables, drafted: readonly (readonly KeptTransaction[])[], at: Instant): Promise<Found> {
  const all = drafted.flat();
  const known = await knownByKey(tables, all);
  const identified = await identifiedAmong(tables, all);
  const found: Found = { fresh: [], tellings: [], contradictions: [] };
  for (const drafts of drafted) {
    const contradiction = drafts.find((draft) => contradicts(known.get(keyOf(draft)), draft));
    found.contradictions.push(contradiction?.providerId);
    for (const draft of drafts) {
      if (known.has(keyOf(draft))) continue; // one that contradicts, too: it must not keep the others of its list from being booked
      known.set(keyOf(draft), draft);
      place(found, draft, identified, at);
    }
  }
  return found;
}

/** The transfer that another feed told of already, or a new one: the first of its identity, or a twin. */
function place({ fresh, tellings }: Found, draft: KeptTransaction, identified: Map<string, IdentifiedTransaction[]>, at: Instant): void {
  if (draft.bankIdentity === undefined) return void fresh.push(draft);
  const alike = identified.get(draft.bankIdentity) ?? [];
  const same = alike.find((one) => !one.providers.includes(draft.provider) && mayBeSameContent(one.content, draft.content));
  if (same) {
    tellings.push({ ...draft, transactionId: same.id, toldAt: at });
    identified.set(draft.bankIdentity, replaced(alike, { ...same, providers: [...same.providers, draft.provider] }));
    return;
  }
  const occurrence = alike.length + 1;
  const { id, bankIdentity, content, provider } = draft;
  identified.set(bankIdentity, [...alike, { id, bankIdentity, occurrence, content, providers: [provider] }]);
  fresh.push({ ...draft, occurrence });
}

const replaced = (list: readonly IdentifiedTransaction[], by: IdentifiedTransaction): IdentifiedTransaction[] =>
  list.map((one) => (one.id === by.id ? by : one));

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

async function identifiedAmong(tables: Tables, drafts: readonly KeptTransaction[]): Promise<Map<string, IdentifiedTransaction[]>> {
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

/** Other money under a known id: a person looks. */
const contradicts = (known: KnownTransaction | undefined, draft: KeptTransaction): boolean =>
  known !== undefined && (!known.amount.equals(draft.amount) || known.direction !== draft.direction);
