// The fees of a procedure on the counter's form: exactly the inputs that each rule asks, and a live preview of what is owed.
import { sumOf } from '../domain/money';
import type { PricedFee } from '../domain/feePrice';
import type { Draft, Procedure } from './counterDraft';
import type { FormParts } from './counterForm';
import { say } from './counterLabels';
import {
  capitalised,
  inputLabel,
  preferencesFor,
  shownField,
  tickField,
  type AskedInput,
  type FeeChoice,
  type Pricing,
} from './feeChoices';
import { feeLabel } from './feeLabels';
import { inDong } from './format';
import type { OfficerVisit } from './screen';

/** Radio buttons up to here, a select beyond. */
const mostRadios = 4;

/** Every change of an input asks for the preview again. */
export function FeeFields({
  visit,
  procedure,
  choices,
}: {
  visit: OfficerVisit;
  procedure: Procedure;
  choices: readonly FeeChoice[];
}): JSX.Element {
  const { t } = visit;
  const isOne = choices.length === 1;
  const isAlternative = new Set(choices.map(({ fee }) => fee.kind)).size < choices.length;
  const first = choices.flatMap(({ isTicked, inputs }) => (isTicked ? inputs : []))[0];
  return (
    <fieldset
      class="fees"
      hx-post="/counter/preview"
      hx-trigger="input delay:120ms, change from:#channel"
      hx-target="#preview"
      hx-swap="outerHTML"
      hx-sync="this:replace"
    >
      <legend class={isOne ? 'hidden-text' : ''} safe>
        {t('fees')}
      </legend>
      <input type="hidden" name={shownField} value={procedure.code} />
      {isAlternative ? (
        <p class="small muted" safe>
          {t('feesAlternative')}
        </p>
      ) : (
        ''
      )}
      {choices.map((choice) => (
        <FeeField visit={visit} choice={choice} isOne={isOne} {...(first ? { first } : {})} />
      ))}
    </fieldset>
  );
}

interface FeeFieldParts {
  visit: OfficerVisit;
  choice: FeeChoice;
  isOne: boolean;
  first?: AskedInput;
}

function FeeField({ visit, choice, isOne, first }: FeeFieldParts): JSX.Element {
  const { t } = visit;
  const { fee, isTicked, inputs, why } = choice;
  return (
    <div class="fee">
      {isOne && why !== 'tax_by_notice' ? (
        <input type="hidden" name={tickField(fee)} value="on" />
      ) : (
        <label class="tick">
          <input type="checkbox" name={tickField(fee)} checked={isTicked} disabled={why === 'tax_by_notice'} />
          <span safe>{fee.name}</span>
        </label>
      )}
      {why ? (
        <p class={why === 'tax_by_notice' ? 'small muted' : 'small fault'} safe>
          {isOne ? `${fee.name}: ${t(why)}` : t(why)}
        </p>
      ) : (
        ''
      )}
      {fee.collectWhen === 'khi_tra_ket_qua' ? (
        <p class="small muted" safe>
          {t('feeOnResult')}
        </p>
      ) : (
        ''
      )}
      {inputs.length > 0 && !why ? (
        <div class="inputs">
          {inputs.map((asked) => (
            <OneInput visit={visit} asked={asked} isFirst={asked === first} />
          ))}
        </div>
      ) : (
        ''
      )}
    </div>
  );
}

function OneInput({ visit, asked, isFirst }: { visit: OfficerVisit; asked: AskedInput; isFirst: boolean }): JSX.Element {
  const { input, field, text } = asked;
  const id = isFirst ? 'first-input' : field;
  if (input.name === 'case') return <CaseInput visit={visit} asked={asked} id={id} options={input.options} />;
  const isValue = input.name === 'value';
  return (
    <label class={isValue ? 'wide' : 'narrow'} for={id}>
      <span safe>{inputLabel(visit, input)}</span>
      <input
        id={id}
        name={field}
        value={text}
        inputmode="numeric"
        maxlength={isValue ? '20' : '6'}
        data-grouped={isValue ? 'yes' : undefined}
        data-select
        required={isValue}
      />
    </label>
  );
}

/** Never chosen beforehand: the wrong case would be the wrong amount. */
function CaseInput({
  visit,
  asked,
  id,
  options,
}: {
  visit: OfficerVisit;
  asked: AskedInput;
  id: string;
  options: readonly string[];
}): JSX.Element {
  const { language } = visit;
  const { input, field, text } = asked;
  const wordOf = (option: string) => capitalised(feeLabel(option, language));
  if (options.length > mostRadios)
    return (
      <label class="wide" for={id}>
        <span safe>{inputLabel(visit, input)}</span>
        <select id={id} name={field} required>
          <option value="">–</option>
          {options.map((option) => (
            <option value={option} selected={option === text} safe>
              {wordOf(option)}
            </option>
          ))}
        </select>
      </label>
    );
  return (
    <fieldset class="wide cases">
      <legend safe>{inputLabel(visit, input)}</legend>
      {options.map((option, place) => (
        <label class="tick">
          <input type="radio" id={place === 0 ? id : `${id}.${place}`} name={field} value={option} checked={option === text} required />
          <span safe>{wordOf(option)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The lines, the total, and the buttons that issue exactly this. */
export function Preview({ visit, draft, choices, pricing }: FormParts): JSX.Element {
  const { t } = visit;
  const items = pricing && 'items' in pricing ? pricing.items : undefined;
  const isBarred = choices.some(({ isTicked, why }) => isTicked && why !== undefined); // said beside the fee already
  const total = items ? sumOf(items.map((item) => item.amount)) : undefined;
  return (
    <div id="preview" class="stack" data-wrong={pricing && 'field' in pricing ? pricing.field : undefined}>
      <PreferenceFields visit={visit} draft={draft} choices={choices} />
      <div class="lines" aria-live="polite" aria-atomic="true">
        {items?.map((item) => (
          <PreviewLine t={t} item={item} />
        ))}
        <PreviewFault {...(pricing && !isBarred ? { pricing } : {})} {...(draft.faults.fees ? { refused: draft.faults.fees } : {})} />
      </div>
      <div class="issue-bar">
        {total ? (
          <p class="line-total">
            <span safe>{t('total')}</span>
            <strong safe>{inDong(total)}</strong>
          </p>
        ) : (
          ''
        )}
        <div class="row">
          <button id="issue" class="primary" name="then" value="qr" data-key="Enter" disabled={!items}>
            <kbd>Enter</kbd> <span safe>{t(total?.isZero() ? 'issueFree' : 'showQr')}</span>
          </button>
          <button id="issue-cash" name="then" value="cash" data-key="F8" disabled={!items || total?.isZero()}>
            <kbd>F8</kbd> <span safe>{t('cash')}</span>
          </button>
        </div>
      </div>
    </div>
  );
}

function PreviewLine({ t, item }: { t: OfficerVisit['t']; item: PricedFee }): JSX.Element {
  return (
    <div class="line">
      <p class="line-name">
        <span safe>{item.name}</span>
        <strong class="amount" safe>
          {inDong(item.amount)}
        </strong>
      </p>
      <p class="small muted" safe>
        {item.trace.join(' · ')}
      </p>
      <p class="small muted" safe>{`${t('legalBasis')}: ${item.legalBasis.join('; ')}`}</p>
    </div>
  );
}

function PreviewFault({ pricing, refused }: { pricing?: Pricing; refused?: string }): JSX.Element {
  const fault = refused ?? (pricing && 'fault' in pricing ? pricing.fault : undefined);
  if (fault === undefined) return <></>;
  const isEarly = refused === undefined && pricing && 'isEarly' in pricing && pricing.isEarly;
  return (
    <p class={isEarly ? 'small muted' : 'small fault'} safe>
      {fault}
    </p>
  );
}

function PreferenceFields({ visit, draft, choices }: { visit: OfficerVisit; draft: Draft; choices: readonly FeeChoice[] }): JSX.Element {
  const { t } = visit;
  const { fields } = draft;
  const preferences = preferencesFor(visit, draft.desk, choices, fields);
  if (preferences.length === 0) return <></>;
  const claimed = fields['preference'] ?? '';
  const asking = { 'hx-post': '/counter/preview', 'hx-trigger': 'change', 'hx-target': '#preview', 'hx-swap': 'outerHTML' };
  return (
    <div class="pair preference">
      <div class="field">
        <label for="preference" safe>
          {t('preference')}
        </label>
        <select id="preference" name="preference" {...asking}>
          <option value="" safe>
            {t('preferenceNone')}
          </option>
          {preferences.map(({ code, label, condition, effect, value }) => (
            <option value={code} selected={code === claimed} safe>
              {label === undefined
                ? (condition ?? code)
                : say(t(effect === 'mien' ? 'exemptAs' : 'reducedAs'), { code, value: String(value) })}
            </option>
          ))}
        </select>
      </div>
      <div class="field" hidden={claimed === ''}>
        <label for="evidence" safe>
          {t('preferenceEvidence')}
        </label>
        <input
          id="evidence"
          name="evidence"
          value={fields['evidence'] ?? ''}
          maxlength="200"
          placeholder={t('preferenceEvidenceHint')}
          {...asking}
        />
      </div>
    </div>
  );
}
