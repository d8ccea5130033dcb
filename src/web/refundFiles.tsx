// Files of transfers: what could go into one now, those that were made, and one with its refunds and how it is confirmed.
import { confirmFile } from '../actions/confirmRefund';
import { listRefundFiles, seeRefundFile, takeRefundFile, type RefundFiles, type SeenRefundFile } from '../actions/seeRefundFile';
import { exportRefunds } from '../actions/sendRefund';
import { takeBackFile } from '../actions/takeBackConfirmation';
import { bankOfBin } from '../domain/banks';
import type { Account } from '../domain/agency';
import { sumOf } from '../domain/money';
import type { Refund, RefundFile } from '../domain/refund';
import { can, type Actor } from '../domain/role';
import { addMs } from '../domain/time';
import { Problem, refusals } from '../problems';
import { say } from './counterLabels';
import { inDateTime, inDong } from './format';
import { checkForm, ChoiceField, emptyForm } from './formFields';
import type { Translate } from './labels';
import { FormToken, OfficerPage } from './layout';
import { reasonForm } from './refundActs';
import { transfersCsv, transfersXlsx } from './refundFileRows';
import { FileTakeBack } from './refundFileTakeBack';
import { RefundStateWords } from './refundParts';
import type { Fields, OfficerVisit, Shown } from './screen';
import { signedAs } from './signedAs';
import { unitOf } from './unit';

const mostMovements = 50;
const lookBackMs = 2 * 24 * 60 * 60_000;

export const showRefundFiles = async (visit: OfficerVisit): Promise<Shown> => filesPage(visit);

async function filesPage(visit: OfficerVisit, refusal?: string): Promise<string> {
  const { ctx, actor, t } = visit;
  const { ready, files } = await listRefundFiles(ctx, actor);
  const names = await ctx.store.tables.officers.listNames();
  return (
    <OfficerPage visit={visit} title={t('refundFiles')} unit={await unitOf(visit)} look="refunds">
      <link rel="stylesheet" href="/assets/refunds.css" />
      <div class="row head">
        <h1 class="grow" safe>
          {t('refundFiles')}
        </h1>
        <a class="button" href="/refunds?state=approved" data-key="Escape">
          <kbd>Esc</kbd> <span safe>{t('allRefunds')}</span>
        </a>
      </div>
      <Refusal text={refusal} />
      <p safe>{t('refundFileHint')}</p>
      <Ready visit={visit} ready={ready} />
      {files.length === 0 ? (
        <p class="empty" safe>
          {t('refundFilesNone')}
        </p>
      ) : (
        <Files files={files} names={names} t={t} />
      )}
    </OfficerPage>
  );
}

const Files = ({ files, names, t }: { files: readonly RefundFile[]; names: ReadonlyMap<string, string>; t: Translate }): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th safe>{t('refundCode')}</th>
        <th safe>{t('refundFileCount')}</th>
        <th class="amount" safe>
          {t('amount')}
        </th>
        <th safe>{t('refundFileMadeAt')}</th>
      </tr>
    </thead>
    <tbody>
      {files.map((file) => (
        <tr>
          <td data-label={t('refundCode')}>
            <a href={`/refunds/files/${file.id}`} data-row safe>
              {file.code}
            </a>
          </td>
          <td data-label={t('refundFileCount')} safe>
            {String(file.count)}
          </td>
          <td class="amount" data-label={t('amount')} safe>
            {inDong(file.total)}
          </td>
          <td data-label={t('refundFileMadeAt')}>
            <span safe>{inDateTime(file.madeAt)}</span>
            <span class="small muted block" safe>
              {signedAs(file.madeBy, names, t)}
            </span>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

const Refusal = ({ text }: { text: string | undefined }): JSX.Element =>
  text ? (
    <p class="refusal refusal-what" role="alert" safe>
      {text}
    </p>
  ) : (
    <></>
  );

const accountWords = (account: Account | undefined): string =>
  account ? `${bankOfBin(account.bankBin)?.shortName ?? account.bankBin} ${account.accountNumber} · ${account.accountName}` : '';

function Ready({ visit: { t, actor, formToken }, ready }: { visit: OfficerVisit; ready: RefundFiles['ready'] }): JSX.Element {
  if (ready.length === 0) {
    return (
      <p class="empty good" safe>
        {t('refundFileNothing')}
      </p>
    );
  }
  return (
    <ul class="plain refund-ready">
      {ready.map(({ account, refunds }, place) => (
        <li class="row">
          <span class="grow" safe>
            {accountWords(account)}
          </span>
          {can(actor, 'request_refunds') ? (
            <form method="post" action="/refunds/files" data-once>
              <FormToken token={formToken} />
              <input type="hidden" name="accountId" value={account.id} />
              <button class="primary" data-first={place === 0} safe>
                {say(t('refundFileMake'), { count: String(refunds.length), amount: inDong(sumOf(refunds.map(({ amount }) => amount))) })}
              </button>
            </form>
          ) : (
            ''
          )}
        </li>
      ))}
    </ul>
  );
}

export async function takeRefundExport(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  try {
    const { id } = await exportRefunds(visit.ctx, { actor: visit.actor, accountId: sent['accountId'] ?? '' });
    return { redirect: `/refunds/files/${id}` };
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'refund_file_empty') throw error;
    visit.res.status(error.status);
    return filesPage(visit, refusals[error.code][visit.language]);
  }
}

export const showRefundFile = async (visit: OfficerVisit): Promise<Shown> => filePage(visit);

async function filePage(visit: OfficerVisit, refusal?: string): Promise<string> {
  const { ctx, actor, req, t } = visit;
  const seen = await seeRefundFile(ctx, actor, String(req.params['id']));
  const { file, account, refunds } = seen;
  const safeConfirm = await ConfirmFile({ visit, seen });
  return (
    <OfficerPage visit={visit} title={say(t('refundFile'), { code: file.code })} unit={await unitOf(visit)} look="refunds">
      <link rel="stylesheet" href="/assets/refunds.css" />
      <div class="row head">
        <div class="grow">
          <h1 safe>{say(t('refundFile'), { code: file.code })}</h1>
          <p safe>{`${inDong(file.total)} · ${accountWords(account)}`}</p>
        </div>
        {can(actor, 'request_refunds') && refunds.some(({ state }) => state === 'sent') ? (
          <>
            <a class="button primary" href={`/refunds/files/${file.id}/transfers.xlsx`} data-first>
              XLSX
            </a>
            <a class="button" href={`/refunds/files/${file.id}/transfers.csv`}>
              CSV
            </a>
          </>
        ) : (
          ''
        )}
        <a class="button" href="/refunds/files" data-key="Escape">
          <kbd>Esc</kbd> <span safe>{t('refundFiles')}</span>
        </a>
      </div>
      <Refusal text={refusal} />
      <Sent refunds={refunds} t={t} />
      {safeConfirm}
      <FileTakeBack visit={visit} seen={seen} />
    </OfficerPage>
  );
}

const Sent = ({ refunds, t }: { refunds: readonly Refund[]; t: Translate }): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th safe>{t('refundCode')}</th>
        <th class="amount" safe>
          {t('amount')}
        </th>
        <th safe>{t('refund')}</th>
      </tr>
    </thead>
    <tbody>
      {refunds.map((refund) => (
        <tr>
          <td data-label={t('refundCode')}>
            <a href={`/refunds/${refund.id}`} data-row safe>
              {refund.code ?? refund.id}
            </a>
          </td>
          <td class="amount" data-label={t('amount')} safe>
            {inDong(refund.amount)}
          </td>
          <td data-label={t('refund')}>
            <RefundStateWords state={refund.state} t={t} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

async function ConfirmFile({ visit, seen: { file, refunds } }: { visit: OfficerVisit; seen: SeenRefundFile }): Promise<string> {
  const { ctx, t, actor, formToken } = visit;
  const waiting = refunds.filter(({ state }) => state === 'sent');
  if (waiting.length < 2 || !can(actor, 'request_refunds')) return '';
  const sum = sumOf(waiting.map(({ amount }) => amount));
  const { explanations } = ctx.store.tables;
  const unexplained = await explanations.listUnexplained([file.accountId], sum, addMs(file.madeAt, -lookBackMs), mostMovements);
  const fitting = unexplained.filter(({ amount }) => amount.equals(sum));
  return (
    <form method="post" action={`/refunds/files/${file.id}`} class="stack step" data-once>
      <h2 safe>{t('refundFileConfirm')}</h2>
      <p safe>{say(t('refundFileConfirmHint'), { amount: inDong(sum) })}</p>
      {fitting.length === 0 ? (
        <p class="empty" safe>
          {t('refundConfirmNone')}
        </p>
      ) : (
        <>
          <FormToken token={formToken} />
          <ChoiceField
            form={emptyForm}
            name="transactionId"
            label={t('refundMovement')}
            empty=""
            choices={fitting.map(
              (one) => [one.id, `−${inDong(one.amount)} · ${inDateTime(one.bankTime)} · ${one.content.slice(0, 60)}`] as const,
            )}
          />
          <button class="primary" safe>
            {t('refundConfirmDo')}
          </button>
        </>
      )}
    </form>
  );
}

export const takeFileConfirmation = (visit: OfficerVisit, { transactionId = '' }: Fields): Promise<Shown> =>
  done(visit, (act) => confirmFile(visit.ctx, { ...act, transactionId }));

export async function takeFileTakingBack(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { transactionId = '' } = sent;
  const read = checkForm(reasonForm, sent, visit.t);
  if (read.ok) return done(visit, (act) => takeBackFile(visit.ctx, { ...act, transactionId, reason: read.value.reason }));
  visit.res.status(400);
  return filePage(visit, Object.values(read.form.errors).join(' '));
}

async function done(visit: OfficerVisit, work: (act: { actor: Actor; fileId: string }) => Promise<unknown>): Promise<Shown> {
  const { actor, req, res, language } = visit;
  const fileId = String(req.params['id']);
  try {
    await work({ actor, fileId });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 409) throw error;
    res.status(error.status);
    return filePage(visit, refusals[error.code][language]);
  }
  return { redirect: `/refunds/files/${fileId}` };
}

/** Its name has no person in it. */
export async function showTransfers(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req } = visit;
  const { file, rows } = await takeRefundFile(ctx, actor, String(req.params['id']));
  if (req.path.endsWith('.csv')) return { file: transfersCsv(rows), type: 'text/csv', name: `${file.code}.csv` };
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return { file: await transfersXlsx(rows), type, name: `${file.code}.xlsx` };
}
