// Clues to open obligations as SQL: each finds few ids by an index and reads a bounded number of rows, however many obligations there are.
import type { Money } from '../domain/money';
import type { Instant } from '../domain/time';
import { isIn, type Condition } from './rows';

/** What leads to obligations. */
export type OpenClue =
  | { ids: readonly string[] }
  | { dossierNormalForms: readonly string[] }
  /** Names as they were typed; of lower ids only, which are older. */
  | { applicants: readonly string[]; below: string }
  /** Of those with lower ids just this much is still to be paid. */
  | { outstanding: Money; below: string }
  /** A way to pay was offered in this time, both ends included: the latest. */
  | { offered: { from: Instant; to: Instant } };

/** Rows that are looked through for an amount, which no index knows: many weeks of an office, a day of a large city. */
const mostForAmount = 20_000;
/** Dossiers of people and companies of one name. */
const mostOfAName = 500;
const mostOffers = 200;

/** A query for the ids of the obligations that a clue leads to, the newest first where there may be more than are read. */
export function idsBehind(clue: OpenClue): Condition {
  if ('ids' in clue) return within('SELECT id FROM obligation WHERE', isIn('id', clue.ids));
  if ('dossierNormalForms' in clue) return byDossier(within('SELECT id FROM dossier WHERE', isIn('normal_form', clue.dossierNormalForms)));
  if ('applicants' in clue) return byApplicant(clue);
  if ('outstanding' in clue)
    return [
      `SELECT id FROM (SELECT id, due, paid FROM obligation WHERE id < ? ORDER BY id DESC LIMIT ${mostForAmount}) AS latest WHERE due - paid = ?`,
      clue.below,
      clue.outstanding.dong,
    ];
  return [
    `SELECT DISTINCT obligation_id AS id FROM (SELECT obligation_id FROM payment_request WHERE created_at >= ? AND created_at <= ?
       ORDER BY created_at DESC LIMIT ${mostOffers}) AS latest`,
    clue.offered.from,
    clue.offered.to,
  ];
}

/** The index of names is read backwards: the latest of each name come first. */
function byApplicant({ applicants, below }: { applicants: readonly string[]; below: string }): Condition {
  const [where, ...values] = isIn('applicant_name', applicants);
  const [ids, ...led] = byDossier([`SELECT id FROM dossier WHERE ${where} ORDER BY applicant_name DESC LIMIT ${mostOfAName}`, ...values]);
  return [`${ids} AND own.id < ?`, ...led, below];
}

const byDossier = ([dossiers, ...values]: Condition): Condition => [
  `SELECT own.id FROM (${dossiers}) AS found CROSS JOIN obligation own WHERE own.dossier_id = found.id`,
  ...values,
];

const within = (select: string, [where, ...values]: Condition): Condition => [`${select} ${where}`, ...values];
