// Finds what a feed tells of only after a statement did, with other words: late webhooks of money that the bank's own list brought first.
import type { Tables } from '../context';
import { pairByContent } from '../domain/lineMatching';
import { addDays, dayOf, type Day } from '../domain/time';
import { feedOf, type KeptTransaction } from '../domain/transaction';

type Draft = KeptTransaction & { accountId: string };

/**
 * By its id, for each draft that is money which a statement made a transaction of, that transaction; each is told of by a feed once. What was paid
 * after the statement was sent cannot be on it. Asks next to nothing where no statement lists the days of the drafts.
 */
export async function knownFromStatements(tables: Tables, drafts: readonly KeptTransaction[]): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  const own = drafts.filter(isToldByFeed);
  for (const accountId of new Set(own.map((draft) => draft.accountId))) {
    const told = own.filter((draft) => draft.accountId === accountId);
    for (const [draft, transactionId] of await knownOf(tables, accountId, told)) known.set(draft.id, transactionId);
  }
  return known;
}

const isToldByFeed = (draft: KeptTransaction): draft is Draft =>
  draft.accountId !== undefined && draft.provider !== 'statement' && draft.state !== 'test';

async function knownOf(tables: Tables, accountId: string, drafts: readonly Draft[]): Promise<[Draft, string][]> {
  const [first] = drafts.map(({ bankTime }) => bankTime).sort();
  const listed = await tables.statementLines.listDaysKnown(accountId, daysOn(drafts));
  if (first === undefined || listed.length === 0) return [];
  const amounts = [...new Set(drafts.map(({ amount }) => amount.dong))];
  const lines = await tables.statementLines.listMade(accountId, listed, amounts, first);
  const tellings = await tables.transactions.listTellings(lines.map(({ transactionId }) => transactionId));
  const found: [Draft, string][] = [];
  for (const feed of new Set(drafts.map(feedOf))) {
    const isTold = new Set(tellings.filter((telling) => feedOf(telling) === feed).map(({ transactionId }) => transactionId));
    const open = lines.filter(({ transactionId }) => !isTold.has(transactionId));
    found.push(
      ...pairsOf(
        drafts.filter((draft) => feedOf(draft) === feed),
        open,
      ),
    );
  }
  return found;
}

type MadeLine = Awaited<ReturnType<Tables['statementLines']['listMade']>>[number];

/** First those of the same day; banks book what is paid late on the next. */
function pairsOf(drafts: readonly Draft[], lines: readonly MadeLine[]): [Draft, string][] {
  const found = new Map<MadeLine, Draft>();
  for (const beside of [false, true]) {
    const taken = new Set(found.values());
    const left = drafts.filter((draft) => !taken.has(draft));
    const pairs = pairByContent(
      lines.filter((line) => !found.has(line)),
      left,
      beside,
    );
    for (const [line, id] of pairs) {
      const draft = left.find((one) => one.id === id);
      if (draft && draft.bankTime <= line.keptAt) found.set(line, draft);
    }
  }
  return [...found].map(([line, draft]) => [draft, line.transactionId]);
}

const daysOn = (drafts: readonly Draft[]): Day[] => [
  ...new Set(drafts.map(({ bankTime }) => dayOf(bankTime)).flatMap((day) => [day, addDays(day, 1)])),
];
