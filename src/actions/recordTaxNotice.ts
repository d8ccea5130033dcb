// Records a notice of the tax authority as it stands: an obligation of its own, paid to the account of the State Treasury that it names.
import type { Context, Tables } from '../context';
import { pathToRoot, type Account } from '../domain/agency';
import { parseDossierCode, type Dossier, type DossierCode } from '../domain/dossier';
import { obligationEvent } from '../domain/event';
import { feesInForce } from '../domain/feeSchedule';
import type { Fee } from '../domain/fee';
import { postingsOfIssue } from '../domain/ledger';
import { zero, type Money } from '../domain/money';
import type { Obligation } from '../domain/obligation';
import { signatureOf, type Actor } from '../domain/role';
import {
  feeOfTax,
  isSameHolder,
  noticeIdentityOf,
  noticeNumberKey,
  proceduresOfTax,
  taxItemOf,
  treasuryNumberPattern,
  type TaxNotice,
} from '../domain/taxNotice';
import { dayOf, type Day, type Instant } from '../domain/time';
import { Problem } from '../problems';
import { cancelIn } from './cancelObligation';
import { counterInSight, demand, demandSight } from './demand';
import { agencyInForce, claimReference, keepDossier, type DossierRequest } from './issueObligation';
import { oneWithMoney, type SeenObligation } from './seeObligation';

/** What stands on the notice. */
export interface NoticeText extends Omit<TaxNotice, 'obligationId' | 'occurrence' | 'accountId' | 'replacesId'> {
  amount: Money;
  account: Pick<Account, 'bankBin' | 'accountNumber' | 'accountName'>;
  /** The number of the notice of the same dossier that this one replaces. */
  replaces?: string;
}

export interface NoticeRecord {
  actor: Actor;
  dossierCode: string;
  /** What the dossier says of itself, where it is not known yet: of one for which no fee was issued. */
  dossier?: Omit<DossierRequest['dossier'], 'code'>;
  counterId?: string;
  notice: NoticeText;
}

/**
 * The notice's obligation. The notice that it replaces is cancelled while no money has come for it; else both stay, and a person decides.
 * Throws a Problem for an unknown dossier, a notice that was recorded before, and an account that is not the Treasury's; then nothing is written.
 */
export async function recordTaxNotice(ctx: Context, record: NoticeRecord): Promise<SeenObligation> {
  demand(record.actor, 'issue');
  const code = parseDossierCode(record.dossierCode);
  if (!code.ok) throw new Problem('dossier_unknown');
  const at = ctx.now();
  if (record.notice.issuedOn > dayOf(at)) throw wrong('issuedOn', 'lies in the future');
  if (record.notice.dueOn < record.notice.issuedOn) throw wrong('dueOn', 'lies before issuedOn');
  if (!treasuryNumberPattern.test(record.notice.account.accountNumber)) throw wrong('treasuryAccount.accountNumber', 'not 6 to 19 digits');
  const seen = await ctx.store.transact(async (tables) => {
    const dossier = await dossierOf(ctx, tables, record, code, at);
    return keepNotice(ctx, tables, record, dossier, at);
  });
  ctx.bell.ring();
  return seen;
}

const wrong = (path: string, message: string): Problem => new Problem('request_invalid', path, [{ path, message }]);

async function dossierOf(ctx: Context, tables: Tables, record: NoticeRecord, code: DossierCode, at: Instant): Promise<Dossier> {
  const known = await tables.dossiers.findByNormalForm(code.normalForm);
  if (known) await demandSight(tables, record.actor, known.agencyCode, 'dossier_unknown');
  if (known && !record.dossier) return known;
  if (!record.dossier) throw new Problem('dossier_unknown');
  const request = { actor: record.actor, dossier: { ...record.dossier, code: code.code } };
  await agencyInForce(tables, request, dayOf(at));
  return keepDossier(ctx, tables, request, code, at);
}

async function keepNotice(ctx: Context, tables: Tables, record: NoticeRecord, dossier: Dossier, at: Instant): Promise<SeenObligation> {
  const { actor, notice: text } = record;
  const { amount, account: named, replaces, ...particulars } = text;
  const counter = record.counterId === undefined ? undefined : await counterInSight(tables, actor, record.counterId);
  const occurrence = await occurrenceOf(tables, actor, text);
  const replaced = replaces === undefined ? undefined : await replaceableOf(tables, dossier, { number: replaces, issuer: text.issuer });
  const account = await treasuryAccount(ctx, tables, named, dossier.agencyCode, dayOf(at));
  const obligation: Obligation = {
    id: ctx.id('obligation'),
    reference: await claimReference(ctx, tables, at),
    dossierId: dossier.id,
    dossierCode: dossier.code,
    agencyCode: dossier.agencyCode,
    ...(counter ? { counterId: counter.id } : {}),
    createdBy: signatureOf(actor),
    createdAt: at,
    feeItems: [taxItemOf(text, amount, await scheduleRow(tables, text.subItem, dossier, dayOf(at)))],
    due: amount,
    paid: zero,
    excess: zero,
    flags: [],
    version: 1,
    treasuryAccountId: account.id,
  };
  const notice: TaxNotice = {
    ...particulars,
    obligationId: obligation.id,
    occurrence,
    accountId: account.id,
    ...(replaced ? { replacesId: replaced.id } : {}),
  };
  if (!(await tables.obligations.keep(obligation))) throw new Error('a tax line is never open for another');
  if (!(await tables.taxNotices.keep(notice))) throw new Problem('tax_notice_exists'); // recorded by somebody else just now
  await tables.ledger.post([{ cause: 'obligation', causeId: obligation.id, createdAt: at, postings: postingsOfIssue(obligation) }]);
  if (replaced && isUntouched(replaced)) {
    await cancelIn(tables, replaced, { at, by: signatureOf(actor), reason: `Thay bằng thông báo số ${text.number}` });
  }
  await tables.events.append([obligationEvent('obligation.issued', obligation, at)]);
  return oneWithMoney(tables, obligation);
}

/** Which time this notice is recorded: again only where it was withdrawn. Else its obligation is named, to those who may see it. */
async function occurrenceOf(tables: Tables, actor: Actor, text: NoticeText): Promise<number> {
  const same = await tables.taxNotices.findSame(text);
  if (!same) return 1;
  const existing = await tables.obligations.find(same.obligationId);
  const isReplaced = (await tables.taxNotices.replacing([same.obligationId])).length > 0;
  if (existing?.cancelled && !isReplaced) return same.occurrence + 1;
  await demandSight(tables, actor, existing?.agencyCode, 'tax_notice_exists');
  throw new Problem('tax_notice_exists', existing && `${existing.dossierCode} ${existing.reference} ${existing.id}`);
}

/**
 * The notice of that number as it stands, or stood last; of two tax authorities' that of the same. Throws tax_notice_unknown, and
 * tax_notice_replaced where another notice has taken its place already and was not withdrawn.
 */
async function replaceableOf(tables: Tables, dossier: Dossier, older: Pick<TaxNotice, 'number' | 'issuer'>): Promise<Obligation> {
  const obligations = await tables.obligations.ofDossier(dossier.id);
  const notices = await tables.taxNotices.ofObligations(obligations.map(({ id }) => id));
  const numbered = notices.filter((notice) => noticeNumberKey(notice.number) === noticeNumberKey(older.number));
  const ofIssuer = numbered.filter((notice) => noticeIdentityOf(notice) === noticeIdentityOf(older));
  const meant = (ofIssuer.length > 0 ? ofIssuer : numbered).map(({ obligationId }) => obligationId);
  const named = obligations.filter(({ id }) => meant.includes(id));
  const standingOnes = named.filter(({ cancelled }) => !cancelled);
  const obligation = standingOnes[0] ?? named.at(-1);
  if (!obligation || standingOnes.length > 1) throw new Problem('tax_notice_unknown', older.number);
  const successors = notices.filter(({ replacesId }) => replacesId === obligation.id).map(({ obligationId }) => obligationId);
  const standing = obligations.find(({ id, cancelled }) => successors.includes(id) && !cancelled);
  if (standing) throw new Problem('tax_notice_replaced', standing.reference);
  return obligation;
}

const isUntouched = ({ cancelled, paid, excess }: Obligation): boolean => !cancelled && paid.isZero() && excess.isZero();

/**
 * The account of the Treasury that a notice names; the first notice that names it brings it. It belongs to no office in particular: what
 * comes to it without a home is seen at the top. An account of a unit is refused, and so is a known number in another holder's name.
 */
async function treasuryAccount(ctx: Context, tables: Tables, named: NoticeText['account'], agencyCode: string, on: Day): Promise<Account> {
  const top = pathToRoot(await tables.agencies.list(), agencyCode).at(-1)?.code ?? agencyCode;
  const fresh: Account = { id: ctx.id('account'), agencyCode: top, purpose: 'treasury', ...named, validFrom: on };
  if (await tables.accounts.claim(fresh)) return fresh;
  const numbered = await tables.accounts.numbered(named.accountNumber);
  const known = numbered.find((account) => account.bankBin === named.bankBin);
  if (!known || known.purpose !== 'treasury') throw new Problem('treasury_account_invalid', named.accountNumber);
  if (!isSameHolder(known.accountName, named.accountName)) throw new Problem('treasury_account_differs', known.accountName);
  return known;
}

async function scheduleRow(tables: Tables, subItem: string, dossier: Dossier, on: Day): Promise<Fee | undefined> {
  const agency = (await tables.agencies.list()).find(({ code }) => code === dossier.agencyCode);
  for (const procedureCode of proceduresOfTax(subItem, dossier.procedureCode)) {
    const fees = feesInForce(await tables.procedures.listFees(procedureCode), {
      procedureCode,
      localityCode: agency?.localityCode ?? '',
      on,
    });
    const row = feeOfTax(fees, subItem);
    if (row) return row;
  }
  return undefined;
}
