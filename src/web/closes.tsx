// The list of day closes: numbered chains, the newest first, with the file by which anybody checks them.
import { exportCloses, listCloses, listWaitingCloses } from '../actions/seeClose';
import type { CloseHead } from '../domain/dayClose';
import { can } from '../domain/role';
import { signedInAt } from './session';
import type { Context } from '../context';
import type { RequestHandler } from 'express';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { dayAddress } from './dayPlace';
import { inDate, inMoment } from './format';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedDay, askedText } from './query';
import { askToSignIn, send, type OfficerVisit, type Shown } from './screen';
import { signedAs } from './signedAs';
import { unitOf } from './unit';
import { WaitingCloses } from './waitingCloses';

const pageRows = 50;

export async function showCloses(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const [from, to, accountId, after] = [askedDay(req, 'from'), askedDay(req, 'to'), askedText(req, 'account'), askedText(req, 'after')];
  const question = { ...(from ? { from } : {}), ...(to ? { to } : {}), ...(accountId ? { accountId } : {}) };
  const found = await listCloses(ctx, actor, question, pageRows + 1, after);
  const shown = found.slice(0, pageRows);
  const names = await ctx.store.tables.officers.listNames();
  const more = found.length > pageRows ? shown.at(-1)?.id : undefined;
  return (
    <OfficerPage visit={visit} title={t('closes')} unit={await unitOf(visit)} look="day-close">
      <link rel="stylesheet" href="/assets/dayClose.css" />
      <div class="row head">
        <div class="grow">
          <h1 safe>{t('closes')}</h1>
          <p class="small muted" safe>
            {t('closesExportHint')}
          </p>
        </div>
        {can(actor, 'prepare_close') ? (
          <a class="button" href="/days" safe>
            {t('closesPick')}
          </a>
        ) : (
          ''
        )}
        <a class="button" href={addressOf('/closes/export.json', { account: accountId })} safe>
          {t('closesExport')}
        </a>
      </div>
      <WaitingCloses waiting={await listWaitingCloses(ctx, actor)} names={names} t={t} />
      {shown.length === 0 ? (
        <p class="empty" safe>
          {t('closesNone')}
        </p>
      ) : (
        <CloseRows closes={shown} names={names} visit={visit} />
      )}
      {more ? (
        <p class="pages">
          <a href={addressOf('/closes', { from, to, account: accountId, after: more })} safe>
            {t('nextPage')}
          </a>
        </p>
      ) : (
        ''
      )}
    </OfficerPage>
  );
}

interface RowsGiven {
  closes: readonly CloseHead[];
  names: ReadonlyMap<string, string>;
  visit: OfficerVisit;
}

const CloseRows = ({ closes, names, visit: { t } }: RowsGiven): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th safe>{t('day')}</th>
        <th safe>{t('closeAccount')}</th>
        <th class="amount" safe>
          {t('closeNumber')}
        </th>
        <th safe>{t('closePreparedBy')}</th>
        <th safe>{t('closeSignedBy')}</th>
        <th safe>{t('closeHash')}</th>
      </tr>
    </thead>
    <tbody>
      {closes.map((close, place) => (
        <tr>
          <td data-label={t('day')}>
            <a class="strong" href={dayAddress(close, '/close')} data-row data-first={place === 0} safe>
              {inDate(close.day)}
            </a>
          </td>
          <td data-label={t('closeAccount')}>
            <a href={addressOf('/closes', { account: close.accountId })} safe>
              {close.accountNumber}
            </a>
          </td>
          <td class="amount" data-label={t('closeNumber')} safe>
            {String(close.number)}
          </td>
          <td data-label={t('closePreparedBy')} safe>
            {signedAs(close.preparedBy, names, t)}
          </td>
          <td data-label={t('closeSignedBy')}>
            <span safe>{signedAs(close.closedBy, names, t)}</span>
            <span class="small muted block" safe>
              {inMoment(close.closedAt)}
            </span>
          </td>
          <td class="hash" data-label={t('closeHash')} title={close.hash} safe>
            {`${close.hash.slice(0, 16)}…`}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** The file of whole chains: written piece by piece, for it grows for years. */
export const sendCloses =
  (ctx: Context): RequestHandler =>
  async (req, res) => {
    const signedIn = await signedInAt(ctx, req);
    if (!signedIn) return send(res, askToSignIn(req));
    const pieces = exportCloses(ctx, signedIn.actor, askedText(req, 'account'));
    const first = await pieces.next(); // a refusal is still an answer of its own
    res.type('application/json').set({ 'cache-control': 'no-store', 'content-disposition': 'attachment; filename="khoa-so-ngay.json"' });
    if (!first.done) res.write(first.value);
    const closed = once(res, 'close').catch(() => undefined);
    for await (const piece of pieces) {
      if (res.destroyed) return;
      if (!res.write(piece)) await Promise.race([once(res, 'drain'), closed]);
      await turn();
    }
    res.end();
  };
