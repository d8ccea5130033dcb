// Importing a catalogue of fees: the form to send one, those that were sent, and one of them with its progress and differences.
import { z } from 'zod';
import { draftFromCatalogue } from '../actions/draftFromCatalogue';
import { longestReason } from '../actions/draftFee';
import { keepCatalogue } from '../actions/keepCatalogue';
import { listCatalogues, seeCatalogue } from '../actions/seeCatalogues';
import { catalogueProblems, differenceKinds, type CatalogueImport } from '../domain/catalogue';
import { noDraftReasons } from '../domain/catalogueDraft';
import { catalogueColumns } from '../domain/catalogueRow';
import { can } from '../domain/role';
import { parseDay } from '../domain/time';
import { Problem, refusals } from '../problems';
import { say } from './counterLabels';
import { DifferenceList, KindChoice, type DraftState } from './feeImportDifferences';
import { checkForm, emptyForm, lineField } from './formFields';
import { inDateTime } from './format';
import type { Label, Translate } from './labels';
import { FormToken, OfficerPage } from './layout';
import { askedText } from './query';
import { isFragment, type Fields, type OfficerVisit, type Shown } from './screen';
import { unitOf } from './unit';
import type { SentFile } from './upload';

export async function showFeeImports(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, t, formToken } = visit;
  const catalogues = await listCatalogues(ctx, actor);
  return (
    <OfficerPage visit={visit} title={t('feeImport')} unit={await unitOf(visit)} look="fee-desk">
      <link rel="stylesheet" href="/assets/feeDesk.css" />
      <p>
        <a href="/fee-schedule" safe>
          {t('feeSchedule')}
        </a>
      </p>
      <h1 safe>{t('feeImport')}</h1>
      <p class="muted lead" safe>
        {t('feeImportLead')}
      </p>
      <p class="muted lead" safe>
        {t('importWho')}
      </p>
      {can(actor, 'draft_fees') ? (
        <form method="post" action="/fee-import" enctype="multipart/form-data" class="fee-search">
          <FormToken token={formToken} />
          <label class="grow">
            <span safe>{t('importFile')}</span>
            <input type="file" name="file" accept=".csv,.json,.txt,text/csv,application/json" required />
            <span class="field-hint" safe>
              {t('importFileHint')}
            </span>
          </label>
          <button class="primary" safe>
            {t('importSend')}
          </button>
        </form>
      ) : (
        ''
      )}
      <Columns t={t} />
      <h2 safe>{t('importList')}</h2>
      {catalogues.length === 0 ? (
        <p class="empty" safe>
          {t('importNone')}
        </p>
      ) : (
        <ImportTable catalogues={catalogues} t={t} />
      )}
    </OfficerPage>
  );
}

export async function takeFeeCatalogue({ ctx, actor }: OfficerVisit, _fields: Fields, file: SentFile): Promise<Shown> {
  const { id } = await keepCatalogue(ctx, { actor, fileName: file.name, bytes: file.bytes });
  return { redirect: importAddress(id) };
}

export const showFeeImport = (visit: OfficerVisit): Promise<Shown> => (isFragment(visit.req) ? progress(visit) : page(visit, emptyForm));

const fromRows = z.object({
  from: z
    .string()
    .optional()
    .transform((text, check) => (text ? (parseDay(text) ?? (check.addIssue('wrong_shape' satisfies Label), z.NEVER)) : undefined)),
  reason: lineField(longestReason),
});

export async function takeFeeImportDrafts(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { ctx, actor, req, t, language } = visit;
  const positions = Object.keys(sent).flatMap((name) => /^row\.(\d{1,9})$/.exec(name)?.[1] ?? []);
  const checked = checkForm(fromRows, sent, t);
  if (!checked.ok) return page(visit, checked.form);
  if (positions.length === 0) return page(visit, { values: sent, errors: { rows: t('draftChosenNone') } });
  try {
    const { from, reason } = checked.value;
    const importId = String(req.params['id']);
    const chosen = { actor, importId, positions: positions.map(Number), reason };
    const { versions, refused } = await draftFromCatalogue(ctx, from ? { ...chosen, from } : chosen);
    if (refused.length === 0) return { redirect: `${importAddress(importId)}?done=${versions.length}` };
    const leftOut = [say(t('rowsLeftOut'), { count: String(refused.length) }), ...refusedWords(refused, visit)].join(' ');
    return page(visit, emptyForm, { drafted: versions.length, leftOut });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    visit.res.status(error.status);
    return page(visit, {
      values: sent,
      errors: { rows: [refusals[error.code][language], error.detail, ...refusedWords(error.errors, visit)].filter(Boolean).join(' ') },
    });
  }
}

const refusedWords = (rows: readonly { path: string; message: string }[], visit: OfficerVisit): string[] =>
  rows.map(({ path, message }) => `${visit.t('rowNumber')} ${path}: ${reasonWords(message, visit)}.`);

function reasonWords(message: string, { t, language }: OfficerVisit): string {
  const reason = [...noDraftReasons, 'drafted_already' as const].find((one) => one === message);
  if (reason) return t(`noDraft_${reason}`);
  const [, refusal] = Object.entries(refusals).find(([code]) => code === message) ?? [];
  return refusal?.[language] ?? message;
}

const importAddress = (id: string): string => `/fee-import/${encodeURIComponent(id)}`;

/** Only the progress, until it has ended: then the whole page is shown anew. */
async function progress(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const { catalogue } = await seeCatalogue(ctx, actor, { id: String(req.params['id']) });
  return catalogue.state === 'waiting' ? <Progress catalogue={catalogue} t={t} /> : { redirect: importAddress(catalogue.id) };
}

/** `made`: what was drafted just now, where some rows were left out. */
async function page(visit: OfficerVisit, form: DraftState, made?: { drafted: number; leftOut: string }): Promise<Shown> {
  const { ctx, actor, req, res, t } = visit;
  const kind = differenceKinds.find((one) => one === askedText(req, 'kind'));
  const afterText = askedText(req, 'after') ?? '-1';
  if (!/^-1$|^\d{1,9}$/.test(afterText)) throw new Problem('request_invalid', 'after');
  const after = Number(afterText);
  const id = String(req.params['id']);
  const seen = await seeCatalogue(ctx, actor, { id, after, ...(kind ? { kind } : {}) });
  const { catalogue } = seen;
  const done = made ? String(made.drafted) : req.method === 'GET' ? askedText(req, 'done') : undefined;
  if (Object.keys(form.errors).length > 0 && res.statusCode === 200) res.status(400);
  return (
    <OfficerPage visit={visit} title={t('feeImport')} unit={await unitOf(visit)} look="fee-desk">
      <link rel="stylesheet" href="/assets/feeDesk.css" />
      {done && /^\d{1,4}$/.test(done) ? (
        <p class="done" role="status">
          <a href="/fee-schedule" safe>
            {say(t('draftsKept'), { count: done })}
          </a>
        </p>
      ) : (
        ''
      )}
      {made ? (
        <p class="refusal refusal-what" role="alert" safe>
          {made.leftOut}
        </p>
      ) : (
        ''
      )}
      <p>
        <a href="/fee-import" safe>
          {t('feeImport')}
        </a>
      </p>
      <h1 class="break" safe>
        {catalogue.name}
      </h1>
      <p class="muted" safe>
        {[
          inDateTime(catalogue.keptAt),
          t(`import_${catalogue.state}`),
          ...(catalogue.state === 'done' ? [rowsWords(catalogue, t)] : []),
        ].join(' · ')}
      </p>
      {catalogue.state === 'refused' ? (
        <p class="refusal refusal-what" role="alert" safe>
          {t(`table_${catalogueProblems.find((one) => one === catalogue.problem) ?? 'not_a_list'}`)}
        </p>
      ) : (
        ''
      )}
      {catalogue.state === 'waiting' ? <Progress catalogue={catalogue} t={t} /> : ''}
      <KindChoice seen={seen} kind={kind} t={t} />
      <DifferenceList seen={seen} kind={kind} after={afterText} form={form} visit={visit} />
    </OfficerPage>
  );
}

const rowsWords = ({ rowsRead, rowsAlike, differenceCount }: CatalogueImport, t: Translate): string =>
  [
    `${t('importRows')}: ${rowsRead.toLocaleString('de-DE')}`,
    `${t('importAlike')}: ${rowsAlike.toLocaleString('de-DE')}`,
    `${t('importDifferences')}: ${differenceCount.toLocaleString('de-DE')}`,
  ].join(' · ');

const Progress = ({ catalogue: { id, bytesRead, byteCount, rowsRead }, t }: { catalogue: CatalogueImport; t: Translate }): JSX.Element => {
  const percent = Math.min(100, Math.floor((bytesRead * 100) / Math.max(1, byteCount)));
  const words = say(t('importProgress'), { percent: String(percent), rows: rowsRead.toLocaleString('de-DE') });
  return (
    <div class="import-progress" hx-get={importAddress(id)} hx-trigger="every 1s" hx-swap="outerHTML" role="status">
      <progress value={String(percent)} max="100" aria-label={t('import_waiting')}></progress>
      <p safe>{words}</p>
    </div>
  );
};

const isFirst = (name: string, place: number, all: readonly string[]): boolean => all.indexOf(name) === place;

const Columns = ({ t }: { t: Translate }): JSX.Element => (
  <details>
    <summary safe>{t('importColumns')}</summary>
    <p class="muted" safe>
      {t('importColumnsHint')}
    </p>
    <ul class="columns">
      {Object.entries<readonly string[]>(catalogueColumns).map(([column, names]) => (
        <li>
          <strong safe>{names[0]}</strong> <span safe>{[...names.slice(1), column].filter(isFirst).join(' · ')}</span>
        </li>
      ))}
    </ul>
  </details>
);

const ImportTable = ({ catalogues, t }: { catalogues: readonly CatalogueImport[]; t: Translate }): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th safe>{t('importName')}</th>
        <th safe>{t('importWhen')}</th>
        <th safe>{t('versionState')}</th>
        <th class="amount" safe>
          {t('importRows')}
        </th>
        <th class="amount" safe>
          {t('importDifferences')}
        </th>
      </tr>
    </thead>
    <tbody>
      {catalogues.map((one) => (
        <tr>
          <td class="name break">
            <a href={importAddress(one.id)} safe>
              {one.name}
            </a>
          </td>
          <td data-label={t('importWhen')} safe>
            {inDateTime(one.keptAt)}
          </td>
          <td data-label={t('versionState')} safe>
            {t(`import_${one.state}`)}
          </td>
          <td class="amount" data-label={t('importRows')} safe>
            {one.rowsRead.toLocaleString('de-DE')}
          </td>
          <td class="amount" data-label={t('importDifferences')} safe>
            {one.differenceCount.toLocaleString('de-DE')}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
