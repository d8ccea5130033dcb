// A difference in a sentence, and the address of each way out of it.
import { waitReasons } from '../domain/receiptWait';
import type { Difference, DifferenceFacts, DifferenceOwner, Way, WayAct } from '../domain/reconciliation';
import { can, type Actor, type Permission } from '../domain/role';
import { addDays } from '../domain/time';
import { say } from './counterLabels';
import { dayAddress, type DayPlace } from './dayPlace';
import { inDong } from './format';
import type { Translate } from './labels';
import { addressOf, dossierAddress } from './parts';

const unappliedWhys = ['no_reference', 'unknown_reference', 'unknown_order', 'ambiguous', 'correction_unsure', 'taken_back'] as const;
const refundWaits = ['requested', 'approved', 'sent'] as const;

const among = <Known extends string>(known: readonly Known[], text: string | undefined): Known | undefined =>
  known.find((one) => one === text);

/** What is odd about it; what was told of it stands beside. */
export function differenceWords({ class: differenceClass, subject, facts, ways }: Difference, t: Translate): string {
  switch (differenceClass) {
    case 'paid_not_recorded':
      return t(subject.kind === 'line' ? 'dayWords_held' : 'dayWords_listed_only');
    case 'recorded_not_at_bank':
      return t('dayWords_recorded_not_at_bank');
    case 'amount_differs':
      return amountWords(facts, t);
    case 'duplicate':
      return t('dayWords_duplicate');
    case 'unknown_content':
      return facts.direction === 'out' ? t('dayWords_out') : t(`why_${among(unappliedWhys, facts.why) ?? 'unknown'}`);
    case 'late_after_close':
      return ways.some(({ act }) => act === 'import') ? `${t('dayWords_late')}. ${t('dayWords_recorded_not_at_bank')}` : t('dayWords_late');
    case 'receipt_missing':
      return missingWords(facts, t);
    case 'receipt_without_money':
      return say(t('dayWords_receipt_without_money'), { number: facts.receiptNumber ?? '' });
    case 'flag_not_synchronised':
      return say(t('dayWords_flag'), { ours: String(facts.countedFlag ?? ''), theirs: String(facts.portalFlag ?? '') });
    case 'refund_pending':
      return t(`dayWords_refund_${among(refundWaits, facts.why) ?? 'requested'}`);
  }
}

function amountWords({ bankAmount, ourAmount, due, paid, why }: DifferenceFacts, t: Translate): string {
  if (bankAmount && ourAmount) return say(t('dayWords_amounts'), { bank: inDong(bankAmount), ours: inDong(ourAmount) });
  if (due && paid) return say(t('dayWords_part'), { due: inDong(due), paid: inDong(paid) });
  return t(why === 'after_cancel' ? 'why_after_cancel' : 'why_excess');
}

function missingWords({ why }: DifferenceFacts, t: Translate): string {
  const wait = among(waitReasons, why);
  return wait ? t(`wait_${wait}`) : t('dayWords_receipt_missing');
}

export const ownerWords = (owner: DifferenceOwner, names: ReadonlyMap<string, string>, t: Translate): string => {
  if (owner.kind === 'person') return names.get(owner.officerId) ?? owner.officerId;
  return t(owner.role === 'finance_supervisor' ? 'dayOwner_finance_supervisor' : 'dayOwner_finance_officer');
};

/** What somebody must be allowed for the way to lead anywhere. */
const neededFor: Record<WayAct, Permission> = {
  attach: 'resolve',
  refund: 'resolve',
  decide: 'resolve',
  explain: 'resolve',
  decide_line: 'import_statements',
  import: 'import_statements',
  issue_receipt: 'see_transactions',
  correct_receipt: 'correct_receipts',
  see_transaction: 'see_transactions',
  see_dossier: 'see_obligations',
  see_obligation: 'see_obligations',
  drive_refund: 'see_finance',
  correct_close: 'prepare_close',
};

export interface ShownWay {
  act: WayAct;
  href: string;
}

/** The ways that are open to the actor, each address once; `from`: the list to come back to. */
export function waysFor(actor: Actor, place: DayPlace, difference: Difference, from = dayAddress(place)): ShownWay[] {
  const ways = difference.ways
    .filter(({ act }) => can(actor, neededFor[act]))
    .map((way) => ({ act: way.act, href: wayAddress(place, difference, way, from) }));
  return ways.filter(({ href }, number) => ways.findIndex((one) => one.href === href) === number);
}

function wayAddress(place: DayPlace, { facts }: Pick<Difference, 'facts'>, { act, subject: { id } }: Way, from: string): string {
  switch (act) {
    case 'refund':
      return addressOf(`/transactions/${id}`, { step: 'refund', from });
    case 'attach':
    case 'decide':
    case 'see_transaction':
      return addressOf(`/transactions/${id}`, { from });
    case 'explain':
      return `${addressOf(`/transactions/${id}`, { from })}#explain`;
    case 'decide_line':
      return `/statements/${facts.fileId ?? ''}#held`;
    case 'import':
      return addressOf('/statements', { account: place.accountId });
    case 'issue_receipt':
      return '/receipts/queue';
    case 'correct_receipt':
      return `/receipts/${facts.receiptNumber ?? ''}`;
    case 'see_dossier':
      return dossierAddress(facts.dossierCode ?? '');
    case 'see_obligation':
      return `/obligations/${id}`;
    case 'drive_refund':
      return addressOf(`/refunds/${id}`, { from });
    case 'correct_close':
      return dayAddress({ ...place, day: facts.closesOn ?? addDays(place.day, 1) }, '/close');
  }
}
