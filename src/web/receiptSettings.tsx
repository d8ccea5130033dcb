// The administrator's part of the receipts: who collects with which tax code, and the certificate that signs.
import { z } from 'zod';
import type { ReceiptQueue } from '../actions/seeReceiptQueue';
import { setCertificate, setCollector } from '../actions/setCollector';
import type { Agency } from '../domain/agency';
import { isTaxCode, type Collector } from '../domain/collector';
import { numberText } from '../domain/receiptSymbol';
import { checkForm, ChoiceField, emptyForm, FormErrors, lineField, nameField, TextField, type FormState } from './formFields';
import type { Label, Translate } from './labels';
import { FormToken } from './layout';
import { queuePage } from './receiptQueue';
import { refusedForm } from './refusedForm';
import type { Fields, OfficerVisit, Shown } from './screen';

/** Forms that were sent back. */
export interface SettingsForms {
  collector?: FormState;
  certificate?: FormState;
}

const wrongShape: Label = 'fieldShape';
const required: Label = 'fieldRequired';
const longestPem = 20_000;
const agencyField = lineField(64, /^[\w.-]+$/);
const pemField = z.string({ error: required }).min(1, required).max(longestPem, wrongShape);

const collectorFields = z.object({
  agencyCode: agencyField,
  name: nameField,
  taxCode: lineField(14).refine(isTaxCode, wrongShape),
});
const certificateFields = z.object({ collectorCode: agencyField, certificatePem: pemField, privateKeyPem: pemField });

export async function takeCollector(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const checked = checkForm(collectorFields, sent, visit.t);
  const places = { tax_code_invalid: 'taxCode', agency_unknown: 'agencyCode' };
  const form = checked.ok
    ? await refusedForm(visit, setCollector(visit.ctx, visit.actor, checked.value), sent, places)
    : badForm(visit, checked.form);
  return form ? queuePage(visit, { collector: form }) : { redirect: '/receipts/queue' };
}

export async function takeCertificate(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const checked = checkForm(certificateFields, sent, visit.t);
  const places = {
    certificate_unreadable: 'certificatePem',
    certificate_not_valid: 'certificatePem',
    certificate_of_another: 'certificatePem',
    certificate_not_its_key: 'privateKeyPem',
    certificate_not_rsa: 'privateKeyPem',
    agency_unknown: 'collectorCode',
    collector_missing: 'collectorCode',
  };
  const wish = checked.ok && setCertificate(visit.ctx, { actor: visit.actor, ...checked.value });
  const form = wish ? await refusedForm(visit, wish, sent, places) : badForm(visit, checked.ok ? emptyForm : checked.form);
  return form ? queuePage(visit, { certificate: form }) : { redirect: '/receipts/queue' };
}

function badForm({ res }: OfficerVisit, form: FormState): FormState {
  res.status(400);
  return form;
}

interface Settings {
  visit: OfficerVisit;
  agencies: readonly Agency[];
  queue: ReceiptQueue;
  sent: SettingsForms | undefined;
}

type Given = Omit<Settings, 'queue'> & { collectors: readonly Collector[] };

/** Of the agencies that the administrator sees, and of no collector above them. */
export function ReceiptSettings({ visit, agencies, queue, sent }: Settings): JSX.Element {
  const collectors = queue.signers.map(({ collector }) => collector);
  const given = {
    visit,
    agencies,
    collectors: collectors.filter(({ agencyCode }) => agencies.some(({ code }) => code === agencyCode)),
    sent,
  };
  return (
    <section class="receipt-settings">
      <h2 safe>{visit.t('receiptSettings')}</h2>
      <div class="two">
        <CollectorForm {...given} />
        {given.collectors.length > 0 ? <CertificateForm {...given} /> : ''}
      </div>
      <Ranges ranges={queue.ranges} agencies={agencies} t={visit.t} />
    </section>
  );
}

type RangesGiven = { ranges: ReceiptQueue['ranges']; agencies: readonly Agency[]; t: Translate };

/** Which numbers each unit uses this year, and how many of its open range are left. */
const Ranges = ({ ranges, agencies, t }: RangesGiven): JSX.Element =>
  ranges.length === 0 ? (
    <></>
  ) : (
    <section>
      <h3 safe>{t('numberRanges')}</h3>
      <table class="cards">
        <thead>
          <tr>
            <th safe>{t('collectingUnit')}</th>
            <th safe>{t('series')}</th>
            <th safe>{t('receiptKind')}</th>
            <th safe>{t('openRange')}</th>
            <th class="amount" safe>
              {t('numbersUsed')}
            </th>
            <th class="amount" safe>
              {t('numbersLeft')}
            </th>
          </tr>
        </thead>
        <tbody>
          {ranges.map((range) => (
            <tr>
              <td data-label={t('collectingUnit')} safe>
                {agencies.find(({ code }) => code === range.agencyCode)?.name ?? range.agencyCode}
              </td>
              <td data-label={t('series')} safe>
                {range.symbol}
              </td>
              <td data-label={t('receiptKind')} safe>
                {t(`kind_${range.kind}`)}
              </td>
              <td data-label={t('openRange')} safe>{`${numberText(range.firstNumber)} – ${numberText(range.lastNumber)}`}</td>
              <td class="amount" data-label={t('numbersUsed')} safe>
                {String(range.used)}
              </td>
              <td class="amount" data-label={t('numbersLeft')} safe>
                {String(range.lastNumber - range.usedTo)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );

function CollectorForm({ visit: { t, formToken }, agencies, collectors: [first], sent }: Given): JSX.Element {
  const known: FormState = first ? { ...emptyForm, values: { ...first } } : emptyForm;
  const form = sent?.collector ?? known;
  return (
    <form method="post" action="/receipts/collector" class="stack" autocomplete="off">
      <h3 safe>{t('collectingOrganisation')}</h3>
      <FormErrors form={form} t={t} />
      <FormToken token={formToken} />
      <ChoiceField form={form} name="agencyCode" label={t('collectsFor')} choices={agencies.map(({ code, name }) => [code, name])} />
      <TextField form={form} name="name" label={t('organisationName')} />
      <TextField form={form} name="taxCode" label={t('taxCode')} hint={t('taxCodeHint')} maxlength={14} />
      <button safe>{t('saveCollector')}</button>
    </form>
  );
}

function CertificateForm({ visit: { t, formToken }, collectors, sent }: Given): JSX.Element {
  const form = sent?.certificate ?? emptyForm;
  return (
    <form method="post" action="/receipts/certificate" class="stack" autocomplete="off">
      <h3 safe>{t('certificate')}</h3>
      <FormErrors form={form} t={t} />
      <FormToken token={formToken} />
      <ChoiceField
        form={form}
        name="collectorCode"
        label={t('collectingOrganisation')}
        choices={collectors.map(({ agencyCode, name }) => [agencyCode, name])}
      />
      <TextField
        form={{ ...form, values: {} }}
        name="certificatePem"
        label={t('certificatePem')}
        hint={t('certificateHint')}
        maxlength={longestPem}
      />
      <TextField
        form={form}
        name="privateKeyPem"
        label={t('privateKeyPem')}
        hint={t('privateKeyHint')}
        type="password"
        autocomplete="new-password"
        maxlength={longestPem}
      />
      <button safe>{t('saveCertificate')}</button>
    </form>
  );
}
