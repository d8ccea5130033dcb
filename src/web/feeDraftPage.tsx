// The page on which a change of a fee is drafted: of a fee that is known, of a province's own rate, or of a new fee of a procedure.
import { demand } from '../actions/demand';
import { draftFee, feesWithDrafts } from '../actions/draftFee';
import type { ReadTables } from '../context';
import type { ChargedKind, Fee } from '../domain/fee';
import { freeFeeId, ownFeeId } from '../domain/feeDraft';
import { addDays, dayOf, isBetween, type Day } from '../domain/time';
import { Problem } from '../problems';
import { say } from './counterLabels';
import { DraftForm } from './feeDraftForm';
import { preferenceValues } from './feeDraftPreferences';
import { draftableRules, feeFrom, fieldOfFault, valuesOf, type DraftableRule } from './feeDraftValues';
import { feeAddress, versionAddress } from './feeParts';
import { inDate } from './format';
import type { FormState } from './formFields';
import type { Label } from './labels';
import { OfficerPage } from './layout';
import { askedText } from './query';
import type { Fields, OfficerVisit, Shown } from './screen';
import { refusals } from '../problems';
import { unitOf } from './unit';

/** What a draft begins from. */
interface Ground {
  fee: Fee;
  isNew: boolean;
  /** What names it in the form. */
  fields: Readonly<Record<string, string>>;
  localityCode: string;
  /** The first day that is proposed; without it tomorrow. */
  from?: Day;
}

export async function showFeeDraft(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req } = visit;
  demand(visit.actor, 'draft_fees');
  const asked = {
    fee: askedText(req, 'fee'),
    procedure: askedText(req, 'procedure'),
    kind: askedText(req, 'kind'),
    instead: askedText(req, 'instead'),
  };
  const ground = await groundOf(visit, asked);
  const type = typeOf(askedText(req, 'rule'), ground.fee);
  const own = type === ground.fee.rule.type ? valuesOf(ground.fee) : { ...valuesOf(ground.fee), unit: 'ho_so' };
  const values = {
    ...own,
    ...preferenceValues(ground.fee),
    validFrom: ground.from ?? addDays(dayOf(ctx.now()), 1),
    locality: ground.localityCode,
  };
  const undoing = ground.from ? { reason: say(visit.t('undoOf'), { day: inDate(ground.from) }) } : {};
  return page(visit, ground, type, { values: { ...values, ...undoing }, errors: {} });
}

export async function takeFeeDraft(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { ctx, actor, t } = visit;
  demand(actor, 'draft_fees');
  const ground = await groundOf(visit, { fee: sent['fee'], procedure: sent['procedure'], kind: sent['kind'], instead: sent['instead'] });
  const type = typeOf(sent['rule'], ground.fee);
  const drafted = feeFrom(sent, ground.fee, type);
  const sentBack = (errors: Readonly<Record<string, Label>>): Promise<Shown> => {
    if (visit.res.statusCode === 200) visit.res.status(400);
    const words = Object.entries(errors).map(([field, label]) => [field, t(label)]);
    return page(visit, ground, type, { values: sent, errors: Object.fromEntries(words) });
  };
  if (!drafted.ok) return sentBack(drafted.errors);
  const isNational = ground.isNew && sent['locality'] === 'national';
  const fee = isNational ? { ...drafted.fee, localityCode: 'national' } : drafted.fee;
  try {
    const version = await draftFee(ctx, { actor, fee, reason: sent['reason'] ?? '' });
    return { redirect: `${versionAddress(version.id)}?done=draft` };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return refusedDraft(visit, error, ground, type, sent, sentBack);
  }
}

/** Faults stand beside their fields; that it is too late, beside the day. */
async function refusedDraft(
  visit: OfficerVisit,
  problem: Problem,
  ground: Ground,
  type: DraftableRule,
  sent: Fields,
  sentBack: (errors: Readonly<Record<string, Label>>) => Promise<Shown>,
): Promise<Shown> {
  if (problem.code === 'fee_draft_invalid') {
    const errors = problem.errors.map(({ path, message }) => fieldOfFault({ path, why: message }, type));
    return sentBack(Object.fromEntries(errors.reverse()));
  }
  if (problem.code !== 'fee_version_too_late') throw problem;
  visit.res.status(problem.status);
  return page(visit, ground, type, { values: sent, errors: { validFrom: refusals[problem.code][visit.language] } });
}

function typeOf(asked: string | undefined, fee: Fee): DraftableRule {
  if (asked === 'matrix' && fee.rule.type === 'matrix') return 'matrix';
  const own = fee.rule.type === 'matrix' ? 'matrix' : draftableRules.find((one) => one === fee.rule.type);
  return draftableRules.find((one) => one === asked) ?? own ?? 'fixed';
}

async function groundOf(
  { ctx, actor }: OfficerVisit,
  asked: Readonly<Record<'fee' | 'procedure' | 'kind' | 'instead', string | undefined>>,
): Promise<Ground> {
  const { tables } = ctx.store;
  const localityCode = (await tables.agencies.list()).find((agency) => agency.code === actor.agencyCode)?.localityCode ?? '';
  if (asked.fee !== undefined && asked.instead !== undefined) return ofUndone(tables, asked.fee, asked.instead, localityCode);
  if (asked.fee !== undefined) return ofKnown(tables, asked.fee, localityCode, dayOf(ctx.now()));
  const procedure = await tables.procedures.find(asked.procedure ?? '');
  if (!procedure) throw new Problem('procedure_unknown', asked.procedure ?? '');
  const kind: ChargedKind = asked.kind === 'le_phi' ? 'le_phi' : 'phi';
  const taken = new Set((await feesWithDrafts(tables, procedure.code)).map((fee) => fee.id));
  const id = freeFeeId(`${localityCode}-${kind === 'phi' ? 'P' : 'LP'}-${procedure.code}`, taken);
  const fee: Fee = {
    id,
    procedureCode: procedure.code,
    sectorCode: procedure.sectorCode,
    name: '',
    kind,
    localityCode,
    collectWhen: 'khi_nop_ho_so',
    rule: { type: 'unknown', amount: null },
    generalReductions: [],
    onlineDiscount: [],
    exemptions: [],
    legalBasis: [],
    confidence: 'high',
  };
  return { fee, isNew: true, fields: { procedure: procedure.code, kind }, localityCode };
}

/** In the place of an approved version, from its day on: what holds on the day before, or nothing charged where nothing does. */
async function ofUndone(tables: ReadTables, feeId: string, versionId: string, localityCode: string): Promise<Ground> {
  const version = await tables.feeVersions.find(versionId);
  if (version?.fee.id !== feeId) throw new Problem('fee_version_unknown');
  const from = version.fee.validFrom;
  const dayBefore = addDays(from, -1);
  const fees = await tables.procedures.listFees(version.fee.procedureCode);
  const before = fees.find((fee) => fee.id === feeId && isBetween(dayBefore, fee.validFrom, fee.validTo));
  const fee: Fee = before ?? { ...version.fee, rule: { type: 'free', amount: 0 } };
  return { fee, isNew: false, fields: { fee: feeId, instead: versionId }, localityCode, from };
}

/** A placeholder is drafted as the province's own fee: a new one, or as it was set already for a later day. */
async function ofKnown(tables: ReadTables, feeId: string, localityCode: string, today: ReturnType<typeof dayOf>): Promise<Ground> {
  const known = await tables.procedures.findFee(feeId);
  if (!known) throw new Problem('fee_unknown', feeId);
  const fees = await tables.procedures.listFees(known.procedureCode);
  const now = fees.find((fee) => fee.id === feeId && isBetween(today, fee.validFrom, fee.validTo)) ?? known;
  const fields = { fee: feeId };
  if (now.localityCode !== 'province') return { fee: now, isNew: false, fields, localityCode };
  const id = ownFeeId(now, localityCode);
  if (fees.some((fee) => fee.id === id)) return ofKnown(tables, id, localityCode, today);
  return { fee: { ...now, id, localityCode, legalBasis: [] }, isNew: false, fields, localityCode };
}

async function page(visit: OfficerVisit, ground: Ground, type: DraftableRule, form: FormState): Promise<Shown> {
  const { t } = visit;
  const { fee, isNew, fields, localityCode } = ground;
  const kinds: readonly DraftableRule[] = fee.rule.type === 'matrix' ? [...draftableRules, 'matrix'] : draftableRules;
  const localities = isNew
    ? ([
        [localityCode, localityCode],
        ['national', t('locality_national')],
      ] as const)
    : [];
  return (
    <OfficerPage visit={visit} title={t('draftTitle')} unit={await unitOf(visit)} look="fee-desk">
      <link rel="stylesheet" href="/assets/feeDesk.css" />
      <p>
        <a href={isNew || !fields['fee'] ? '/fee-schedule' : feeAddress(fields['fee'])} safe>
          {t(isNew ? 'feeSchedule' : 'feeHistory')}
        </a>
      </p>
      <h1 safe>{t(isNew ? 'draftNewFee' : 'draftTitle')}</h1>
      <p class="muted" safe>
        {say(t('draftFor'), { fee: [fee.name, t(`kind_${fee.kind}`), fee.procedureCode, fee.id].filter(Boolean).join(' · ') })}
      </p>
      <form method="get" action="/fee-schedule/draft" class="fee-search">
        {Object.entries(fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <label>
          <span safe>{t('ruleKind')}</span>
          <select name="rule">
            {kinds.map((kind) => (
              <option value={kind} selected={kind === type} safe>
                {t(`rule_${kind}`)}
              </option>
            ))}
          </select>
        </label>
        <button safe>{t('changeRuleKind')}</button>
      </form>
      <DraftForm fee={fee} type={type} ground={fields} localities={localities} form={form} visit={visit} />
    </OfficerPage>
  );
}
