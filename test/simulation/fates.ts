// Fates: what the service made of a transfer, read from its tables behind its back, and held against what the simulator expects.
import { accidentallyIn } from './accidents';
import { LawBroken, mustHold } from './broken';
import { judgementOf, type Judgement } from './judging';
import { accountOf } from './office';
import { mayBeLookedAt } from './staff';
import { chunksOf, listed, type Row } from './reader';
import {
  excessOf,
  flagsOf,
  give,
  odditiesOf,
  outstandingOf,
  paidOf,
  sourceOf,
  stateOf,
  type Debt,
  type Feed,
  type Transfer,
} from './truth';
import { count, touchDebts, type World } from './world';

/** What the service made of a line when it first heard of it. */
export interface Fate {
  id: string;
  state: string;
  why: string | null;
  /** Of the match alone: obligation → đồng, what was too much included. */
  shares: Map<string, number>;
  rule: string | null;
  candidates: { obligationId: string; by: string; reference: string }[];
}

/** Reads what became of all lines that this wave told of. */
export async function readFates({ touched, reader }: World): Promise<void> {
  const groups = new Map<string, number[]>();
  for (const { feed, transfer } of touched.told) {
    const scope = `${feed} ${transfer.accountId}`;
    groups.set(scope, [...(groups.get(scope) ?? []), transfer.ids[feed]]);
  }
  for (const [scope, ids] of groups) {
    const [feed, accountId] = scope.split(' ');
    for (const chunk of chunksOf(ids)) {
      const rows = await reader.rows(
        `SELECT id, provider_id, state, why, proof FROM incoming_transaction WHERE provider = '${feed}' AND scope = '${accountId}' AND provider_id IN (${listed(chunk)})`,
      );
      await noteFates(touched.fates, String(feed), rows, reader);
    }
  }
}

async function noteFates(fates: Map<string, Fate>, feed: string, rows: readonly Row[], reader: World['reader']): Promise<void> {
  if (rows.length === 0) return;
  const shares = await reader.rows(
    `SELECT transaction_id, obligation_id, amount + excess AS share FROM allocation WHERE resolution_id IS NULL AND transaction_id IN (${listed(rows.map((row) => String(row['id'])))})`,
  );
  for (const row of rows) {
    const proof = row['proof'] === null ? {} : (JSON.parse(String(row['proof'])) as Partial<Pick<Fate, 'rule' | 'candidates'>>);
    const own = shares.filter((share) => share['transaction_id'] === row['id']);
    fates.set(`${feed} ${row['provider_id']}`, {
      id: String(row['id']),
      state: String(row['state']),
      why: row['why'] === null ? null : String(row['why']),
      shares: new Map(own.map((share) => [String(share['obligation_id']), Number(share['share'])])),
      rule: proof.rule ?? null,
      candidates: proof.candidates ?? [],
    });
  }
}

/** A feed told of a transfer: the first time it is judged, by the service and by us. */
export function settleTold(world: World, transfer: Transfer, feed: Feed): void {
  if (transfer.told.has(feed)) return;
  transfer.told.add(feed);
  const judged = transfer.twins.filter((twin) => twin.id !== undefined).length;
  const fate = world.touched.fates.get(`${feed} ${transfer.ids[feed]}`);
  if (transfer.twins.filter((twin) => twin.told.has(feed)).length <= judged) return mustNotBeNew(transfer, fate, feed);
  const first = transfer.id === undefined ? transfer : transfer.twins.find((twin) => twin.id === undefined);
  mustHold(fate !== undefined && first !== undefined, 'what a feed tells of first becomes a transaction', () => nameOf(transfer, feed));
  first.id = fate.id;
  if (first.direction === 'out')
    return mustHold(fate.state === 'outgoing' && fate.shares.size === 0, 'money that leaves pays nothing', () => nameOf(first, feed));
  const judgement = judgementOf(first, feed);
  const isAsExpected = agrees(judgement, fate);
  if (!isAsExpected) mustBeAccident(first, feed, fate, judgement);
  apply(world, first, isAsExpected ? judgement : judgementFrom(world, fate));
  noteFate(world, first, fate, isAsExpected);
  mayBeLookedAt(world, first);
}

function mustNotBeNew(transfer: Transfer, fate: Fate | undefined, feed: Feed): void {
  const isKnown = fate === undefined || transfer.twins.some((twin) => twin.id === fate.id);
  mustHold(isKnown, 'the same money told by another feed is no new transaction', () => nameOf(transfer, feed));
}

function agrees(judgement: Judgement, fate: Fate): boolean {
  if ('why' in judgement) return fate.shares.size === 0 && fate.why === judgement.why;
  const { shares } = judgement;
  return shares.length === fate.shares.size && shares.every(({ debt, amount }) => fate.shares.get(debt.id) === amount);
}

/** The letters of a memo may spell another citizen's code by accident. Then a person may be asked; nobody else may be paid. */
function mustBeAccident(transfer: Transfer, feed: Feed, fate: Fate, judgement: Judgement): void {
  const about = () =>
    `${nameOf(transfer, feed)} expected ${expectedOf(judgement)}, became ${fate.state} ${fate.why ?? ''} ${JSON.stringify([...fate.shares])}`;
  const meant = new Set(transfer.meant.map((debt) => debt.id));
  if ([...fate.shares.keys()].some((id) => !meant.has(id)))
    throw new LawBroken('nothing is allocated to an obligation that its citizen did not mean', about());
  const spelled = new Set(transfer.spelled[feed].map(({ debt }) => debt.id));
  const strangers = fate.candidates.filter(({ obligationId, by }) => by === 'reference' && !spelled.has(obligationId));
  const isAccident = strangers.some(({ reference }) => accidentallyIn(transfer.contents[feed], reference));
  if (isAccident) return;
  throw new LawBroken(
    'shares' in judgement ? 'every transfer whose memo can be read is matched' : 'a transfer is judged by the rules',
    about(),
  );
}

const expectedOf = (judgement: Judgement): string =>
  'why' in judgement ? judgement.why : JSON.stringify(judgement.shares.map(({ debt, amount }) => [debt.id, amount, outstandingOf(debt)]));

const judgementFrom = (world: World, { shares, why }: Fate): Judgement =>
  shares.size === 0
    ? { why: why ?? '' }
    : { shares: [...shares].flatMap(([id, amount]) => (world.debts.has(id) ? [{ debt: world.debts.get(id) as Debt, amount }] : [])) };

/** Gives the debts of the simulator what a transfer brought them. */
function apply(world: World, transfer: Transfer, judgement: Judgement): void {
  world.touched.transfers.add(transfer);
  if ('why' in judgement) return void (transfer.why = judgement.why);
  const reasons = judgement.shares.map(({ debt, amount }) => {
    const wasSettled = outstandingOf(debt) === 0;
    const flags = odditiesOf(transfer, debt);
    transfer.given.add(debt);
    const before = excessOf(debt);
    give(debt, amount, { source: sourceOf(transfer), paidMs: transfer.bankMs, flags, isCash: false, isOnline: debt.offers.length > 0 });
    if (excessOf(debt) === before) return undefined;
    return debt.isCancelled ? 'after_cancel' : wasSettled ? 'duplicate' : 'excess';
  });
  touchDebts(world, transfer.given);
  transfer.why = reasons.find((reason) => reason !== undefined);
}

function noteFate(world: World, { kind }: Transfer, fate: Fate, isAsExpected: boolean): void {
  const fates = world.fates.get(kind) ?? new Map<string, number>();
  world.fates.set(kind, fates);
  count(fates, 'in all');
  count(fates, fate.rule === null ? `→ ${fate.why}` : fate.rule);
  if (fate.rule !== null && fate.why !== null) count(fates, `of these held: ${fate.why}`);
  if (!isAsExpected) count(fates, 'of these by accident of letters');
}

export const nameOf = (transfer: Transfer, feed: Feed): string =>
  `transfer ${transfer.number} (${transfer.kind}, ${transfer.amount} ₫ to ${accountOf(transfer.accountId).number}, ${feed} ${transfer.ids[feed]}, "${transfer.contents[feed]}")`;

/** Whatever this wave touched must stand in the tables as it stands in the simulator's truth. */
export async function compareTouched(world: World): Promise<void> {
  const { touched, reader } = world;
  for (const debts of chunksOf([...touched.debts])) {
    const rows = await reader.rows(
      `SELECT id, due, paid, excess, flags, cancelled_at FROM obligation WHERE id IN (${listed(debts.map(({ id }) => id))})`,
    );
    const found = new Map(rows.map((row) => [row['id'], row]));
    for (const debt of debts) compareDebt(debt, found.get(debt.id));
  }
  for (const transfers of chunksOf([...touched.transfers])) {
    const rows = await reader.rows(
      `SELECT id, state, why FROM incoming_transaction WHERE id IN (${listed(transfers.map(({ id }) => id ?? ''))})`,
    );
    const found = new Map(rows.map((row) => [row['id'], row]));
    for (const transfer of transfers) compareTransfer(transfer, found.get(transfer.id ?? ''));
  }
  touched.debts.clear();
  touched.transfers.clear();
  touched.fates.clear();
  touched.told.length = 0;
}

function compareDebt(debt: Debt, row: Row | undefined): void {
  const wanted = {
    due: debt.due,
    paid: paidOf(debt),
    excess: excessOf(debt),
    flags: JSON.stringify(flagsOf(debt)),
    isCancelled: debt.isCancelled,
  };
  const found = row && {
    due: row['due'],
    paid: row['paid'],
    excess: row['excess'],
    flags: row['flags'],
    isCancelled: row['cancelled_at'] !== null,
  };
  const isSame = JSON.stringify(found) === JSON.stringify(wanted);
  mustHold(
    isSame,
    'an obligation stands as the money that came for it makes it',
    () => `debt ${debt.number} ${debt.id}: expected ${JSON.stringify(wanted)}, is ${JSON.stringify(found)}`,
  );
}

function compareTransfer(transfer: Transfer, row: Row | undefined): void {
  const wanted = [stateOf(transfer), transfer.why ?? null];
  const found = row && [row['state'], row['why']];
  const isSame = JSON.stringify(found) === JSON.stringify(wanted);
  mustHold(
    isSame,
    'a transaction stands as the decisions about it make it',
    () => `${nameOf(transfer, 'sepay')} ${transfer.id}: expected ${JSON.stringify(wanted)}, is ${JSON.stringify(found)}`,
  );
}
