// The fees of a procedure on the counter's form: exactly the inputs that each rule asks.
import { shownNameOf } from '../domain/fee';
import type { Procedure } from './counterDraft';
import { capitalised, inputLabel, shownField, tickField, type AskedInput, type FeeChoice } from './feeChoices';
import { feeLabel } from './feeLabels';
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
          <span safe>{shownNameOf(fee)}</span>
        </label>
      )}
      {why ? (
        <p class={why === 'tax_by_notice' ? 'small muted' : 'small fault'} safe>
          {isOne ? `${shownNameOf(fee)}: ${t(why)}` : t(why)}
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
