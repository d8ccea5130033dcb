// One difference, its sides beside each other: the bank's line, our transaction with its proof, the obligation, the receipt; and what was said of it.
import { seeDifference, type SeenDifference } from '../actions/seeDifference';
import type { SeenTransaction } from '../actions/seeTransaction';
import type { Obligation } from '../domain/obligation';
import { receiptNameOf } from '../domain/receiptName';
import type { ReceiptRecord } from '../domain/receiptRecord';

import { shownPayer } from '../domain/shownPayer';
import type { StatementLine } from '../domain/statement';
import { startOfDay } from '../domain/time';
import { Problem, refusals } from '../problems';
import { say } from './counterLabels';
import { DayRemarks } from './dayRemarks';
import { dayAddress, dayListBehind, dayPlaceIn } from './dayPlace';
import { differenceWords, ownerWords, waysFor, type ShownWay } from './dayWords';
import { emptyForm, type FormState } from './formFields';
import { inDate, inDateTime, inDong, inMoment } from './format';
import { OfficerPage } from './layout';
import { addressOf, dossierAddress, Fact, State } from './parts';
import { ProofFacts, ReadContent } from './proof';
import { providerWord } from './providerWords';
import { askedText } from './query';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

export async function showDifference(visit: OfficerVisit): Promise<Shown> {
  const key = askedText(visit.req, 'key');
  if (!key) throw new Problem('request_invalid', 'key');
  return differencePage(visit, key);
}

/** What no longer differs is answered on the list of its day. */
export async function differencePage(visit: OfficerVisit, key: string, form: FormState = emptyForm, refused?: Problem): Promise<Shown> {
  const { ctx, actor, t, language } = visit;
  const place = dayPlaceIn(visit);
  const seen = await seeDifference(ctx, { actor, ...place, key });
  const { difference } = seen;
  const from = dayListBehind(visit.req) ?? dayAddress(place);
  return (
    <OfficerPage visit={visit} title={t(`closeClass_${difference.class}`)} unit={await unitOf(visit)} look="days">
      <link rel="stylesheet" href="/assets/days.css" />
      <script src="/assets/day.js" defer></script>
      <p>
        <a href={from} data-key="Escape" safe>
          {say(t('dayToList'), { day: inDate(place.day) })}
        </a>
      </p>
      {refused ? (
        <p class="refusal" role="alert">
          {refusals[refused.code][language]}
        </p>
      ) : (
        ''
      )}
      <Head seen={seen} ways={waysFor(actor, place, difference, from)} visit={visit} />
      <div class="day-proof">
        <Lines lines={seen.lines} visit={visit} />
        <Transactions transactions={seen.transactions} from={from} visit={visit} />
        <Obligations obligations={seen.obligations} visit={visit} />
        <Receipts receipts={seen.receipts} visit={visit} />
      </div>
      <DayRemarks difference={difference} place={place} names={seen.names} owners={seen.owners} form={form} visit={visit} />
    </OfficerPage>
  );
}

const Head = ({
  seen: { difference, names },
  ways,
  visit: { t },
}: {
  seen: SeenDifference;
  ways: readonly ShownWay[];
  visit: OfficerVisit;
}) => (
  <div class="row head" data-difference>
    <div class="grow">
      <h1>
        <span safe>{t(`closeClass_${difference.class}`)}</span>{' '}
        <span class="nowrap" safe>
          {inDong(difference.amount)}
        </span>
      </h1>
      <p safe>{differenceWords(difference, t)}</p>
      <p class="small muted" safe>
        {[
          difference.carried ? t('dayState_carried') : difference.isBlocking ? t('dayState_blocking') : t('dayFollows'),
          `${t('dayOwner')}: ${ownerWords(difference.owner, names, t)}`,
          `${t('dayDeadline')}: ${inDate(difference.deadline)}`,
        ].join(' · ')}
      </p>
      {difference.carried ? (
        <p class="small" safe>
          {say(t('dayCarriedAs'), { reason: difference.carried.reason })}
        </p>
      ) : (
        ''
      )}
    </div>
    <p class="row tight">
      {ways.map(({ act, href }, number) => (
        <a class={`button ${number === 0 ? 'primary' : ''}`} href={href} data-way={act} safe>
          {t(`dayWay_${act}`)}
        </a>
      ))}
    </p>
  </div>
);

const Side = ({
  title,
  none,
  isEmpty,
  children,
}: {
  title: string;
  none: string;
  isEmpty: boolean;
  children: JSX.Element;
}): JSX.Element => (
  <section>
    <h2 safe>{title}</h2>
    {isEmpty ? (
      <p class="muted" safe>
        {none}
      </p>
    ) : (
      children
    )}
  </section>
);

const Lines = ({ lines, visit: { t, actor } }: { lines: readonly StatementLine[]; visit: OfficerVisit }): JSX.Element => (
  <Side title={t('dayProofBank')} none={t('dayProofNone_bank')} isEmpty={lines.length === 0}>
    <>
      {lines.map((line) => {
        const payer = shownPayer(line, actor);
        return (
          <dl class="facts">
            <dt safe>{t('amount')}</dt>
            <dd class="strong" safe>
              {`${line.direction === 'out' ? '−' : ''}${inDong(line.amount)}`}
            </dd>
            <Fact label={t('dayBooked')} value={line.bookedAt === startOfDay(line.day) ? inDate(line.day) : inMoment(line.bookedAt)} />
            <Fact label={t('bankReference')} value={line.bankReference} />
            <Fact label={t('transferContent')} value={line.content || t('noContent')} />
            <Fact label={t('payer')} value={[payer?.name, payer?.account].filter(Boolean).join(' · ')} />
            <dt safe>{t('dayOpenStatement')}</dt>
            <dd>
              <a href={`/statements/${line.fileId}`} safe>
                {say(t('dayProofRow'), { row: String(line.row) })}
              </a>
            </dd>
          </dl>
        );
      })}
    </>
  </Side>
);

const Transactions = ({
  transactions,
  from,
  visit: { t, actor },
}: {
  transactions: readonly SeenTransaction[];
  from: string;
  visit: OfficerVisit;
}): JSX.Element => (
  <Side title={t('dayProofOurs')} none={t('dayProofNone_ours')} isEmpty={transactions.length === 0}>
    <>
      {transactions.map(({ transaction, money }) => {
        const payer = shownPayer(transaction, actor);
        return (
          <dl class="facts proof">
            <dt safe>{t('amount')}</dt>
            <dd>
              <a class="strong" href={addressOf(`/transactions/${transaction.id}`, { from })} safe>
                {`${transaction.direction === 'out' ? '−' : ''}${inDong(transaction.amount)}`}
              </a>
            </dd>
            {money.unapplied.isPositive() ? <Fact label={t('unappliedPart')} value={inDong(money.unapplied)} /> : ''}
            <Fact label={t('bankTime')} value={inMoment(transaction.bankTime)} />
            <Fact label={t('bankReference')} value={transaction.bankReference} />
            <dt safe>{t('transferContent')}</dt>
            <dd class="break">
              <ReadContent transaction={transaction} t={t} />
            </dd>
            <Fact label={t('payer')} value={[payer?.name, payer?.account].filter(Boolean).join(' · ')} />
            <Fact label={t('toldBy')} value={`${providerWord(transaction.provider, t)} (${t(`via_${transaction.via}`)})`} />
            {transaction.direction === 'in' ? <ProofFacts transaction={transaction} t={t} /> : ''}
          </dl>
        );
      })}
    </>
  </Side>
);

const Obligations = ({ obligations, visit: { t } }: { obligations: readonly Obligation[]; visit: OfficerVisit }): JSX.Element => (
  <Side title={t('dayProofObligation')} none={t('dayProofNone_obligation')} isEmpty={obligations.length === 0}>
    <>
      {obligations.map((obligation) => (
        <dl class="facts">
          <dt safe>{t('reference')}</dt>
          <dd>
            <a href={`/obligations/${obligation.id}`} safe>
              {obligation.reference}
            </a>{' '}
            <State of={obligation} t={t} />
          </dd>
          <dt safe>{t('dossier')}</dt>
          <dd class="break">
            <a href={dossierAddress(obligation.dossierCode)} safe>
              {obligation.dossierCode}
            </a>
          </dd>
          <Fact label={t('closeBook_owed')} value={inDong(obligation.due)} />
          <Fact label={t('dayFlow_paid')} value={inDong(obligation.paid)} />
          <Fact label={t('dayWhat')} value={obligation.feeItems.map(({ name }) => name).join('; ')} />
        </dl>
      ))}
    </>
  </Side>
);

const Receipts = ({ receipts, visit: { t } }: { receipts: readonly ReceiptRecord[]; visit: OfficerVisit }): JSX.Element => (
  <Side title={t('dayProofReceipt')} none={t('dayProofNone_receipt')} isEmpty={receipts.length === 0}>
    <>
      {receipts.map((receipt) => (
        <dl class="facts">
          <dt safe>{t('dayProofReceipt')}</dt>
          <dd>
            <a href={`/receipts/${receiptNameOf(receipt.content)}`} safe>
              {receiptNameOf(receipt.content)}
            </a>
          </dd>
          <Fact label={t('amount')} value={inDong(receipt.content.total)} />
          <Fact label={t('dayIssued')} value={inDateTime(receipt.content.issuedAt)} />
        </dl>
      ))}
    </>
  </Side>
);
