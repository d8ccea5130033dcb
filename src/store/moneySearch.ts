// Finds money by whatever a person has in hand: what a code or a whole name names whenever it was, and among the movements of a period what says the text.
import { setImmediate as turn } from 'node:timers/promises';
import { amountIn, codeIn, folded, type FoundMoney, type MoneyQuestion } from '../domain/moneySearch';
import { addDays, dayOf, epochMsOf, startOfDay, type Day } from '../domain/time';
import { isOurs } from './dayMovements';
import { allOf, day, instant, isIn, money, optional, type Condition } from './rows';
import type { Sql, Value } from './sql';
import { isLike, likePart, words } from './transactionFilter';

interface Place {
  id: string;
  bank_time: string;
}

interface Row extends Place {
  account_id: string | null;
  direction: string;
  amount: bigint;
  content: string;
  bank_reference: string | null;
  payer_name: string | null;
  state: string;
  obligation_id: string | null;
  dossier_code: string | null;
  applicant_name: string | null;
  listed_on: string | null;
}

type Period = Pick<MoneyQuestion, 'from' | 'to'>;

const shortestCode = 4;
/** Never more: a bank may write one reference for many movements, but then it names none of them. */
const mostOfReference = 200;
/** Dossiers whose applicants' names have a part. A part of more names is asked of the movements, which soon fill a page with it. */
const mostApplicants = 2_000;
/** A period is looked through in so many pieces, the newest first: on SQLite nobody waits for all of it, and a full page ends the search. */
const mostPieces = 32;

/** As a feed told of it; as the bank's list names it, at first or in its new words. */
const ofBankReference = [
  'SELECT id FROM incoming_transaction WHERE bank_identity >= ? AND bank_identity < ? LIMIT ?',
  `SELECT coalesce(l.transaction_id, o.transaction_id) AS id FROM statement_line l LEFT JOIN statement_line o ON o.id = l.repeats_id
   WHERE l.identity >= ? AND l.identity < ? LIMIT ?`,
] as const;

/** The transactions that pay some obligations. */
const paying = (obligations: string): string =>
  `SELECT a.transaction_id AS id FROM (${obligations}) AS owed CROSS JOIN allocation a WHERE a.obligation_id = owed.id`;
const owedBy = (dossiers: string): string =>
  `SELECT o.id FROM dossier d CROSS JOIN obligation o WHERE o.dossier_id = d.id AND d.${dossiers}`;

/** By a code of ours, of a dossier, or the whole name of an applicant. */
const ofNamed = paying(
  `SELECT n.obligation_id AS id FROM reference_name n WHERE n.reference_code = ?
   UNION ${owedBy('normal_form = ?')} UNION ${owedBy('folded_applicant = ?')}`,
);
const isOfApplicant = `EXISTS (SELECT 1 FROM allocation a CROSS JOIN obligation o CROSS JOIN dossier d
  WHERE a.transaction_id = incoming_transaction.id AND o.id = a.obligation_id AND d.id = o.dossier_id AND d.folded_applicant ${isLike})`;

export function moneySearch(sql: Sql) {
  /** Money with that reference of a bank on one of these accounts, also where the bank has renumbered it since. */
  const idsOfReference = async ({ text, accountIds }: MoneyQuestion): Promise<string[]> => {
    const code = codeIn(text);
    if (code.length < shortestCode) return [];
    const [isLater, ...later] = isIn('s.bank_reference', [text, text.toUpperCase(), code]);
    const renumbered = `SELECT l.transaction_id AS id FROM statement_sighting s JOIN statement_line l ON l.id = s.line_id WHERE ${isLater} LIMIT ?`;
    const found = await sql.all<{ id: string | null }>(renumbered, ...later, mostOfReference);
    for (const accountId of accountIds) {
      for (const query of ofBankReference)
        found.push(...(await sql.all<{ id: string | null }>(query, `${accountId} ${code} `, `${accountId} ${code}!`, mostOfReference)));
    }
    return [...new Set(found.flatMap(({ id }) => id ?? []))];
  };

  /** Dossiers of applicants with a part in their names; undefined where they are many. */
  const dossiersOf = async (part: string): Promise<string[] | undefined> => {
    const found = await sql.all<{ id: string }>(
      `SELECT id FROM dossier WHERE folded_applicant ${isLike} LIMIT ?`,
      part,
      mostApplicants + 1,
    );
    return found.length > mostApplicants ? undefined : found.map(({ id }) => id);
  };

  /** The days of a period in pieces, the newest first; alike in length between the first and the last movement of these accounts. */
  const piecesOf = async ({ from, to, accountIds }: MoneyQuestion): Promise<Period[]> => {
    const [where, ...values] = isIn('a.id', accountIds);
    const [first, last] = (['min', 'max'] as const).map(
      (end) => `${end}((SELECT ${end}(t.bank_time) FROM incoming_transaction t WHERE t.account_id = a.id))`,
    );
    const moved = await sql.get<{ first: string | null; last: string | null }>(
      `SELECT ${first} AS first, ${last} AS last FROM account a WHERE ${where}`,
      ...values,
    );
    return moved?.first && moved.last ? cut({ from, to }, dayOf(instant(moved.first)), dayOf(instant(moved.last))) : [];
  };

  /** The newest of those that are found in one of several ways. */
  const newest = (ways: readonly Condition[], limit: number): Promise<Place[]> =>
    sql.all<Place>(
      `SELECT id, bank_time FROM (${ways.map(([text]) => text).join(' UNION ')}) AS found ORDER BY bank_time DESC, id DESC LIMIT ?`,
      ...ways.flatMap(([, ...values]) => values),
      limit,
    );

  return {
    /** The newest first by the bank's time; `after` is the id of the last one already seen. */
    list: async (question: MoneyQuestion, limit: number, after?: string): Promise<FoundMoney[]> => {
      const { text, accountIds } = question;
      const part = likePart(text);
      const dossierIds = await dossiersOf(part);
      const [isApplicants, ...dossiers] = isIn('o.dossier_id', dossierIds ?? []);
      const seen: Condition[] = [isIn('account_id', accountIds), [isOurs]];
      if (after !== undefined)
        seen.push(['(bank_time, incoming_transaction.id) < (SELECT bank_time, id FROM incoming_transaction WHERE id = ?)', after]);
      const [isNamed, ...ids] = isIn('id', await idsOfReference(question));
      const named = await newest(
        [
          ledTo(seen, ofNamed, codeIn(text), codeIn(text), folded(text)),
          ledTo(seen, `SELECT id FROM incoming_transaction WHERE ${isNamed}`, ...ids),
          ledTo([...seen, isWithin(question)], paying(`SELECT o.id FROM obligation o WHERE ${isApplicants}`), ...dossiers),
        ],
        limit,
      );
      const found = new Map(named.map((one) => [one.id, one.bank_time]));
      for (const piece of await piecesOf(question)) {
        await turn();
        const { where, values } = allOf([...seen, isWithin(piece), isSaid(text, part, dossierIds === undefined)]);
        const ways: Condition[] = [
          [`SELECT id, bank_time FROM incoming_transaction WHERE ${where}`, ...values],
          ledTo(seen, ...listedWith(part, accountIds, piece)),
        ];
        for (const one of await newest(ways, limit)) found.set(one.id, one.bank_time);
        const final = startOfDay(addDays(piece.from, 1)); // of what was told after midnight, the bank's list may name the day before
        if ([...found.values()].filter((time) => time >= final).length >= limit) break;
      }
      const [isFound, ...those] = isIn('incoming_transaction.id', [...found.keys()]);
      return (await sql.all<Row>(`${select} WHERE ${isFound} ${newestFirst} LIMIT ?`, ...those, limit)).map(toFound);
    },
  };
}

/** By ids that others lead to: they are read first, however many movements the accounts have. */
function ledTo(seen: readonly Condition[], ids: string, ...leading: Value[]): Condition {
  const { where, values } = allOf(seen);
  return [
    `SELECT incoming_transaction.id, bank_time FROM (${ids}) AS led CROSS JOIN incoming_transaction WHERE incoming_transaction.id = led.id AND ${where}`,
    ...leading,
    ...values,
  ];
}

const isWithin = ({ from, to }: Period): Condition => ['bank_time >= ? AND bank_time < ?', startOfDay(from), startOfDay(addDays(to, 1))];

/** Of that amount, with that part in what was told, or of an applicant with it in the name. */
function isSaid(text: string, part: string, isOfApplicantToo: boolean): Condition {
  const amount = amountIn(text);
  return [
    `(${[`${words} ${isLike}`, ...(amount ? ['amount = ?'] : []), ...(isOfApplicantToo ? [isOfApplicant] : [])].join(' OR ')})`,
    part,
    ...(amount ? [amount.dong] : []),
    ...(isOfApplicantToo ? [part] : []),
  ];
}

/** By the payer whom the bank's list names. */
function listedWith(part: string, accountIds: readonly string[], { from, to }: Period): Condition {
  const [where, ...values] = isIn('l.account_id', accountIds);
  const text = `SELECT l.transaction_id AS id FROM statement_line l WHERE ${where} AND l.day >= ? AND l.day <= ? AND l.folded_payer ${isLike}`;
  return [text, ...values, from, to, part];
}

const dayMs = 86_400_000;

function cut({ from, to }: Period, first: Day, last: Day): Period[] {
  const [oldest, newest] = [first > from ? first : from, last < to ? last : to];
  const days = Math.ceil(((epochMsOf(startOfDay(newest)) - epochMsOf(startOfDay(oldest))) / dayMs + 1) / mostPieces);
  const found: Period[] = [];
  let end = to;
  for (let start = addDays(newest, 1 - days); start > oldest; start = addDays(start, -days)) {
    found.push({ from: start, to: end });
    end = addDays(start, -1);
  }
  return [...found, { from, to: end }];
}

const newestFirst = 'ORDER BY incoming_transaction.bank_time DESC, incoming_transaction.id DESC';
const select = `SELECT incoming_transaction.id, incoming_transaction.account_id, incoming_transaction.direction, incoming_transaction.amount,
    incoming_transaction.content, incoming_transaction.bank_reference, incoming_transaction.payer_name, incoming_transaction.bank_time,
    incoming_transaction.state, o.id AS obligation_id, d.code AS dossier_code, d.applicant_name,
    (SELECT l.day FROM statement_line l WHERE l.transaction_id = incoming_transaction.id) AS listed_on
  FROM incoming_transaction LEFT JOIN obligation o ON o.id = (
      SELECT a.obligation_id FROM allocation a WHERE a.transaction_id = incoming_transaction.id ORDER BY a.id DESC LIMIT 1)
    LEFT JOIN dossier d ON d.id = o.dossier_id`;

const toFound = (row: Row): FoundMoney => ({
  id: row.id,
  ...optional('accountId', row.account_id),
  direction: row.direction as FoundMoney['direction'],
  amount: money(row.amount),
  content: row.content,
  ...optional('bankReference', row.bank_reference),
  ...optional('payerName', row.payer_name),
  bankTime: instant(row.bank_time),
  state: row.state,
  ...optional('obligationId', row.obligation_id),
  ...optional('dossierCode', row.dossier_code),
  ...optional('applicantName', row.applicant_name),
  ...optional('listedOn', row.listed_on, day),
});
