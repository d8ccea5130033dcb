// Parts of the screens of papers: the choice of paper, unit and days, and how far those in the background are.
import type { Account, Agency } from '../domain/agency';
import { sees } from '../domain/role';
import { paperKinds, type PaperKind } from '../domain/paper';
import { isUnwritten, type PaperExport } from '../domain/paperExport';
import { questionOf } from '../actions/exportPaper';
import type { PaperQuestion } from '../actions/paperSource';
import { refusals, type ProblemCode } from '../problems';
import { say } from './counterLabels';
import { inMoment } from './format';
import type { Translate } from './labels';
import { FormToken } from './layout';
import { paperAddress } from './paperQuestion';
import { datedTitle, paperTitle } from './paperWords';
import type { OfficerVisit } from './screen';
import { signedAs } from './signedAs';

/** What may be asked of each. */
const asksUnit: readonly PaperKind[] = ['daily_list', 'cash_book', 'suspense', 'declaration'];
const asksAccount: readonly PaperKind[] = ['minutes', 'suspense'];
const asksPeriod: readonly PaperKind[] = ['daily_list'];

export interface PaperChoices {
  units: readonly Agency[];
  accounts: readonly Account[];
}

/** Of what the officer sees. */
export async function choicesOf({ ctx, actor }: OfficerVisit): Promise<PaperChoices> {
  const agencies = await ctx.store.tables.agencies.list();
  const accounts = await ctx.store.tables.accounts.list();
  return {
    units: agencies.filter(({ code }) => sees(actor, code, agencies)),
    accounts: accounts.filter(({ agencyCode }) => sees(actor, agencyCode, agencies)),
  };
}

type ChoiceGiven = PaperChoices & { question: PaperQuestion; visit: OfficerVisit };

export const PaperChoice = (given: ChoiceGiven): JSX.Element => {
  const { question, visit } = given;
  const { t, language } = visit;
  const { kind, from, to } = question;
  return (
    <>
      <nav class="paper-kinds" aria-label={t('paperKind')}>
        {paperKinds.map((one) => (
          <a href={`/papers/${one}`} aria-current={one === kind ? 'page' : undefined} safe>
            {paperTitle(one, language)}
          </a>
        ))}
      </nav>
      <form class="row paper-choice no-print" action={`/papers/${kind}`}>
        <OfWhom {...given} />
        {kind === 'declaration' ? (
          <label>
            <span safe>{t('paperMonth')}</span>
            <input type="month" name="month" value={from.slice(0, 7)} pattern="\d{4}-\d{2}" required />
          </label>
        ) : (
          <label>
            <span safe>{t(asksPeriod.includes(kind) ? 'fromDay' : 'day')}</span>
            <input type="date" name="from" value={from} required />
          </label>
        )}
        {asksPeriod.includes(kind) ? (
          <label>
            <span safe>{t('toDay')}</span>
            <input type="date" name="to" value={to} />
          </label>
        ) : (
          ''
        )}
        <button class="primary" safe>
          {t('paperShow')}
        </button>
      </form>
    </>
  );
};

const OfWhom = ({ units, accounts, question: { kind, agencyCode, accountId }, visit: { t, actor } }: ChoiceGiven): JSX.Element => (
  <>
    {asksUnit.includes(kind) ? (
      <label>
        <span safe>{t('paperUnit')}</span>
        <select name="unit">
          {units.map(({ code, name }) => (
            <option value={code} selected={code === (agencyCode ?? actor.agencyCode)} safe>
              {name}
            </option>
          ))}
        </select>
      </label>
    ) : (
      ''
    )}
    {asksAccount.includes(kind) ? (
      <label>
        <span safe>{t('paperAccount')}</span>
        <select name="account" required={kind === 'minutes'}>
          <option value="" safe>
            {kind === 'minutes' ? '–' : t('paperAnyAccount')}
          </option>
          {accounts.map(({ id, accountNumber, accountName }) => (
            <option value={id} selected={id === accountId} safe>
              {`${accountNumber} · ${accountName}`}
            </option>
          ))}
        </select>
      </label>
    ) : (
      ''
    )}
  </>
);

const looks: Record<PaperExport['state'], string> = {
  waiting: 'open',
  writing: 'open',
  done: 'paid',
  failed: 'expired',
  cancelled: 'cancelled',
  expired: 'cancelled',
};

type ExportGiven = { one: PaperExport; visit: OfficerVisit };

/** Word, icon and colour together; of what is written, how far; of what failed, why. */
export const ExportState = ({ one, visit: { t, language } }: ExportGiven): JSX.Element => (
  <>
    <span class={`state state-${looks[one.state]}`} safe>
      {t(`exportState_${one.state}`)}
    </span>
    {isUnwritten(one) ? (
      <progress
        value={String(Math.min(one.rowsDone, one.rowCount))}
        max={String(Math.max(1, one.rowCount))}
        aria-label={t('exportProgress')}
      />
    ) : (
      ''
    )}
    <span class="small muted block" safe>
      {say(t('exportRows'), { done: String(one.rowsDone), count: String(Math.max(one.rowCount, one.rowsDone)) })}
    </span>
    {one.state === 'failed' ? (
      <span class="small block">{refusals[isCode(one.problem) ? one.problem : 'export_broken'][language]}</span>
    ) : (
      ''
    )}
  </>
);

const isCode = (problem = ''): problem is ProblemCode => Object.hasOwn(refusals, problem);

/** Fetch it once it is done; until then its asker may cancel it, and have it written again where there is no file. */
export function ExportActs({ one, visit: { t, actor, formToken } }: ExportGiven): JSX.Element {
  if (one.state === 'done')
    return (
      <a class="button" href={`/papers/exports/${one.id}/file`} safe>
        {`${t('exportFetch')} ${t(`paperAs_${one.form}`)}`}
      </a>
    );
  if (one.askedBy !== actor.officerId) return <></>;
  if (isUnwritten(one))
    return (
      <form method="post" action={`/papers/exports/${one.id}/cancel`}>
        <FormToken token={formToken} />
        <button safe>{t('exportCancel')}</button>
      </form>
    );
  const form = one.problem === 'sheet_full' ? 'csv' : one.form;
  return (
    <form method="post" action={paperAddress(questionOf(one))}>
      <FormToken token={formToken} />
      <button name="form" value={form} safe>
        {`${t('exportAgain')} ${t(`paperAs_${form}`)}`}
      </button>
    </form>
  );
}

/** In Vietnamese as it was asked for. */
export const exportTitle = (one: PaperExport, { language }: OfficerVisit): string =>
  language === 'vi' ? one.title : datedTitle(questionOf(one), language);

type ListGiven = { exports: readonly PaperExport[]; names: ReadonlyMap<string, string>; visit: OfficerVisit; t: Translate };

export const ExportList = ({ exports, names, visit, t }: ListGiven): JSX.Element =>
  exports.length === 0 ? (
    <p class="empty" safe>
      {t('exportsNone')}
    </p>
  ) : (
    <table class="cards">
      <thead>
        <tr>
          <th safe>{t('exportPaper')}</th>
          <th safe>{t('exportAsked')}</th>
          <th safe>{t('exportState')}</th>
          <th></th>
        </tr>
      </thead>
      <tbody>
        {exports.map((one) => (
          <tr>
            <td data-label={t('exportPaper')}>
              <a href={`/papers/exports/${one.id}`} safe>
                {`${exportTitle(one, visit)} (${t(`paperAs_${one.form}`)})`}
              </a>
            </td>
            <td data-label={t('exportAsked')}>
              <span safe>{signedAs(one.askedBy, names, t)}</span>
              <span class="small muted block" safe>
                {inMoment(one.askedAt)}
              </span>
            </td>
            <td data-label={t('exportState')}>
              <ExportState one={one} visit={visit} />
            </td>
            <td>
              <ExportActs one={one} visit={visit} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
