// Settlements of gateways: what each still owes us and since when, the form for a list, and the payouts so far.
import { keepSettlement } from '../actions/keepSettlement';
import { listOwed, listSettlements, type ListedSettlement } from '../actions/seeSettlements';
import { can } from '../domain/role';
import { settlementProviders } from '../domain/settlement';
import { listColumns } from '../domain/settlementFile';
import { Problem, refusals } from '../problems';
import { say } from './counterLabels';
import { inDate, inDong } from './format';
import type { Translate } from './labels';
import { FormToken, OfficerPage } from './layout';
import { providerWord } from './providerWords';
import { askedText } from './query';
import type { Fields, OfficerVisit, Shown } from './screen';
import { OwedList } from './settlementOwed';
import { unitOf } from './unit';
import type { SentFile } from './upload';

const shownAtOnce = 50;

export const showSettlements = (visit: OfficerVisit): Promise<Shown> => page(visit, {}, undefined);

/** A refusal keeps what was chosen. */
export async function takeSettlementFile(visit: OfficerVisit, fields: Fields, file: SentFile): Promise<Shown> {
  const { ctx, actor, res, language } = visit;
  const provider = settlementProviders.find((one) => one === fields['provider']);
  const payoutId = fields['payoutId'] || undefined;
  try {
    if (!provider) throw new Problem('request_invalid', 'provider');
    const kept = await keepSettlement(ctx, { actor, provider, fileName: file.name, bytes: file.bytes, ...(payoutId ? { payoutId } : {}) });
    const done = new URLSearchParams({ new: String(kept.newLines), known: String(kept.alreadyKnown), bad: String(kept.rejected.length) });
    const [only, other] = kept.settlementIds;
    return { redirect: `${only !== undefined && other === undefined ? `/settlements/${only}` : '/settlements'}?${done.toString()}` };
  } catch (error) {
    if (!(error instanceof Problem) || ['bug', 'role_insufficient'].includes(error.code)) throw error;
    res.status(error.status);
    return page(visit, fields, refusals[error.code][language]);
  }
}

/** What became of the file that was sent just now. */
export function Kept({ visit: { req, t } }: { visit: OfficerVisit }): JSX.Element {
  const [fresh, known, bad] = ['new', 'known', 'bad'].map((name) => askedText(req, name));
  if (![fresh, known, bad].every((count) => count !== undefined && /^\d{1,6}$/.test(count))) return <></>;
  return (
    <p class="done" role="status" safe>
      {say(t('settlementKept'), { new: fresh ?? '', known: known ?? '', bad: bad ?? '' })}
    </p>
  );
}

async function page(visit: OfficerVisit, sent: Fields, refusal: string | undefined): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const listed = await listSettlements(ctx, actor, {}, shownAtOnce + 1, req.method === 'GET' ? askedText(req, 'after') : undefined);
  const shown = listed.slice(0, shownAtOnce);
  const pretend = ctx.config.mode === 'demo' ? await pretendAddresses(visit) : [];
  return (
    <OfficerPage visit={visit} title={t('settlements')} unit={await unitOf(visit)} look="settlements">
      <link rel="stylesheet" href="/assets/settlements.css" />
      <h1 safe>{t('settlements')}</h1>
      <p class="muted lead" safe>
        {t('settlementsLead')}
      </p>
      {req.method === 'GET' ? <Kept visit={visit} /> : ''}
      <OwedList owed={await listOwed(ctx, actor)} t={t} />
      {can(actor, 'import_statements') ? <Upload visit={visit} sent={sent} refusal={refusal} /> : ''}
      {pretend.map(({ provider, address }) => (
        <p>
          <a href={address} safe>
            {say(t('pretendPayout'), { gateway: providerWord(provider, t) })}
          </a>
        </p>
      ))}
      <h2 safe>{t('settlementList')}</h2>
      {shown.length === 0 ? (
        <p class="empty" safe>
          {t('settlementNone')}
        </p>
      ) : (
        <Payouts listed={shown} t={t} />
      )}
      {listed.length > shown.length ? (
        <p class="pages">
          <a href={`/settlements?after=${shown.at(-1)?.settlement.id ?? ''}`} safe>
            {t('settlementMore')}
          </a>
        </p>
      ) : (
        ''
      )}
    </OfficerPage>
  );
}

/** Where the pretend gateways of the demo pay out. */
async function pretendAddresses({ ctx }: OfficerVisit): Promise<{ provider: string; address: string }[]> {
  const feeds = await ctx.store.tables.feeds.list();
  const own = feeds.filter(({ provider }) => settlementProviders.some((one) => one === provider));
  return own.flatMap(({ provider, baseUrl }) =>
    baseUrl?.startsWith('http://127.0.0.1:') ? [{ provider, address: `${baseUrl}/settlement` }] : [],
  );
}

function Upload({ visit, sent, refusal }: { visit: OfficerVisit; sent: Fields; refusal: string | undefined }): JSX.Element {
  const { t, formToken } = visit;
  return (
    <section>
      <h2 safe>{t('settlementSendTitle')}</h2>
      {refusal ? (
        <p class="refusal refusal-what" role="alert" safe>
          {refusal}
        </p>
      ) : (
        ''
      )}
      <form method="post" action="/settlements" enctype="multipart/form-data" class="settlement-send">
        <FormToken token={formToken} />
        <label>
          <span safe>{t('settlementGateway')}</span>
          <select name="provider" required>
            {settlementProviders.map((provider) => (
              <option value={provider} selected={sent['provider'] === provider} safe>
                {providerWord(provider, t)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span safe>{t('settlementFile')}</span>
          <input type="file" name="file" accept=".csv,text/csv" required />
          <span class="field-hint" safe>
            {t('settlementFileHint')}
          </span>
        </label>
        <label>
          <span safe>{t('settlementPayoutId')}</span>
          <input name="payoutId" maxlength="100" pattern="[A-Za-z0-9_.:\-]*" value={sent['payoutId'] ?? ''} autocomplete="off" />
        </label>
        <button class="primary" safe>
          {t('settlementSend')}
        </button>
      </form>
      <details>
        <summary safe>{t('settlementColumns')}</summary>
        <p safe>{t('settlementColumnsStripe')}</p>
        <p safe>{t('settlementColumnsOther')}</p>
        <ul class="columns">
          {Object.values<readonly string[]>(listColumns).map((names) => (
            <li>
              <strong safe>{names[0]}</strong> <span safe>{names.slice(1).join(' · ')}</span>
            </li>
          ))}
        </ul>
        <p safe>{t('settlementPayos')}</p>
      </details>
    </section>
  );
}

const Payouts = ({ listed, t }: { listed: readonly ListedSettlement[]; t: Translate }): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th safe>{t('settlementPayout')}</th>
        <th safe>{t('settlementDay')}</th>
        <th class="amount" safe>
          {t('settlementGross')}
        </th>
        <th class="amount" safe>
          {t('settlementFee')}
        </th>
        <th class="amount" safe>
          {t('settlementNet')}
        </th>
        <th safe>{t('settlementState')}</th>
      </tr>
    </thead>
    <tbody>
      {listed.map((one, place) => (
        <tr>
          <td data-label={t('settlementPayout')}>
            <a href={`/settlements/${one.settlement.id}`} data-row data-first={place === 0} safe>
              {`${providerWord(one.settlement.provider, t)} ${one.settlement.payoutId}`}
            </a>
          </td>
          <td class="nowrap" data-label={t('settlementDay')} safe>
            {inDate(one.settlement.day)}
          </td>
          <td class="amount" data-label={t('settlementGross')} safe>
            {inDong(one.totals.gross)}
          </td>
          <td class="amount" data-label={t('settlementFee')} safe>
            {inDong(one.totals.fee)}
          </td>
          <td class="amount" data-label={t('settlementNet')} safe>
            {inDong(one.totals.net)}
          </td>
          <td data-label={t('settlementState')}>
            <MoneyState listed={one} t={t} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** Word, icon and colour together. */
export function MoneyState({ listed: { totals, arrivedWith, carriedInto }, t }: { listed: ListedSettlement; t: Translate }): JSX.Element {
  const [look, word] =
    arrivedWith !== undefined
      ? (['paid', totals.net.isPositive() ? 'settlementArrived' : 'settlementDebited'] as const)
      : carriedInto !== undefined
        ? (['cancelled', 'settlementCarried'] as const)
        : (['open', 'settlementWaiting'] as const);
  return (
    <span class={`state state-${look}`} safe>
      {t(word)}
    </span>
  );
}
