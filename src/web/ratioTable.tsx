// The table of the ratio board: numbers that open, a bar a row drawn by the server, and a total made of sums.
import type { RatioReport, RatioRow } from '../actions/reportRatios';
import type { RatioPart } from '../domain/ratio';
import { inDong, inPercent } from './format';
import type { Translate } from './labels';
import { addressOf } from './parts';
import { boardAddress, type RatioAsked } from './ratioQuestion';

interface Given {
  report: RatioReport;
  asked: RatioAsked;
  t: Translate;
}

export const RatioTable = ({ report, asked, t }: Given): JSX.Element => (
  <table class="cards ratio-table">
    <thead>
      <tr>
        <th rowspan={2} safe>
          {t(`by_${asked.by}`)}
        </th>
        <th rowspan={2} class="amount few-words" safe>
          {t('obligations')}
        </th>
        <th colspan={2} class="group" safe>
          {t('cashlessPaid')}
        </th>
        <th colspan={2} class="group" safe>
          {t('online')}
        </th>
        <th rowspan={2}>
          <span class="key-cashless block" safe>
            {t('cashlessPaid')}
          </span>
          <span class="key-online block" safe>
            {t('online')}
          </span>
        </th>
        <th rowspan={2} class="amount" safe>
          {t('amountDue')}
        </th>
        <th rowspan={2} class="amount" safe>
          {t('amountOnline')}
        </th>
      </tr>
      <tr>
        {['cashless', 'online'].map(() => (
          <>
            <th class="amount" safe>
              {t('dossiers')}
            </th>
            <th class="amount" safe>
              {t('ratio')}
            </th>
          </>
        ))}
      </tr>
    </thead>
    <tbody>
      {report.rows.map((row) => (
        <Row row={row} report={report} asked={asked} t={t} />
      ))}
    </tbody>
    <tfoot>
      <Row row={report.total} report={report} asked={asked} t={t} isTotal />
    </tfoot>
  </table>
);

function Row({ row, report, asked, t, isTotal }: Given & { row: RatioRow; isTotal?: true }): JSX.Element {
  const numbers: readonly [part: RatioPart, text: string, look: string, label?: string][] = [
    ['denominator', String(row.obligations), 'amount', t('obligations')],
    ['cashless', String(row.paidCashless), 'amount part', t('cashlessPaid')],
    ['cashless', inPercent(row.cashlessRatio), 'amount share'],
    ['online', String(row.paidOnline), 'amount part', t('online')],
    ['online', inPercent(row.onlineRatio), 'amount share'],
  ];
  const open = (part: RatioPart): string => membersAddress(asked, report, row.key, part);
  return (
    <tr class={isTotal ? 'total' : undefined}>
      <td class="name">
        {isTotal ? (
          <span safe>{t('total')}</span>
        ) : (
          <a href={deeperAddress(asked, report, row.key)} safe>
            {row.name}
          </a>
        )}
      </td>
      {numbers.map(([part, text, look, label]) => (
        <td class={look} data-label={label}>
          <a href={open(part)} safe>
            {text}
          </a>
        </td>
      ))}
      <td class="bars">
        <Bars row={row} t={t} />
      </td>
      <td class="amount" data-label={t('amountDue')}>
        <a href={open('denominator')} safe>
          {inDong(row.amountDue)}
        </a>
      </td>
      <td class="amount" data-label={t('amountOnline')}>
        <a href={open('denominator')} safe>
          {inDong(row.amountOnline)}
        </a>
      </td>
    </tr>
  );
}

/** Two bars of a hundred: cashless above, online below. The numbers stand beside them, so they are silent to screen readers. */
const Bars = ({ row, t }: { row: RatioRow; t: Translate }): JSX.Element => (
  <svg class="bar-pair" viewBox="0 0 100 22" preserveAspectRatio="none" aria-hidden="true">
    <title safe>{`${t('cashlessPaid')} ${inPercent(row.cashlessRatio)} · ${t('online')} ${inPercent(row.onlineRatio)}`}</title>
    <rect class="bar-ground" x="0" y="1" width="100" height="9" />
    <rect class="bar-cashless" x="0" y="1" width={row.cashlessRatio ?? '0'} height="9" />
    <rect class="bar-ground" x="0" y="12" width="100" height="9" />
    <rect class="bar-online" x="0" y="12" width={row.onlineRatio ?? '0'} height="9" />
  </svg>
);

/** With the report's own time, so that the list has exactly as many dossiers as the number says. */
export const membersAddress = (asked: RatioAsked, report: Pick<RatioReport, 'asOf'>, key: string, part: RatioPart): string =>
  addressOf('/ratios/members', { key, part, ...asked, asOf: report.asOf });

/** One step deeper: a sector by its procedures, an agency by its sectors, a procedure by its dossiers. */
function deeperAddress(asked: RatioAsked, report: RatioReport, key: string): string {
  if (asked.by === 'sector') return boardAddress({ ...asked, by: 'procedure', sector: key });
  if (asked.by === 'agency') return boardAddress({ ...asked, by: 'sector', agency: key });
  return membersAddress(asked, report, key, 'denominator');
}
