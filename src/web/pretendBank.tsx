// The pretend bank of demo mode: a phone that reads a QR code and pays it, with every awkwardness that real banks have.
import { listOffers, payAtPretendBank } from '../actions/payAtPretendBank';
import { bankOfBin } from '../domain/banks';
import { decodeVietQr, type VietQr } from '../domain/vietqr';
import { Problem } from '../problems';
import { inDong } from './format';
import { LanguageSwitch, Page } from './layout';
import { addressOf } from './parts';
import { PayForm, Transferred } from './pretendBankPay';
import { pretendMemoNames, pretendMemos } from './pretendMemos';
import { askedText } from './query';
import type { Fields, Shown, Visit } from './screen';
import { isForeign } from './session';
import { typedAmount } from './typedAmount';

const longestContent = 400;

export async function showPretendBank(visit: Visit): Promise<Shown> {
  const payload = askedText(visit.req, 'payload');
  const read = payload === undefined ? undefined : decodeVietQr(payload);
  if (payload !== undefined && read?.ok) return payPage(visit, payload, read.value);
  return phone(
    visit,
    <>
      <WaitingCodes visit={visit} />
      <PasteForm payload={payload} visit={visit} />
      <p>
        <a href="/pretend-bank/book" safe>
          {visit.t('bankBook')}
        </a>
      </p>
    </>,
  );
}

/** Pays, and shows what the service answered. */
export async function takePretendPayment(visit: Visit, fields: Fields): Promise<Shown> {
  const { ctx, req, res } = visit;
  if (isForeign(req)) throw new Problem('form_expired');
  const { payload = '', content = '' } = fields;
  const read = decodeVietQr(payload);
  if (!read.ok || content.length > longestContent) throw new Problem('request_invalid', read.ok ? 'content' : 'payload');
  const amount = typedAmount(fields['amount'] ?? '');
  if (amount === undefined) {
    res.status(400);
    return payPage(visit, payload, read.value, fields);
  }
  const memo = pretendMemoNames.find((name) => name === fields['memo']) ?? 'unchanged';
  const results = await payAtPretendBank(ctx, {
    bankBin: read.value.bankBin,
    accountNumber: read.value.accountNumber,
    amount,
    purpose: read.value.purpose ?? '',
    content: pretendMemos[memo](content),
    isToldTwice: fields['toldTwice'] === 'yes',
    isPaidTwice: fields['paidTwice'] === 'yes',
    isLate: fields['late'] === 'yes',
    isUntold: fields['untold'] === 'yes',
  });
  return phone(visit, <Transferred results={results} to={read.value} t={visit.t} />);
}

async function payPage(visit: Visit, payload: string, code: VietQr, sent?: Fields): Promise<Shown> {
  const accounts = await visit.ctx.store.tables.accounts.numbered(code.accountNumber);
  const name = accounts.find((account) => account.bankBin === code.bankBin)?.accountName;
  return phone(visit, <PayForm code={code} payload={payload} accountName={name} sent={sent} t={visit.t} />);
}

/** The frame of the pretend bank's pages. */
export const phone = (visit: Visit, children: JSX.Element): JSX.Element => (
  <Page visit={visit} title={visit.t('pretendBank')} look="phone">
    <main class="handset">
      <header class="row handset-head">
        <h1 class="grow" safe>
          {visit.t('pretendBank')}
        </h1>
        <LanguageSwitch visit={visit} />
      </header>
      <p class="not-real" safe>
        {visit.t('notRealMoney')}
      </p>
      {children}
    </main>
  </Page>
);

async function WaitingCodes({ visit: { ctx, t } }: { visit: Visit }): Promise<string> {
  const offers = await listOffers(ctx);
  const accounts = await ctx.store.tables.accounts.list();
  const bankOf = (accountId: string): string => {
    const account = accounts.find((known) => known.id === accountId);
    return account ? `${bankOfBin(account.bankBin)?.shortName ?? account.bankBin} · ${account.accountName}` : '';
  };
  return (
    <section>
      <div class="row">
        <h2 class="grow" safe>
          {t('waitingCodes')}
        </h2>
        <a class="quiet" href="/pretend-bank" safe>
          {t('refresh')}
        </a>
      </div>
      {offers.length === 0 ? (
        <p class="muted" safe>
          {t('noWaitingCodes')}
        </p>
      ) : (
        <ul class="waiting">
          {offers.map((offer) => (
            <li>
              <a href={addressOf('/pretend-bank', { payload: offer.payload })}>
                <span class="row tight">
                  <span class="grow" safe>
                    {offer.reference}
                  </span>
                  <strong safe>{inDong(offer.amount)}</strong>
                </span>
                <span class="small muted" safe>
                  {bankOf(offer.accountId)}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const PasteForm = ({ payload, visit: { t } }: { payload: string | undefined; visit: Visit }): JSX.Element => (
  <form class="stack" action="/pretend-bank">
    {payload === undefined ? (
      ''
    ) : (
      <p class="refusal-what" role="alert" safe>
        {t('codeUnreadable')}
      </p>
    )}
    <label>
      <span safe>{t('qrContent')}</span>
      <textarea name="payload" rows="3" required maxlength="400" spellcheck="false" safe>
        {payload ?? ''}
      </textarea>
    </label>
    <button safe>{t('readCode')}</button>
  </form>
);
