// The differences of a catalogue: by kind, each row beside what we have, and the form that drafts versions of chosen rows.
import type { JudgedRow } from '../actions/draftFromCatalogue';
import type { SeenCatalogue } from '../actions/seeCatalogues';
import { differenceKinds, isFlag, type DifferenceKind, type KeptDifference } from '../domain/catalogue';
import { usualFirstDay } from '../domain/catalogueDraft';
import { isBad, lastDayOf, type BadCatalogueRow } from '../domain/catalogueRow';
import { vnd } from '../domain/money';
import { can } from '../domain/role';
import { dayOf, parseDay, type Day } from '../domain/time';
import { say } from './counterLabels';
import { feeAddress, spanWords, versionAddress } from './feeParts';
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
  const { actor, t, formToken } = visit;
  const { catalogue, rows, next } = seen;
  if (rows.length === 0)
    return catalogue.state === 'done' ? (
      <p class="empty good" safe>
        {t('importNothing')}
      </p>
    ) : (
      <></>
    );
  const address = `/fee-import/${encodeURIComponent(catalogue.id)}`;
  const mayDraft = can(actor, 'draft_fees') && catalogue.state === 'done';
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
      <Rows seen={seen} mayDraft={mayDraft} form={form} visit={visit} />
      {next === undefined ? (
        ''
      ) : (
        <p>
          <a class="button" href={addressOf(address, { kind, after: String(next) })} safe>
            {t('pageAfter')}
          </a>
        </p>
      )}
      {mayDraft ? <DraftFields form={form} t={t} /> : ''}
    </form>
  );
};

interface RowsGiven {
  seen: SeenCatalogue;
  mayDraft: boolean;
  form: DraftState;
  visit: OfficerVisit;
}

const Rows = ({ seen: { catalogue, rows }, mayDraft, form, visit }: RowsGiven): JSX.Element => {
  const { ctx, t } = visit;
  const number = t(catalogue.format === 'json' ? 'recordNumber' : 'rowNumber');
  return (
    <table class="cards differences">
      <thead>
        <tr>
          {mayDraft ? <th safe>{t('chooseRows')}</th> : ''}
          <th safe>{number}</th>
          <th safe>{t('rowOf')}</th>
          <th safe>{t('importDifferences')}</th>
          <th safe>{t('there')}</th>
          <th safe>{t('here')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((judged, place) => (
          <DifferenceRow
            judged={judged}
            isFirstOfRow={rows.findIndex((other) => isOneRow(other, judged)) === place}
            number={number}
            today={dayOf(ctx.now())}
            mayDraft={mayDraft}
            form={form}
            visit={visit}
          />
        ))}
      </tbody>
    </table>
  );
};

const DraftFields = ({ form, t }: { form: DraftState; t: Translate }): JSX.Element => (
  <fieldset class="stack">
    <legend safe>{t('draftChosen')}</legend>
    <div class="pair">
      <TextField form={form} name="from" type="date" label={t('draftFrom')} hint={t('draftFromHint')} optional />
      <TextField form={form} name="reason" label={t('draftReason')} hint={t('draftReasonHint')} maxlength={1000} />
    </div>
    <button safe>{t('draftChosen')}</button>
  </fieldset>
);

const isOneRow = (a: JudgedRow, b: JudgedRow): boolean =>
  a === b ||
  (a.difference.row !== undefined &&
    a.difference.row.line === b.difference.row?.line &&
    a.difference.procedureCode === b.difference.procedureCode);

interface RowGiven {
  judged: JudgedRow;
  /** Of the differences of one row only the first has a box: they make one draft. */
  isFirstOfRow: boolean;
  number: string;
  today: Day;
  mayDraft: boolean;
  form: DraftState;
  visit: OfficerVisit;
}

const DifferenceRow = ({ judged, isFirstOfRow, number, today, mayDraft, form, visit }: RowGiven): JSX.Element => {
  const { t } = visit;
  const { difference } = judged;
  const { kind, kinds, row } = difference;
  const isFlagged = kinds.some(isFlag);
  return (
    <tr class={isFlagged ? 'is-flagged' : ''}>
      {mayDraft ? <td>{isFirstOfRow && judged.draft ? <Box judged={judged} number={number} form={form} t={t} /> : ''}</td> : ''}
      <td data-label={number}>{row ? String(row.line) : '–'}</td>
      <td class="break" data-label={t('rowOf')}>
        <strong class="nowrap" safe>
          {difference.procedureCode || '–'}
        </strong>
        <span class="block" safe>
          {feeNameOf(difference)}
        </span>
      </td>
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
        <Outcome judged={judged} today={today} t={t} />
      </td>
      <td class="break" data-label={t('there')}>
        <There row={row} visit={visit} />
      </td>
      <td class="break" data-label={t('here')}>
        <Here difference={difference} />
      </td>
    </tr>
  );
};

const Box = ({ judged: { difference }, number, form, t }: Pick<RowGiven, 'judged' | 'number' | 'form'> & { t: Translate }): JSX.Element => {
  const { position, row, procedureCode } = difference;
  return (
    <input
      type="checkbox"
      name={`row.${position}`}
      value="yes"
      checked={form.values[`row.${position}`] !== undefined}
      aria-label={`${t('chooseRows')}: ${number} ${row?.line ?? ''} ${procedureCode}`}
    />
  );
};

/** From when a draft would hold, what was drafted already, or why nothing can be. */
function Outcome({
  judged: { difference, draft, version, why },
  today,
  t,
}: Pick<RowGiven, 'judged' | 'today'> & { t: Translate }): JSX.Element {
  const { row, kinds } = difference;
  if (version)
    return (
      <a class="small block" href={versionAddress(version.id)} safe>
        {t('rowDrafted')}
      </a>
    );
  if (!row || isBad(row) || kinds.some(isFlag)) return <></>;
  const words = draft ? say(t('rowFrom'), { day: inDate(usualFirstDay(row, today)) }) : why ? t(`noDraft_${why}`) : '';
  return (
    <span class="small muted block" safe>
      {words}
    </span>
  );
}

/** What the catalogue or we call it. */
function feeNameOf({ row, here }: KeptDifference): string {
  if (row && isBad(row)) return row.feeName ?? '';
  return row?.feeName ?? here?.name ?? row?.procedureName ?? '';
}

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

function There({ row, visit }: { row: KeptDifference['row'] | undefined; visit: OfficerVisit }): JSX.Element {
  if (!row) return <>–</>;
  if (isBad(row)) return <span safe>{row.text}</span>;
  const last = lastDayOf(row);
  const span = { ...(row.validFrom && { validFrom: row.validFrom }), ...(last && { validTo: last }) };
  const inForce = row.validFrom || last ? say(visit.t('rowInForce'), { span: spanWords(span, visit) }) : '';
  return (
    <>
      <span class="strong block" safe>
        {row.amountText}
      </span>
      <span class="small muted block" safe>
        {[row.note, row.legalBasis.join('; ')].filter(Boolean).join(' · ')}
      </span>
      <span class="small muted block" safe>
        {inForce}
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
