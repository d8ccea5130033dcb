// Suggests which open obligations money without a home may be meant for: the likeliest first, each with its reasons; a person decides.
import type { Context, ReadTables } from '../context';
import { accountFor } from '../domain/agency';
import { cluesIn, type Clues } from '../domain/clue';
import type { Dossier } from '../domain/dossier';
import { idRandomBytes, newId } from '../domain/id';
import type { Money } from '../domain/money';
import { outstandingOf, type BareObligation } from '../domain/obligation';
import { spellingsOf } from '../domain/personName';
import type { Actor } from '../domain/role';
import { suggestionsFor, type OpenObligation, type PayerLink, type SuggestionReason } from '../domain/suggestion';
import { addMs, dayOf, epochMsOf, startOfDay, type Instant } from '../domain/time';
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
/** Offers are looked through for names and sums too. */
const mostOffered = 200;
const mostReadings = 100;
const mostNames = 6;
const mostSpellings = 64;
const dayMs = 86_400_000;
/** A bank's clock may be behind ours, and gives whole seconds. */
const clockDifferenceMs = 2 * 60_000;
/** Who was asked to pay longer ago is not found by that alone. */
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
  const at = lastMomentOf(transaction);
  const clues = cluesIn(credit);
  const links = await linksOf(tables, clues, transaction.bankTime);
  const near = await openNear(tables, await sightOf(tables, actor), { amount: unapplied, at, clues, links });
  return suggestionsFor(credit, await withClues(tables, near, at), links, at).flatMap(({ obligationId, reasons, score }) => {
    const one = near.find(({ obligation }) => obligation.id === obligationId);
    return one ? [{ ...one, outstanding: outstandingOf(one.obligation), reasons, score }] : [];
  });
}

/** What was offered before we heard of the money may be what was paid, but for money that we heard of late. */
function lastMomentOf({ bankTime, receivedAt }: Transaction): Instant {
  const isWholeDay = bankTime === startOfDay(dayOf(bankTime)); // some banks tell no hour
  const last = addMs(bankTime, isWholeDay ? dayMs : clockDifferenceMs);
  return receivedAt < last ? receivedAt : last;
}

/** For whom the same account paid before. */
const linksOf = async (tables: ReadTables, { payer: { accountNumber } }: Clues, before: Instant): Promise<PayerLink[]> =>
  accountNumber === undefined ? [] : tables.transactions.listPayerLinks(accountNumber, before, mostOfAKind);

interface Near {
  obligation: BareObligation;
  dossier: Dossier;
  references: readonly string[];
}

interface Led {
  amount: Money;
  at: Instant;
  clues: Clues;
  links: readonly PayerLink[];
}

/** Open obligations that any clue leads to: at most five bounded questions. */
async function openNear(tables: ReadTables, agencyCodes: readonly string[] | undefined, led: Led): Promise<Near[]> {
  const { amount, at, clues } = led;
  const named = await tables.obligations.named([...clues.references.keys()].slice(0, mostReadings));
  const ids = [...new Set(named.map((one) => one.obligationId))];
  const applicants = applicantsIn(led);
  const { listOpen } = tables.obligations;
  const rows = [
    ...(await listOpen({ outstanding: amount, below: idAt(at) }, mostOfAKind, agencyCodes)),
    ...(await listOpen({ offered: { from: addMs(at, -oldestMs), to: at } }, mostOffered, agencyCodes)),
    ...(ids.length > 0 ? await listOpen({ ids }, mostOfAKind, agencyCodes) : []),
    ...(applicants.length > 0 ? await listOpen({ applicants, below: idAt(addMs(at, dayMs)) }, mostOfAKind, agencyCodes) : []),
    ...(clues.dossierCodes.length > 0 ? await listOpen({ dossierNormalForms: clues.dossierCodes }, mostOfAKind, agencyCodes) : []),
  ];
  return withDossiers(tables, rows);
}

/** The id that an obligation issued just after this time could have at the least. */
const idAt = (at: Instant): string => newId('obligation', { epochMs: epochMsOf(at) + 1, turn: 0 }, new Uint8Array(idRandomBytes));

/** For whom the payer paid before, and whom the credit names, as they may have been typed. */
function applicantsIn({ clues, links }: Led): string[] {
  const spelled = clues.names.slice(0, mostNames).flatMap((name) => spellingsOf(name, mostSpellings));
  return [...new Set([...links.map((link) => link.applicant), ...spelled])];
}

async function withDossiers(tables: ReadTables, rows: readonly BareObligation[]): Promise<Near[]> {
  const found = await tables.dossiers.listByIds([...new Set(rows.map((row) => row.dossierId))]);
  const dossiers = new Map(found.map((dossier) => [dossier.id, dossier]));
  const references = new Map<string, Set<string>>();
  for (const { id, reference } of rows) references.set(id, (references.get(id) ?? new Set()).add(reference));
  return [...new Map(rows.map((row) => [row.id, row])).values()].flatMap((obligation) => {
    const dossier = dossiers.get(obligation.dossierId);
    return dossier ? [{ obligation, dossier, references: [...(references.get(obligation.id) ?? [])] }] : [];
  });
}

async function withClues(tables: ReadTables, near: readonly Near[], at: Instant): Promise<OpenObligation[]> {
  const [agencies, accounts] = [await tables.agencies.list(), await tables.accounts.list()];
  const offeredAt = new Map<string, Instant[]>();
  for (const { obligationId, createdAt } of await tables.paymentRequests.listOfferTimes(near.map(({ obligation }) => obligation.id))) {
    offeredAt.set(obligationId, [...(offeredAt.get(obligationId) ?? []), createdAt]);
  }
  const accountIds = new Map(
    [...new Set(near.map(({ obligation }) => obligation.agencyCode))].map((code) => [
      code,
      accountFor(agencies, accounts, code, dayOf(at))?.id,
    ]),
  );
  return near.map(({ obligation, dossier, references }) => {
    const accountId = obligation.treasuryAccountId ?? accountIds.get(obligation.agencyCode);
    return {
      obligationId: obligation.id,
      references,
      dossierNormalForm: dossier.normalForm,
      outstanding: outstandingOf(obligation),
      ...(accountId ? { accountId } : {}),
      issuedAt: obligation.createdAt,
      offeredAt: offeredAt.get(obligation.id) ?? [],
      applicant: dossier.applicantName,
    };
  });
}
