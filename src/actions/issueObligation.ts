// Issues an obligation: prices the fees of a dossier by law, freezes them, gives them a reference, books and counts them.
import type { Context, Tables } from '../context';
import { isBetween, dayOf, type Day, type Instant } from '../domain/time';
import type { Agency } from '../domain/agency';
import { parseDossierCode, type DossierCode } from '../domain/dossier';
import type { Channel } from '../domain/fee';
import { obligationEvent } from '../domain/event';
import { postingsOfIssue } from '../domain/ledger';
import { sumOf, zero } from '../domain/money';
import type { Obligation } from '../domain/obligation';
import { drawReference, referenceRandomBytes } from '../domain/reference';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import type { Dossier } from '../domain/dossier';
import { counterInSight, demand, demandSight } from './demand';
import { priceFees, type FeeQuestion, type FeeRequest } from './priceFees';
import { recountDossier, startProcessing } from './recountDossier';
import type { SeenObligation } from './seeObligation';

export interface ObligationRequest {
  actor: Actor;
  dossier: {
    code: string;
    procedureCode: string;
    agencyCode: string;
    channel: Channel;
    applicant: { name: string; phone?: string; email?: string };
    processingStartedAt?: Instant;
  };
  /** Without it: every fee in force for the procedure that is due on filing. */
  fees?: readonly FeeRequest[];
  preference?: { code: string; evidence: string };
  counterId?: string;
}

export type DossierRequest = Pick<ObligationRequest, 'actor' | 'dossier'>;

/** Throws a Problem for whatever is unknown, not chargeable, missing or already issued; then nothing is written. */
export async function issueObligation(ctx: Context, request: ObligationRequest): Promise<SeenObligation> {
  demand(request.actor, 'issue');
  const code = knownDossierCode(request.dossier.code);
  const at = ctx.now();
  const issued = await ctx.store.transact((tables) => issue(ctx, tables, request, code, at));
  ctx.bell.ring();
  return issued;
}

async function issue(ctx: Context, tables: Tables, request: ObligationRequest, code: DossierCode, at: Instant): Promise<SeenObligation> {
  const agency = await agencyInForce(tables, request, dayOf(at));
  const counter = request.counterId === undefined ? undefined : await counterInSight(tables, request.actor, request.counterId);
  const feeItems = await priceFees(tables, feeQuestionOf(request, agency, dayOf(at)));
  const dossier = await keepDossier(ctx, tables, request, code, at);
  const obligation: Obligation = {
    id: ctx.id('obligation'),
    reference: await claimReference(ctx, tables, at),
    dossierId: dossier.id,
    dossierCode: dossier.code,
    agencyCode: agency.code,
    ...(counter ? { counterId: counter.id } : {}),
    createdBy: signatureOf(request.actor),
    createdAt: at,
    feeItems,
    due: sumOf(feeItems.map((item) => item.amount)),
    paid: zero,
    excess: zero,
    flags: [],
    version: 1,
  };
  await tables.obligations.markSettledReissuable(dossier.id);
  if (!(await tables.obligations.keep(obligation))) throw new Problem('obligation_exists', dossier.code);
  await tables.ledger.post([{ cause: 'obligation', causeId: obligation.id, createdAt: at, postings: postingsOfIssue(obligation) }]);
  await recountDossier(tables, dossier.id, at);
  await tables.events.append([obligationEvent('obligation.issued', obligation, at)]);
  return { obligation, dossier, payments: [], refunded: zero, receipts: [] };
}

const feeQuestionOf = ({ dossier, fees, preference }: ObligationRequest, agency: Agency, on: Day): FeeQuestion => ({
  procedureCode: dossier.procedureCode,
  localityCode: agency.localityCode,
  channel: dossier.channel,
  on,
  ...(fees ? { fees } : {}),
  ...(preference ? { preference } : {}),
});

const dossierProblems = { shape: 'dossier_code_invalid', date: 'dossier_date_invalid', province: 'dossier_province_unknown' } as const;

/** Throws dossier_code_invalid, dossier_date_invalid or dossier_province_unknown. */
export function knownDossierCode(text: string): DossierCode {
  const code = parseDossierCode(text);
  if (!code.ok) throw new Problem(dossierProblems[code.why]);
  return code;
}

/** Throws agency_unknown unless the actor sees the dossier's agency and it serves on that day. */
export async function agencyInForce(tables: Tables, { actor, dossier }: DossierRequest, on: Day): Promise<Agency> {
  const agencies = await demandSight(tables, actor, dossier.agencyCode, 'agency_unknown');
  const agency = agencies.find((known) => known.code === dossier.agencyCode);
  if (!agency || !isBetween(on, agency.validFrom, agency.validTo)) throw new Problem('agency_unknown', dossier.agencyCode);
  return agency;
}

/** The dossier, new or known. Throws dossier_conflict where it was filed otherwise. */
export async function keepDossier(ctx: Context, tables: Tables, request: DossierRequest, code: DossierCode, at: Instant): Promise<Dossier> {
  const { procedureCode, agencyCode, channel, applicant, processingStartedAt } = request.dossier;
  const known = await tables.dossiers.findByNormalForm(code.normalForm);
  if (known) {
    const conflict = conflictWith(known, request);
    if (conflict) throw new Problem('dossier_conflict', conflict);
    const reached = await keepContact(tables, known, applicant.email);
    if (reached.processingStartedAt || !processingStartedAt) return reached;
    await startProcessing(tables, reached, processingStartedAt, at);
    return { ...reached, processingStartedAt };
  }
  const procedure = await tables.procedures.find(procedureCode);
  if (!procedure) throw new Problem('procedure_unknown', procedureCode);
  const dossier: Dossier = {
    id: ctx.id('dossier'),
    code: code.code,
    normalForm: code.normalForm,
    procedureCode,
    sectorCode: procedure.sectorCode,
    agencyCode,
    channel,
    applicantName: applicant.name,
    ...(applicant.phone ? { applicantPhone: applicant.phone } : {}),
    ...(applicant.email ? { applicantEmail: applicant.email } : {}),
    ...(processingStartedAt ? { processingStartedAt } : {}),
    createdAt: at,
  };
  await tables.dossiers.keep(dossier);
  return dossier;
}

/** An address that is given later takes the place of the one before: it was mistyped, or has changed. */
async function keepContact(tables: Tables, dossier: Dossier, email: string | undefined): Promise<Dossier> {
  if (email === undefined || email === dossier.applicantEmail) return dossier;
  await tables.dossiers.saveEmail(dossier.id, email);
  return { ...dossier, applicantEmail: email };
}

/** What a dossier once said of itself, and a later request says otherwise. The channel decides the price, the start decides the period. */
function conflictWith(known: Dossier, { dossier }: DossierRequest): string | undefined {
  const names = ['procedureCode', 'agencyCode', 'channel', 'processingStartedAt'] as const;
  return names.find((name) => dossier[name] !== undefined && known[name] !== undefined && dossier[name] !== known[name]);
}

/** Never sequential, never reused: drawn until one is free. */
export async function claimReference(ctx: Context, tables: Tables, at: Instant): Promise<string> {
  for (;;) {
    const code = drawReference(ctx.random(referenceRandomBytes));
    if (await tables.obligations.claimReference(code, at)) return code;
  }
}
