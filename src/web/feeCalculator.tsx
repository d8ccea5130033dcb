// The calculator on a fee's public page: the inputs that the rule asks, what may lower it, and the amount with the steps that lead to it.
import { priceFees } from '../actions/priceFees';
import type { PublishedProcedure } from '../actions/publishedFees';
import { inputsOf, type FeeInput } from '../domain/feeInputs';
import { channels, exampleInputs, type FeePublication } from '../domain/feePublication';
import { Problem, refusals } from '../problems';
import { say } from './counterLabels';
import { capitalised, inputLabel, unsetWords, wholeNumberIn } from './feeChoices';
import { feeLabel } from './feeLabels';
import { inDong } from './format';
import { preferenceText } from './publicFeeView';
import { askedChoice, askedText } from './query';
import type { Visit } from './screen';

interface Given {
  visit: Visit;
  published: PublishedProcedure;
  one: FeePublication;
}

/** Sent by GET to the page itself, so that a result has an address, and no script is needed. */
export async function Calculator({ visit, published, one }: Given): Promise<string> {
  const { req, t } = visit;
  const { fee } = one;
  const isAsked = askedText(req, 'fee') === fee.id;
  const channel = askedChoice(req, 'channel', channels);
  const claimed = askedText(req, 'preference');
  const claimable = one.preferences.filter(({ needsEvidence }) => needsEvidence);
  return (
    <form class="fee-calculator no-print" action={`/fees/${encodeURIComponent(fee.procedureCode)}#result`}>
      <h3 safe>{t('feeCalculator')}</h3>
      <input type="hidden" name="agency" value={published.agency.code} />
      <input type="hidden" name="on" value={published.on} />
      <input type="hidden" name="fee" value={fee.id} />
      <div class="fee-inputs">
        {inputsAsked(visit, one).map(({ input, name, text }) => (
          <Input visit={visit} input={input} name={name} text={text} />
        ))}
        <label>
          <span safe>{t('channel')}</span>
          <select name="channel">
            {channels.map((one) => (
              <option value={one} selected={isAsked && one === channel} safe>
                {t(`channel_${one}`)}
              </option>
            ))}
          </select>
        </label>
        {claimable.length > 0 ? (
          <label class="grow">
            <span safe>{`${t('preference')} (${t('feeEvidenceNeeded')})`}</span>
            <select name="preference">
              <option value="" safe>
                {t('preferenceNone')}
              </option>
              {claimable.map((preference) => (
                <option value={preference.code} selected={isAsked && preference.code === claimed} safe>
                  {preferenceText(preference, t)}
                </option>
              ))}
            </select>
          </label>
        ) : (
          ''
        )}
        <button safe>{t('feeCalculate')}</button>
      </div>
      {isAsked ? await Result({ visit, published, one }) : ''}
    </form>
  );
}

interface Asked {
  input: FeeInput;
  name: string;
  text: string;
}

/** With what was sent for this fee, or its example. */
function inputsAsked({ req }: Visit, { fee, examples }: FeePublication): Asked[] {
  const isAsked = askedText(req, 'fee') === fee.id;
  const example = exampleInputs(fee);
  const inputs = examples.length === 0 ? [] : inputsOf(fee);
  return inputs.map((input) => {
    const name = input.name === 'case' ? `case.${input.dimension}` : input.name;
    const usual =
      input.name === 'case' ? example.case?.[input.dimension] : (example[input.name] ?? (input.name === 'value' ? undefined : 1));
    return { input, name, text: isAsked ? (askedText(req, name) ?? '') : String(usual ?? '') };
  });
}

function Input({ visit, input, name, text }: { visit: Visit } & Asked): JSX.Element {
  if (input.name !== 'case')
    return (
      <label>
        <span safe>{inputLabel(visit, input)}</span>
        <input name={name} value={text} inputmode="numeric" maxlength="20" required />
      </label>
    );
  return (
    <label>
      <span safe>{inputLabel(visit, input)}</span>
      <select name={name}>
        {input.options.map((option) => (
          <option value={option} selected={option === text} safe>
            {capitalised(feeLabel(option, visit.language))}
          </option>
        ))}
      </select>
    </label>
  );
}

async function Result({ visit, published, one }: Given): Promise<string> {
  const { t, language, ctx } = visit;
  try {
    const [item] = await priceFees(ctx.store.tables, questionOf(visit, published, one));
    if (!item) return '';
    return (
      <div class="fee-result" id="result" role="status" tabindex="-1">
        <p>
          <span safe>{t('feeResult')}</span>
          <strong class="sum" safe>
            {inDong(item.amount)}
          </strong>
        </p>
        <ol class="small">
          {item.trace.map((step) => (
            <li safe>{step}</li>
          ))}
        </ol>
      </div>
    );
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const [wrong] = error.errors;
    const asked = inputsAsked(visit, one).find(({ name }) => wrong?.path.endsWith(`.${name}`));
    const where = asked ? `${inputLabel(visit, asked.input)}: ` : '';
    return (
      <p class="fault" id="result" role="alert" tabindex="-1" safe>
        {unsetWords(error, language) ?? `${where}${rangeWords(wrong?.message, asked, visit) ?? refusals[error.code][language]}`}
      </p>
    );
  }
}

/** `phải là số nguyên từ 1 đến 10.000 trang bản chính`. */
function rangeWords(message: string | undefined, asked: Asked | undefined, { t, language }: Visit): string | undefined {
  if (!asked || asked.input.name === 'case' || !message?.startsWith('input_out_of_range')) return undefined;
  const unit = asked.input.name === 'value' ? '₫' : feeLabel(asked.input.unit, language);
  return say(t('feeOutOfRange'), { most: `${asked.input.maximum.toLocaleString('de-DE')} ${unit}` });
}

function questionOf({ req }: Visit, { agency, on }: PublishedProcedure, { fee, preferences }: FeePublication) {
  const claimed = preferences.find(({ code, needsEvidence }) => needsEvidence && code === askedText(req, 'preference'));
  const inputs: { quantity?: number; units?: number; value?: number; case?: Record<string, string> } = {};
  for (const input of inputsOf(fee)) {
    const name = input.name === 'case' ? `case.${input.dimension}` : input.name;
    const text = askedText(req, name);
    if (text === undefined) continue;
    if (input.name === 'case') inputs.case = { ...inputs.case, [input.dimension]: text };
    else inputs[input.name] = wholeNumberIn(text);
  }
  return {
    ...{ procedureCode: fee.procedureCode, localityCode: agency.localityCode, on, channel: askedChoice(req, 'channel', channels) },
    fees: [{ feeId: fee.id, ...inputs }],
    ...(claimed ? { preference: { code: claimed.code, evidence: '0' } } : {}),
  };
}
