// One drafted version of a fee: what it changes and why, what to look at twice, a trial on past dossiers, and the decision.
import { z } from 'zod';
import { approveFee, withdrawFee } from '../actions/decideFee';
import { longestReason } from '../actions/draftFee';
import { seeVersion, type SeenVersion } from '../actions/seeFees';
import type { Fee, Regime, ScheduleChannel } from '../domain/fee';
import { can, signatureOf } from '../domain/role';
import { say } from './counterLabels';
import { feeAddress, Rates, Signed, spanWords, VersionState, versionAddress } from './feeParts';
import { AmongOthers, Undo } from './feeVersionTime';
import { askedTrial, TrialSection } from './feeTrial';
import { checkForm, emptyForm, FormErrors, lineField, TextField, type FormState } from './formFields';
import { inDate, inDateTime } from './format';
import type { Label } from './labels';
import { FormToken, OfficerPage } from './layout';
import { askedText } from './query';
import { refusedForm } from './refusedForm';
import type { Fields, OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

const withdrawal = z.object({ note: lineField(longestReason) });
const doneWords: Readonly<Record<string, Label>> = {
  draft: 'draftKept',
  approved: 'versionApproved',
  withdrawn: 'versionWithdrawn',
  refused: 'versionRefused',
};

export const showFeeVersion = (visit: OfficerVisit): Promise<Shown> => page(visit, emptyForm);

export async function takeFeeDecision(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const versionId = String(req.params['id']);
  if (sent['verdict'] === 'approved') {
    const form = await refusedForm(visit, approveFee(ctx, { actor, versionId }), sent, { fee_version_too_late: 'verdict' });
    return form ? page(visit, form) : { redirect: `${versionAddress(versionId)}?done=approved` };
  }
  const checked = checkForm(withdrawal, sent, t);
  if (!checked.ok) return page(visit, checked.form);
  await withdrawFee(ctx, { actor, versionId, note: checked.value.note });
  const { version } = await seeVersion(ctx, actor, versionId);
  return { redirect: `${versionAddress(versionId)}?done=${version.draftedBy === signatureOf(actor) ? 'withdrawn' : 'refused'}` };
}

async function page(visit: OfficerVisit, form: FormState): Promise<Shown> {
  const { ctx, req, res, actor, t } = visit;
  const seen = await seeVersion(ctx, actor, String(req.params['id']));
  const { version } = seen;
  const done = req.method === 'GET' ? doneWords[askedText(req, 'done') ?? ''] : undefined;
  if (Object.keys(form.errors).length > 0 && res.statusCode === 200) res.status(400);
  return (
    <OfficerPage visit={visit} title={t('versionTitle')} unit={await unitOf(visit)} look="fee-desk">
      <link rel="stylesheet" href="/assets/feeDesk.css" />
      {done ? (
        <p class="done" role="status" safe>
          {t(done)}
        </p>
      ) : (
        ''
      )}
      <p>
        <a href="/fee-schedule" safe>
          {t('feeSchedule')}
        </a>{' '}
        ·{' '}
        <a href={feeAddress(version.fee.id)} safe>
          {t('feeHistory')}
        </a>
      </p>
      <div class="row head">
        <h1 class="grow" safe>
          {version.fee.name}
        </h1>
        <VersionState version={version} words={visit} />
      </div>
      <p class="muted" safe>
        {`${version.fee.procedureCode} ${version.procedureName} · ${version.fee.id}`}
      </p>
      <Warnings seen={seen} visit={visit} />
      <Comparison seen={seen} visit={visit} />
      <Facts seen={seen} visit={visit} />
      <AmongOthers seen={seen} visit={visit} />
      {version.decision ? <Undo seen={seen} visit={visit} /> : <Decision seen={seen} form={form} visit={visit} />}
      <TrialSection version={version} {...await askedTrial(visit, version.id)} t={t} />
    </OfficerPage>
  );
}

const Warnings = ({ seen: { warnings }, visit: { t } }: Given): JSX.Element =>
  warnings.length === 0 ? (
    <></>
  ) : (
    <div class="look-twice">
      <h2 safe>{t('lookTwice')}</h2>
      <ul>
        {warnings.map((warning) => (
          <li safe>{t(`warning_${warning}`)}</li>
        ))}
      </ul>
    </div>
  );

interface Given {
  seen: SeenVersion;
  visit: OfficerVisit;
}

const Comparison = ({ seen: { version, before }, visit }: Given): JSX.Element => (
  <div class="two compared">
    <section>
      <h2 safe>{visit.t('versionAfter')}</h2>
      <FeeFacts fee={version.fee} visit={visit} />
    </section>
    <section class="muted-side">
      <h2 safe>{visit.t('versionBefore')}</h2>
      {before ? <FeeFacts fee={before} visit={visit} /> : <p safe>{visit.t('versionNothingBefore')}</p>}
    </section>
  </div>
);

const FeeFacts = ({ fee, visit }: { fee: Fee; visit: OfficerVisit }): JSX.Element => {
  const { t } = visit;
  const regimes = [...fee.generalReductions, ...fee.onlineDiscount];
  const preferences = [...fee.exemptions.map((one) => one.code), ...regimes.map((regime) => regimeWords(regime, visit))];
  const facts: [Label, string][] = [
    ['validSpan', spanWords(fee, visit)],
    ['feeCollected', t(`collect_${fee.collectWhen}`)],
    ['legalBasis', fee.legalBasis.join('; ')],
    ['draftSubItem', fee.budgetSubItem ?? '–'],
    ['draftRetention', fee.retentionPercent ?? (fee.kind === 'le_phi' ? '0' : '–')],
  ];
  return (
    <>
      <Rates fee={fee} words={visit} />
      <dl class="facts">
        {facts.map(([label, words]) => (
          <>
            <dt safe>{t(label)}</dt>
            <dd class="break" safe>
              {words}
            </dd>
          </>
        ))}
        <dt safe>{t('feePreferences')}</dt>
        <dd class="break">
          <ul class="plain-list">
            {preferences.map((words) => (
              <li safe>{words}</li>
            ))}
          </ul>
        </dd>
      </dl>
    </>
  );
};

const channelLabels: Readonly<Record<ScheduleChannel, Label>> = {
  truc_tiep: 'channel_counter',
  truc_tuyen: 'channel_online',
  buu_chinh: 'channel_postal',
};

/** All of it: whoever approves has nothing else to go by. */
function regimeWords(
  { regimeId, kind, value, channels, effectiveFrom, effectiveTo, legalBasis, conditions }: Regime,
  visit: OfficerVisit,
): string {
  const { t } = visit;
  const isEverywhere = channels.length === Object.keys(channelLabels).length;
  return [
    `${regimeId} ${t(`regime_${kind}`)}${kind === 'waived' ? '' : `: ${value.toLocaleString('de-DE')}`}`,
    isEverywhere ? t('regimeAllChannels') : channels.map((channel) => t(channelLabels[channel])).join(', '),
    spanWords({ validFrom: effectiveFrom, ...(effectiveTo !== null && { validTo: effectiveTo }) }, visit),
    legalBasis,
    conditions ?? '',
  ]
    .filter(Boolean)
    .join(' · ');
}

const Facts = ({ seen: { version, names }, visit }: Given): JSX.Element => {
  const { t } = visit;
  const [importId] = version.differenceId?.split('/') ?? [];
  return (
    <dl class="facts signed">
      <dt safe>{t('versionReason')}</dt>
      <dd safe>{version.reason}</dd>
      <dt safe>{t('versionDraftedBy')}</dt>
      <dd>
        <Signed by={version.draftedBy} at={inDateTime(version.draftedAt)} names={names} visit={visit} />
      </dd>
      {version.decision ? (
        <>
          <dt safe>{t('versionDecidedBy')}</dt>
          <dd>
            <Signed by={version.decision.by} at={inDateTime(version.decision.at)} names={names} visit={visit} />
            {version.decision.note ? <span safe>{version.decision.note}</span> : ''}
          </dd>
        </>
      ) : (
        ''
      )}
      {importId === undefined ? (
        ''
      ) : (
        <>
          <dt safe>{t('feeImport')}</dt>
          <dd>
            <a href={`/fee-import/${encodeURIComponent(importId)}`} safe>
              {t('versionFromCatalogue')}
            </a>
          </dd>
        </>
      )}
    </dl>
  );
};

function Decision({ seen: { version }, form, visit }: Given & { form: FormState }): JSX.Element {
  const { actor, t, formToken } = visit;
  const isOwn = version.draftedBy === signatureOf(actor);
  const mayApprove = can(actor, 'approve_fees');
  if (!mayApprove && !isOwn) return <></>;
  const address = versionAddress(version.id);
  return (
    <div class="two forms">
      <section class="stack">
        {isOwn ? <p safe>{t('versionApproveOwn')}</p> : ''}
        {mayApprove && !isOwn ? (
          <form method="post" action={address} class="stack">
            <h2 safe>{t('versionApprove')}</h2>
            <FormToken token={formToken} />
            <input type="hidden" name="verdict" value="approved" />
            <p safe>{say(t('versionApproveHint'), { day: inDate(version.fee.validFrom) })}</p>
            {form.errors['verdict'] ? (
              <p class="field-error" role="alert" safe>
                {form.errors['verdict']}
              </p>
            ) : (
              ''
            )}
            <button class="primary" safe>
              {t('versionApprove')}
            </button>
          </form>
        ) : (
          ''
        )}
      </section>
      <form method="post" action={address} class="stack">
        <h2 safe>{t(isOwn ? 'versionWithdraw' : 'versionRefuse')}</h2>
        {form.errors['note'] ? <FormErrors form={form} t={t} /> : ''}
        <FormToken token={formToken} />
        <input type="hidden" name="verdict" value="withdrawn" />
        <TextField form={form} name="note" label={t(isOwn ? 'versionWithdrawWhy' : 'versionRefuseWhy')} maxlength={longestReason} />
        <button safe>{t(isOwn ? 'versionWithdraw' : 'versionRefuse')}</button>
      </form>
    </div>
  );
}
