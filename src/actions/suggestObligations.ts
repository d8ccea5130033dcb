// Suggests which open obligations money without a home may be meant for: the likeliest first, each with its reasons; a person decides.
import type { Context, ReadTables } from '../context';
import { accountFor } from '../domain/agency';
import type { Dossier } from '../domain/dossier';
import type { Money } from '../domain/money';
import { outstandingOf, type BareObligation } from '../domain/obligation';
import { payerIn } from '../domain/payer';
import { readingsOf } from '../domain/reading';
import type { Actor } from '../domain/role';
import { shortlyMs, suggestionsFor, type OpenObligation, type PayerLink, type SuggestionReason } from '../domain/suggestion';
import { addMs, dayOf, type Instant } from '../domain/time';
import { creditOf, type Transaction } from '../domain/transaction';
import { demand, sightOf } from './demand';
import type { SeenTransaction } from './seeTransaction';

export interface SuggestedObligation {
  obligation: BareObligation;
  dossier: Dossier;
  outstanding: Money;
  reasons: readonly SuggestionReason[];
  score: number;
}

/** Of each kind of clue, so that one look costs little however many wait. */
const mostOfAKind = 50;
const mostReadings = 100;
const dayMs = 86_400_000;
/** Banks give whole seconds: what was offered within that second was offered before. */
const restOfSecondMs = 999;
/** Who owes for longer is not found by the amount alone. */
const oldestMs = 180 * dayMs;

/** None where all of the money has a home. */
export async function suggestObligations(
  { store: { tables } }: Context,
  actor: Actor,
  { transaction, money: { unapplied } }: SeenTransaction,
): Promise<SuggestedObligation[]> {
  demand(actor, 'see_obligations');
  if (!unapplied.isPositive()) return [];
  const credit = { ...transaction, ...creditOf(transaction), amount: unapplied };
  const at = addMs(transaction.bankTime, restOfSecondMs);
  const links = await linksOf(tables, transaction);
  const near = await openNear(tables, await sightOf(tables, actor), { ...credit, at }, links);
  return suggestionsFor(credit, await withClues(tables, near, at), links, at).flatMap(({ obligationId, reasons, score }) => {
    const one = near.find(({ obligation }) => obligation.id === obligationId);
    return one ? [{ ...one, outstanding: outstandingOf(one.obligation), reasons, score }] : [];
  });
}

/** For whom the same account paid before. */
async function linksOf(tables: ReadTables, { payerAccount, content, bankTime }: Transaction): Promise<PayerLink[]> {
  const payer = payerAccount ?? payerIn(content)?.accountNumber;
  return payer === undefined ? [] : tables.transactions.listPayerLinks(payer, bankTime, mostOfAKind);
}

interface Near {
  obligation: BareObligation;
  dossier: Dossier;
  references: readonly string[];
}

/** Open obligations that any clue leads to. */
async function openNear(
  tables: ReadTables,
  agencyCodes: readonly string[] | undefined,
  { amount, content, at }: Pick<Transaction, 'amount' | 'content'> & { at: Instant },
  links: readonly PayerLink[],
): Promise<Near[]> {
  const references = readingsOf(content).map((reading) => reading.reference);
  const named = await tables.obligations.named(references.slice(0, mostReadings));
  const clues = [
    { outstanding: amount, issued: { from: addMs(at, -oldestMs), to: addMs(at, dayMs) } },
    { offered: { from: addMs(at, -shortlyMs), to: at } },
    { ids: named.map((one) => one.obligationId) },
    { applicants: [...new Set(links.map((link) => link.applicant))] },
  ];
  const rows: BareObligation[] = [];
  for (const clue of clues)
    rows.push(...(await tables.obligations.listOpen({ ...(agencyCodes ? { agencyCodes } : {}), ...clue }, mostOfAKind)));
  const dossiers = await tables.dossiers.listByIds([...new Set(rows.map((row) => row.dossierId))]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [...byId.values()].flatMap((obligation) => {
    const dossier = dossiers.find((one) => one.id === obligation.dossierId);
    const own = rows.filter((row) => row.id === obligation.id).map((row) => row.reference);
    return dossier ? [{ obligation, dossier, references: [...new Set(own)] }] : [];
  });
}

async function withClues(tables: ReadTables, near: readonly Near[], at: Instant): Promise<OpenObligation[]> {
  const [agencies, accounts] = [await tables.agencies.list(), await tables.accounts.list()];
  const offers = await tables.paymentRequests.listOfferTimes(near.map(({ obligation }) => obligation.id));
  return near.map(({ obligation, dossier, references }) => {
    const account = accountFor(agencies, accounts, obligation.agencyCode, dayOf(at));
    return {
      obligationId: obligation.id,
      references,
      outstanding: outstandingOf(obligation),
      ...(account ? { accountId: account.id } : {}),
      offeredAt: offers.filter((offer) => offer.obligationId === obligation.id).map((offer) => offer.createdAt),
      applicant: dossier.applicantName,
    };
  });
}
