// The parts of what is signed when a day is closed: the sums of the books, what is carried with its reason, and corrections of closed days.
import { bookNames } from '../domain/dayBook';
import type { ClosedCorrection, ClosedDecision, DayCloseContent } from '../domain/dayClose';
import { differenceClasses } from '../domain/reconciliation';
import { vnd } from '../domain/money';
import { say } from './counterLabels';
import { bookAddress, dayAddress } from './dayPlace';
import { inDate, inDong, inMoment } from './format';
import type { Translate } from './labels';
import type { OfficerVisit } from './screen';
import { signedAs } from './signedAs';

interface Given {
  content: DayCloseContent;
  visit: OfficerVisit;
}

const dong = (amount: number): string => inDong(vnd(amount));

/** The name of a class, or its own where a later version of the service named one that this one does not know. */
export const classWords = (name: string, t: Translate): string => {
  const known = differenceClasses.find((one) => one === name);
  return known ? t(`closeClass_${known}`) : name;
};

export const SignedSums = ({ content, visit: { t } }: Given): JSX.Element => {
  const { bank, ours, books, statements, account, day } = content;
  const place = { accountId: account.id, day };
  const rows = bookNames.flatMap((name) => (books[name] ? [{ name, ...books[name] }] : []));
  return (
    <section>
      <h2 safe>{t('closeWhat')}</h2>
      <div class="close-books">
        <table>
          <caption safe>{t('closeBank')}</caption>
          <tbody>
            {bank.opening === undefined ? '' : <SumRow label={t('closeOpening')} amount={bank.opening} />}
            <SumRow label={t('closeIn')} amount={bank.in.amount} count={bank.in.count} href={bookAddress(place, 'banked')} />
            <SumRow label={t('closeOut')} amount={bank.out.amount} count={bank.out.count} href={bookAddress(place, 'left')} />
            {bank.closing === undefined ? '' : <SumRow label={t('closeClosing')} amount={bank.closing} isTotal />}
          </tbody>
        </table>
        <table>
          <caption safe>{t('closeOurs')}</caption>
          <tbody>
            <SumRow label={t('closeIn')} amount={ours.in.amount} count={ours.in.count} href={bookAddress(place, 'received')} />
            <SumRow label={t('closeOut')} amount={ours.out.amount} count={ours.out.count} href={dayAddress(place)} />
          </tbody>
        </table>
        <table>
          <caption safe>{t('closeBook')}</caption>
          <tbody>
            {rows.map(({ name, amount, count }) => (
              <SumRow label={t(`closeBook_${name}`)} amount={amount} count={count} href={bookAddress(place, name)} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="small muted break" safe>
        {statements.length === 0
          ? t('closeNoStatement')
          : `${t('closeStatements')}: ${statements.map(({ name, sha256 }) => `${name} (SHA-256 ${sha256.slice(0, 16)}…)`).join(', ')}`}
      </p>
      {content.balanceGap ? (
        <p class="close-fault" safe>
          {`${t('closeGap')}: ${dong(content.balanceGap.amount)}. ${t('closeReason')}: ${content.balanceGap.reason}`}
        </p>
      ) : (
        ''
      )}
    </section>
  );
};

interface SumGiven {
  label: string;
  amount: number;
  count?: number;
  /** Where the rows are that make it. */
  href?: string;
  isTotal?: boolean;
}

const SumRow = ({ label, amount, count, href, isTotal }: SumGiven): JSX.Element => (
  <tr class={isTotal ? 'total' : undefined}>
    <td safe>{label}</td>
    <td class="amount small muted" safe>
      {count === undefined ? '' : String(count)}
    </td>
    <td class="amount">
      {href ? (
        <a href={href} safe>
          {dong(amount)}
        </a>
      ) : (
        <span safe>{dong(amount)}</span>
      )}
    </td>
  </tr>
);

export const CarriedTable = ({
  content: { carried, account, day },
  names,
  visit: { t },
}: Given & { names: ReadonlyMap<string, string> }): JSX.Element => (
  <section>
    <h2 safe>{`${t('closeCarried')}: ${carried.length}`}</h2>
    {carried.length === 0 ? (
      <p class="empty" safe>
        {t('closeNoneCarried')}
      </p>
    ) : (
      <table class="cards">
        <thead>
          <tr>
            <th safe>{t('closeClass')}</th>
            <th class="amount" safe>
              {t('closeAmount')}
            </th>
            <th safe>{t('closeReason')}</th>
            <th safe>{t('closeWho')}</th>
            <th safe>{t('closeDue')}</th>
          </tr>
        </thead>
        <tbody>
          {carried.map((one) => (
            <tr>
              <td data-label={t('closeClass')}>
                <a href={dayAddress({ accountId: account.id, day: one.day ?? day })} safe>
                  {classWords(one.kind, t)}
                </a>
              </td>
              <td class="amount" data-label={t('closeAmount')} safe>
                {dong(one.amount)}
              </td>
              <td class="break" data-label={t('closeReason')} safe>
                {one.reason}
              </td>
              <td data-label={t('closeWho')}>
                <span safe>{signedAs(one.by, names, t)}</span>
                <span class="small muted block" safe>
                  {inMoment(one.at)}
                </span>
              </td>
              <td data-label={t('closeDue')}>{one.dueOn ? inDate(one.dueOn) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
);

/** What came to light since, or was decided, of days that were closed: each row points back. */
export const CorrectionTable = ({ content: { corrections, account }, visit: { t } }: Given): JSX.Element => {
  const movement = (book: string) => (one: ClosedCorrection) => ({ one, book, what: t(one[1] === 'in' ? 'closeIn' : 'closeOut') });
  const decision = (one: ClosedDecision) => ({
    one,
    book: t('closeDecision'),
    what: say(t(`decided_${one[1]}`), { amount: dong(one[2]) }),
  });
  const rows = [
    ...corrections.lines.map(movement(t('closeBank'))),
    ...corrections.transactions.map(movement(t('closeOurs'))),
    ...(corrections.decisions ?? []).map(decision),
  ];
  if (rows.length === 0) return <></>;
  return (
    <section>
      <h2 safe>{`${t('closeCorrections')}: ${rows.length}`}</h2>
      <table class="cards">
        <thead>
          <tr>
            <th safe>{t('closeCorrects')}</th>
            <th safe>{t('closeBook')}</th>
            <th safe>{t('closeClass')}</th>
            <th class="amount" safe>
              {t('closeAmount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ one: [, , amount, day, number, transactionId], book, what }) => (
            <tr>
              <td data-label={t('closeCorrects')}>
                <a href={dayAddress({ accountId: account.id, day }, '/close')} safe>
                  {`${inDate(day)} (${t('closeNumber')} ${number})`}
                </a>
              </td>
              <td data-label={t('closeBook')} safe>
                {book}
              </td>
              <td data-label={t('closeClass')}>
                {transactionId ? (
                  <a href={`/transactions/${transactionId}`} safe>
                    {what}
                  </a>
                ) : (
                  <span safe>{what}</span>
                )}
              </td>
              <td class="amount" data-label={t('closeAmount')} safe>
                {dong(amount)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
