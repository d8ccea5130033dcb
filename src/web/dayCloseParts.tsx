// The parts of what is signed when a day is closed: the sums of the books, what is carried with its reason, and corrections of closed days.
import { bookNames } from '../domain/dayBook';
import { isOfReceipt, movedSums, type ClosedCorrection, type ClosedDecision, type DayCloseContent } from '../domain/dayClose';
import { differenceClasses } from '../domain/reconciliation';
import { vnd } from '../domain/money';
import type { Day } from '../domain/time';
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
                <span class="small muted block">{one.day ? inDate(one.day) : ''}</span>
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
  const { lines, transactions, decisions = [] } = corrections;
  const rows = [
    ...lines.map((one) => movementRow(one, t('closeBank'), t)),
    ...transactions.map((one) => movementRow(one, t('closeOurs'), t)),
    ...decisions.map((one) => decisionRow(one, t)),
  ];
  if (rows.length === 0) return <></>;
  const sums = movedSums(decisions).map((sum) => ({ ...sum, book: t('closeMoved'), what: t(`closeBook_${sum.book}`), isTotal: true }));
  return (
    <section>
      <h2 safe>{`${t('closeCorrections')}: ${rows.length}`}</h2>
      <table class="cards">
        <thead>
          <tr>
            <th safe>{t('closeCorrects')}</th>
            <th safe>{t('closeBook')}</th>
            <th safe>{t('closeMatter')}</th>
            <th class="amount" safe>
              {t('closeAmount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {[...rows, ...sums].map((row) => (
            <CorrectionRow row={row} accountId={account.id} t={t} />
          ))}
        </tbody>
      </table>
    </section>
  );
};

interface Correction {
  day: Day;
  close: number;
  book: string;
  what: string;
  href?: string;
  amount: number;
  /** What decisions above it move a sum by. */
  isTotal?: boolean;
}

const movementRow = ([, direction, amount, day, close]: ClosedCorrection, book: string, t: Translate): Correction => ({
  ...{ day, close, book, amount },
  what: t(direction === 'in' ? 'closeIn' : 'closeOut'),
});

function decisionRow([, act, amount, day, close, subject, purpose]: ClosedDecision, t: Translate): Correction {
  const parts = { amount: dong(amount), receipt: subject, purpose: purpose ? t(`purpose_${purpose}`) : '' };
  const isReceipt = isOfReceipt(act);
  return {
    ...{ day, close, amount },
    book: t(isReceipt ? 'closeReceipt' : 'closeDecision'),
    what: say(t(`decided_${act}`), parts),
    href: `/${isReceipt ? 'receipts' : 'transactions'}/${subject}`,
  };
}

const CorrectionRow = ({ row, accountId, t }: { row: Correction; accountId: string; t: Translate }): JSX.Element => (
  <tr class={row.isTotal ? 'total' : undefined}>
    <td data-label={t('closeCorrects')}>
      <a href={dayAddress({ accountId, day: row.day }, '/close')} safe>
        {`${inDate(row.day)} (${t('closeNumber')} ${row.close})`}
      </a>
    </td>
    <td data-label={t('closeBook')} safe>
      {row.book}
    </td>
    <td data-label={t('closeMatter')}>
      {row.href ? (
        <a href={row.href} safe>
          {row.what}
        </a>
      ) : (
        <span safe>{row.what}</span>
      )}
    </td>
    <td class="amount" data-label={t('closeAmount')} safe>
      {dong(row.amount)}
    </td>
  </tr>
);
