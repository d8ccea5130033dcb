// The preview of the counter's form: the lines and the total by law, exemptions with their evidence, and the buttons that issue exactly this.
import { exemptionGroups } from '../domain/feePreference';
import { sumOf } from '../domain/money';
import type { FeeItem } from '../domain/obligation';
import type { PricedFee } from '../domain/feePrice';
import { dayOf } from '../domain/time';
import type { FormParts } from './counterForm';
import { say } from './counterLabels';
import { againField, chargedAlready, preferencesFor, type Pricing } from './feeChoices';
import { inDong } from './format';
import { feeAddress, groupText } from './publicFeeView';
import type { OfficerVisit } from './screen';

/** The lines, the total, and the buttons that issue exactly this. */
export function Preview({ visit, draft, choices, pricing }: FormParts): JSX.Element {
  const { t } = visit;
  const items = pricing && 'items' in pricing ? pricing.items : undefined;
  const isBarred = choices.some(({ isTicked, why }) => isTicked && why !== undefined); // said beside the fee already
  const again = chargedAlready(draft, choices);
  const isHeld = again.length > 0 && draft.fields[againField] === undefined;
  const total = items ? sumOf(items.map((item) => item.amount)) : undefined;
  return (
    <div id="preview" class="stack" data-wrong={pricing && 'field' in pricing ? pricing.field : undefined}>
      <PreferenceFields visit={visit} draft={draft} choices={choices} />
      <div id="priced" class="stack">
        <div class="lines" aria-live="polite" aria-atomic="true">
          {items?.map((item) => (
            <PreviewLine t={t} item={item} />
          ))}
          <PreviewFault {...(pricing && !isBarred ? { pricing } : {})} {...(draft.faults.fees ? { refused: draft.faults.fees } : {})} />
        </div>
        <Again t={t} items={again} isConfirmed={!isHeld} />
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
            <button id="issue" class="primary" name="then" value="qr" data-key="Enter" disabled={!items || isHeld}>
              <kbd>Enter</kbd> <span safe>{t(total?.isZero() ? 'issueFree' : 'showQr')}</span>
            </button>
            <button id="issue-cash" name="then" value="cash" data-key="F8" disabled={!items || isHeld || total?.isZero()}>
              <kbd>F8</kbd> <span safe>{t('cash')}</span>
            </button>
          </div>
        </div>
      </div>
    </div>
  );
}

/** What the dossier was charged already, and the tick with which it is charged once more. */
function Again({ t, items, isConfirmed }: { t: OfficerVisit['t']; items: readonly FeeItem[]; isConfirmed: boolean }): JSX.Element {
  if (items.length === 0) return <></>;
  return (
    <div class="again">
      <p safe>{say(t('feesAgain'), { fees: items.map(({ name, amount }) => `${name} ${inDong(amount)}`).join(', ') })}</p>
      <label class="tick">
        <input
          type="checkbox"
          name={againField}
          checked={isConfirmed}
          hx-post="/counter/preview"
          hx-trigger="change"
          hx-target="#preview"
          hx-swap="outerHTML"
        />
        <span safe>{t('feesAgainConfirm')}</span>
      </label>
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

function PreferenceFields({ visit, draft, choices }: Pick<FormParts, 'visit' | 'draft' | 'choices'>): JSX.Element {
  const { t } = visit;
  const { fields } = draft;
  const preferences = preferencesFor(visit, draft.desk, choices, fields);
  if (preferences.length === 0) return <></>;
  const claimed = fields['preference'] ?? '';
  const groups = exemptionGroups(choices.map(({ fee }) => fee));
  const [procedureCode] = choices.map(({ fee }) => fee.procedureCode);
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
          {preferences.map((preference) => (
            <option value={preference.code} selected={preference.code === claimed} safe>
              {groups.has(preference.code)
                ? groupText(preference, groups.get(preference.code) ?? 0, t)
                : (preference.condition ?? preference.code)}
            </option>
          ))}
        </select>
        {procedureCode !== undefined && groups.size > 0 ? (
          <a
            class="small"
            href={feeAddress(procedureCode, { agency: draft.desk.agency.code, on: dayOf(visit.ctx.now()) })}
            target="_blank"
            safe
          >
            {t('feeGroupsWhere')}
          </a>
        ) : (
          ''
        )}
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
          hx-trigger="input changed delay:250ms"
          hx-target="#priced"
          hx-select="#priced"
          hx-sync="this:replace"
        />
      </div>
    </div>
  );
}
