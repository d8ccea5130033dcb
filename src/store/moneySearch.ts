// Finds money by whatever a person has in hand: what a code names whenever it was, and among the movements of a period what says the text.
import { amountIn, codeIn, writtenForms, type FoundMoney, type MoneyQuestion } from '../domain/moneySearch';
import { addDays, startOfDay } from '../domain/time';
import { isOurs } from './dayMovements';
import { allOf, day, instant, isIn, money, optional, type Condition } from './rows';
import type { Sql } from './sql';

interface Row {
  id: string;
  account_id: string | null;
  direction: string;
  amount: bigint;
  content: string;
  bank_reference: string | null;
  payer_name: string | null;
  bank_time: string;
  state: string;
  obligation_id: string | null;
  dossier_code: string | null;
  listed_on: string | null;
}

/** Of a code never more: a reference of ours may be paid many times, but not that often. */
const mostOfCode = 200;

/** As a feed told of it, and as the bank's list names it. */
const ofBankReference = [
  'SELECT id FROM incoming_transaction WHERE bank_identity >= ? AND bank_identity < ? LIMIT ?',
  'SELECT transaction_id AS id FROM statement_line WHERE identity >= ? AND identity < ? AND transaction_id IS NOT NULL LIMIT ?',
] as const;

export function moneySearch(sql: Sql) {
  /** Money of a dossier, of an applicant of just that name or of a reference of ours, or with that reference of a bank on one of these accounts. */
  const idsNamed = async ({ text, accountIds }: MoneyQuestion): Promise<string[]> => {
    const code = codeIn(text);
    if (code.length < shortestCode) return [];
    const ofObligations = await sql.all<{ id: string }>(
      `SELECT DISTINCT a.transaction_id AS id FROM allocation a WHERE a.transaction_id IS NOT NULL AND a.obligation_id IN (
         SELECT n.obligation_id FROM reference_name n WHERE n.reference_code = ?
         UNION SELECT o.id FROM obligation o JOIN dossier d ON d.id = o.dossier_id WHERE d.normal_form = ?
         UNION SELECT o.id FROM obligation o JOIN dossier d ON d.id = o.dossier_id WHERE d.applicant_name = ?) LIMIT ?`,
      code,
      code,
      text,
      mostOfCode,
    );
    const ids = ofObligations.map(({ id }) => id);
    for (const accountId of accountIds) {
      for (const text of ofBankReference) {
        const ofBank = await sql.all<{ id: string }>(text, `${accountId} ${code} `, `${accountId} ${code}!`, mostOfCode);
        ids.push(...ofBank.map(({ id }) => id));
      }
    }
    return [...new Set(ids)];
  };

  return {
    /** The newest first by the bank's time; `after` is the id of the last one already seen. */
    list: async (question: MoneyQuestion, limit: number, after?: string): Promise<FoundMoney[]> => {
      const ways = [isIn('id', await idsNamed(question)), within(question)].map(([found, ...values]): Condition => {
        const conditions: Condition[] = [[found, ...values], isIn('account_id', question.accountIds), [isOurs]];
        if (after !== undefined)
          conditions.push(['(bank_time, id) < (SELECT bank_time, id FROM incoming_transaction WHERE id = ?)', after]);
        const { where, values: all } = allOf(conditions);
        return [`SELECT id, bank_time FROM incoming_transaction WHERE ${where}`, ...all];
      });
      const rows = await sql.all<Row>(
        `SELECT incoming_transaction.id, incoming_transaction.account_id, incoming_transaction.direction, incoming_transaction.amount,
           incoming_transaction.content, incoming_transaction.bank_reference, incoming_transaction.payer_name, incoming_transaction.bank_time,
           incoming_transaction.state, o.id AS obligation_id, d.code AS dossier_code,
           (SELECT l.day FROM statement_line l WHERE l.transaction_id = incoming_transaction.id) AS listed_on
         FROM incoming_transaction LEFT JOIN obligation o ON o.id = (
             SELECT a.obligation_id FROM allocation a WHERE a.transaction_id = incoming_transaction.id ORDER BY a.id DESC LIMIT 1)
           LEFT JOIN dossier d ON d.id = o.dossier_id
         WHERE incoming_transaction.id IN (
           SELECT id FROM (${ways.map(([text]) => text).join(' UNION ')}) AS found ORDER BY bank_time DESC, id DESC LIMIT ?)
         ORDER BY incoming_transaction.bank_time DESC, incoming_transaction.id DESC`,
        ...ways.flatMap(([, ...values]) => values),
        limit,
      );
      return rows.map(toFound);
    },
  };
}

const shortestCode = 4;

/** One text, so that its letters are made small once. */
const told = `lower(content || '\n' || coalesce(bank_reference, '') || '\n' || coalesce(payer_name, ''))`;

/** Of the movements between two days: of that amount, or with that text in what was told. */
function within({ text, from, to }: MoneyQuestion): Condition {
  const forms = writtenForms(text).map((form) => `%${form.replace(/[%_\\]/g, '\\$&')}%`);
  const likes = forms.map(() => `${told} LIKE ? ESCAPE '\\'`);
  const amount = amountIn(text);
  return [
    `bank_time >= ? AND bank_time < ? AND (${[...(amount ? ['amount = ?'] : []), ...likes].join(' OR ')})`,
    startOfDay(from),
    startOfDay(addDays(to, 1)),
    ...(amount ? [amount.dong] : []),
    ...forms,
  ];
}

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
  ...optional('listedOn', row.listed_on, day),
});
