// The differences of a catalogue: by kind, each row beside what we have, and the form that drafts versions of chosen rows.
import type { SeenCatalogue } from '../actions/seeCatalogues';
import { differenceKinds, isFlag, type DifferenceKind, type KeptDifference } from '../domain/catalogue';
import { isBad, type BadCatalogueRow } from '../domain/catalogueRow';
import { vnd } from '../domain/money';
import { can } from '../domain/role';
import { addDays, dayOf, parseDay } from '../domain/time';
import { say } from './counterLabels';
import { feeAddress } from './feeParts';
import { TextField, type FormState } from './formFields';
import { inDate, inDong } from './format';
import type { Translate } from './labels';
import { FormToken } from './layout';
import { addressOf } from './parts';
import type { OfficerVisit } from './screen';

/** What was chosen and written; `errors.rows` is about the rows as a whole. */
export type DraftState = FormState;

interface Given {
  seen: SeenCatalogue;
  kind: DifferenceKind | undefined;
}

export const KindChoice = ({ seen: { catalogue, counts }, kind, t }: Given & { t: Translate }): JSX.Element => {
  const found = differenceKinds.filter((one) => (counts.get(one) ?? 0) > 0);
  const address = `/fee-import/${encodeURIComponent(catalogue.id)}`;
  if (found.length === 0) return <></>;
  return (
    <nav class="row kinds" aria-label={t('importDifferences')}>
      <a class="quiet" href={address} aria-current={kind === undefined ? 'page' : undefined} safe>
        {t('allDifferences')}
      </a>
      {found.map((one) => (
        <a
          class={isFlag(one) ? 'quiet flagged' : 'quiet'}
          href={addressOf(address, { kind: one })}
          aria-current={one === kind ? 'page' : undefined}
          safe
        >
          {`${t(`difference_${one}`)} ${(counts.get(one) ?? 0).toLocaleString('de-DE')}`}
        </a>
      ))}
    </nav>
  );
};

interface ListGiven extends Given {
  /** The position after which this part of the list begins. */
  after: string;
  form: DraftState;
  visit: OfficerVisit;
}

export const DifferenceList = ({ seen, kind, after, form, visit }: ListGiven): JSX.Element => {
  const { ctx, actor, t, formToken } = visit;
  const { catalogue, differences, next } = seen;
  if (differences.length === 0)
    return catalogue.state === 'done' ? (
      <p class="empty good" safe>
        {t('importNothing')}
      </p>
    ) : (
      <></>
    );
  const address = `/fee-import/${encodeURIComponent(catalogue.id)}`;
  const mayDraft = can(actor, 'draft_fees') && catalogue.state === 'done';
  const values = { from: addDays(dayOf(ctx.now()), 1), ...form.values };
  return (
    <form method="post" action={addressOf(address, { kind, after })} class="stack">
      <FormToken token={formToken} />
      {form.errors['rows'] ? (
        <p class="refusal refusal-what" role="alert" safe>
          {form.errors['rows']}
        </p>
      ) : (
        ''
      )}
      <table class="cards differences">
        <thead>
          <tr>
            {mayDraft ? <th safe>{t('chooseRows')}</th> : ''}
            <th safe>{t('rowNumber')}</th>
            <th safe>{t('importDifferences')}</th>
            <th safe>{t('there')}</th>
            <th safe>{t('here')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((difference) => (
            <DifferenceRow difference={difference} mayDraft={mayDraft} form={form} t={t} />
          ))}
        </tbody>
      </table>
      {next === undefined ? (
        ''
      ) : (
        <p>
          <a class="button" href={addressOf(address, { kind, after: String(next) })} safe>
            {t('pageAfter')}
          </a>
        </p>
      )}
      {mayDraft ? <DraftFields form={{ ...form, values }} t={t} /> : ''}
    </form>
  );
};

const DraftFields = ({ form, t }: { form: DraftState; t: Translate }): JSX.Element => (
  <fieldset class="stack">
    <legend safe>{t('draftChosen')}</legend>
    <div class="pair">
      <TextField form={form} name="from" type="date" label={t('draftFrom')} />
      <TextField form={form} name="reason" label={t('draftReason')} hint={t('draftReasonHint')} maxlength={1000} />
    </div>
    <button safe>{t('draftChosen')}</button>
  </fieldset>
);

type RowGiven = { difference: KeptDifference; mayDraft: boolean; form: DraftState; t: Translate };

const DifferenceRow = ({ difference, mayDraft, form, t }: RowGiven): JSX.Element => {
  const { kind, kinds, row, position } = difference;
  const isFlagged = kinds.some(isFlag);
  const isChoosable = mayDraft && !isFlagged && row !== undefined && !isBad(row) && kind !== 'decomposed_unicode';
  return (
    <tr class={isFlagged ? 'is-flagged' : ''}>
      {mayDraft ? (
        <td>
          {isChoosable ? (
            <input
              type="checkbox"
              name={`row.${position}`}
              value="yes"
              checked={form.values[`row.${position}`] !== undefined}
              aria-label={`${t('chooseRows')}: ${t('rowNumber')} ${row.line}`}
            />
          ) : (
            ''
          )}
        </td>
      ) : (
        ''
      )}
      <td data-label={t('rowNumber')}>{row ? String(row.line) : '–'}</td>
      <td data-label={t('importDifferences')}>
        <span class={isFlag(kind) ? 'strong bad' : 'strong'} safe>
          {t(`difference_${kind}`)}
        </span>
        <span class="small muted block" safe>
          {detailWords(difference, t)}
        </span>
        {isFlagged ? (
          <span class="small bad block" safe>
            {t('flaggedRow')}
          </span>
        ) : (
          ''
        )}
      </td>
      <td class="break" data-label={t('there')}>
        <There row={row} />
      </td>
      <td class="break" data-label={t('here')}>
        <Here difference={difference} />
      </td>
    </tr>
  );
};

function detailWords({ kind, detail, row }: KeptDifference, t: Translate): string {
  if (row && isBad(row)) return badWords(row, t);
  if (detail === undefined) return '';
  if (kind === 'unit_error') return say(t('detail_unit'), { amount: inDong(vnd(Number(detail))) });
  if (kind === 'note_differs') return say(t('detail_noted'), { amount: inDong(vnd(Number(detail))) });
  if (kind === 'note_expired') return say(t('detail_expired'), { day: dayWords(detail) });
  return kind === 'contradicts' ? say(t('detail_contradicts'), { line: detail }) : detail;
}

const badWords = (row: BadCatalogueRow, t: Translate): string => t(`bad_${row.bad}`);

function dayWords(text: string): string {
  const day = parseDay(text);
  return day ? inDate(day) : text;
}

function There({ row }: { row: KeptDifference['row'] | undefined }): JSX.Element {
  if (!row) return <>–</>;
  if (isBad(row)) return <span safe>{row.text}</span>;
  return (
    <>
      <span safe>{[row.procedureCode, row.feeName ?? row.procedureName ?? ''].filter(Boolean).join(' ')}</span>
      <span class="strong block" safe>
        {row.amountText}
      </span>
      <span class="small muted block" safe>
        {[row.note, row.legalBasis.join('; ')].filter(Boolean).join(' · ')}
      </span>
    </>
  );
}

function Here({ difference: { here } }: { difference: KeptDifference }): JSX.Element {
  if (!here) return <>–</>;
  return (
    <>
      <a href={feeAddress(here.feeId)} safe>
        {here.name}
      </a>
      <span class="strong block" safe>
        {here.amounts.map((amount) => inDong(vnd(amount))).join(' · ') || '–'}
      </span>
      <span class="small muted block" safe>
        {here.legalBasis.join('; ')}
      </span>
    </>
  );
}
